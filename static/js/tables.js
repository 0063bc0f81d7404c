// Which tables fit their window: the headings of those stay under the bar; of a wider one its frame scrolls and says so.
(() => {
  "use strict";
  const frames = Array.from(document.querySelectorAll(".table-responsive"));
  const measure = () => {
    for (const frame of frames) {
      const table = frame.querySelector("table");
      const bar = frame.parentElement.querySelector(":scope > .records-bulk, :scope > .case-batch");
      if (bar) {
        frame.parentElement.style.setProperty("--ticks-height", `${bar.offsetHeight}px`);
      }
      const fits = !table || table.offsetWidth <= frame.clientWidth;
      frame.classList.toggle("table-fits", fits);
      frame.classList.toggle("table-wide", !fits);
    }
  };
  for (const frame of frames) {
    const words = document.createElement("p");
    words.className = "table-sideways";
    words.setAttribute("aria-hidden", "true");
    words.textContent = "⇆ 表格较宽，可以左右滑动";
    frame.after(words);
  }
  let waiting = 0;
  window.addEventListener("resize", () => {
    window.cancelAnimationFrame(waiting);
    waiting = window.requestAnimationFrame(measure);
  });
  measure();
})();
