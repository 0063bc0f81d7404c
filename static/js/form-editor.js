/* The editor of a form: shows the typed text as a form after a pause, and puts blanks in at the cursor.
   The page works without it. */
(function () {
  "use strict";

  var PAUSE = 600;
  var form = document.getElementById("form-editor");
  var text = document.getElementById("wording");
  var pane = document.getElementById("preview");
  var list = document.querySelector(".campaign-palette");
  var saved = text.value;
  var leaving = false;
  var asked = 0;
  var timer;

  function show() {
    var turn = ++asked;
    fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject(new Error(answer.status));
      })
      .then(function (shown) {
        if (turn === asked) {
          pane.innerHTML = shown;
          mark();
        }
      })
      .catch(function () { /* the button 预览 remains */ });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  }

  /* Figures that the text has now stand back in the list. */
  function mark() {
    var used = pane.firstElementChild.dataset.used.split(" ");
    document.querySelectorAll("[data-slug]").forEach(function (row) {
      var stands = used.indexOf(row.dataset.slug) >= 0;
      var place = row.querySelector(".campaign-place");
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
    var lines = text.value.split("\n");
    var start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1] || "").length);
    text.scrollTop = text.scrollHeight * ((line - 1) / lines.length) - text.clientHeight / 3;
  }

  text.addEventListener("input", later);
  form.addEventListener("submit", function () { leaving = true; });
  window.addEventListener("beforeunload", function (event) {
    if (!leaving && text.value !== saved) {
      event.preventDefault();
    }
  });
  pane.addEventListener("click", function (event) {
    var problem = event.target.closest("[data-line]");
    if (problem) {
      goTo(Number(problem.dataset.line));
    }
  });
  document.querySelectorAll(".campaign-insert").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { insert(button.dataset.blank); });
  });
  document.querySelectorAll("[data-slug]").forEach(function (row) {
    row.dataset.stands = pane.firstElementChild.dataset.used.split(" ").indexOf(row.dataset.slug) >= 0 ? "1" : "";
    row.querySelector(".campaign-insert").disabled = row.dataset.stands === "1";
  });
})();
