/* The editor of a form: shows the typed text as a form after a pause, and puts blanks in at the cursor.
   The page works without it. */
{
  const PAUSE = 600;
  const form = document.getElementById("form-editor");
  const text = document.getElementById("wording");
  const pane = document.getElementById("preview");
  const list = document.querySelector(".campaign-palette");
  const saved = text.value;
  let leaving = false;
  let asked = 0;
  let timer;

  function show() {
    const turn = ++asked;
    fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
      .then((shown) => {
        if (turn === asked) {
          pane.innerHTML = shown;
          mark();
        }
      })
      .catch(() => { /* the button 预览 remains */ });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  /* Figures that the text has now stand back in the list. */
  function mark() {
    const used = pane.firstElementChild.dataset.used.split(" ");
    document.querySelectorAll("[data-slug]").forEach((row) => {
      const stands = used.includes(row.dataset.slug);
      const place = row.querySelector(".campaign-place");
      row.querySelector(".campaign-insert").disabled = stands;
      if (stands !== (row.dataset.stands === "1")) {
        row.dataset.stands = stands ? "1" : "";
        place.textContent = stands ? list.dataset.standing : list.dataset.free;
      }
    });
  }

  function insert(blank) {
    text.setRangeText(blank, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    later();
  }

  function goTo(line) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1] || "").length);
    text.scrollTop = text.scrollHeight * ((line - 1) / lines.length) - text.clientHeight / 3;
  }

  text.addEventListener("input", later);
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && text.value !== saved) {
      event.preventDefault();
    }
  });
  pane.addEventListener("click", (event) => {
    const problem = event.target.closest("[data-line]");
    if (problem) {
      goTo(Number(problem.dataset.line));
    }
  });
  document.querySelectorAll(".campaign-insert").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => { insert(button.dataset.blank); });
  });
  document.querySelectorAll("[data-slug]").forEach((row) => {
    row.dataset.stands = pane.firstElementChild.dataset.used.split(" ").includes(row.dataset.slug) ? "1" : "";
    row.querySelector(".campaign-insert").disabled = row.dataset.stands === "1";
  });
}
