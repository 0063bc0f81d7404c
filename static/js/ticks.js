// A box in the heading that ticks all rows of the page, and how many are ticked beside the buttons.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-ticks]")) {
    const boxes = Array.from(form.querySelectorAll('input[type="checkbox"][name="ids"]'));
    const all = form.querySelector("[data-tick-all]");
    const told = form.querySelector("[data-ticked]");
    const everything = form.querySelector('input[name="all"]');
    if (!all || boxes.length === 0) {
      continue;
    }
    const show = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
      if (told) {
        told.textContent = everything && everything.checked ? "" : told.getAttribute("data-ticked").replace("{}", String(ticked));
      }
    };
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of boxes) {
        box.checked = all.checked;
      }
      show();
    });
    form.addEventListener("change", (event) => {
      if (event.target !== all) {
        show();
      }
    });
    window.addEventListener("pageshow", show);
    show();
  }
})();
