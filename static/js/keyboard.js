// A form that names data-keyboard is filled in by keyboard alone: Enter goes to the next cell that is still to be filled (to
// boxes only in a part that names data-stops), letters choose in a list by the initials of its words, and short dates are
// written out.
(() => {
  "use strict";
  const TOGETHER = 900; // milliseconds within which letters belong to one word

  // ---- Initials in a list. ----
  let letters = "";
  let last = 0;
  let asked = null;

  const choose = (list, letter) => {
    const now = Date.now();
    letters = list !== asked || now - last > TOGETHER ? letter : letters + letter;
    last = now;
    asked = list;
    const options = [...list.options];
    const begins = (option) => (option.dataset.initials || "").startsWith(letters);
    const same = [...letters].every((each) => each === letters[0]);
    let found = options.find(begins);
    if (!found && same) {
      // The same letter once more: the next word that begins with it.
      const round = options.filter((option) => (option.dataset.initials || "")[0] === letter);
      found = round[(round.indexOf(list.selectedOptions[0]) + 1) % (round.length || 1)];
    }
    if (found && !found.selected) {
      found.selected = true;
      list.dispatchEvent(new Event("input", { bubbles: true }));
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  document.addEventListener("keydown", (event) => {
    const list = event.target;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (list.tagName === "SELECT" && plain && /^[a-z]$/i.test(event.key) && list.querySelector("[data-initials]")) {
      event.preventDefault();
      choose(list, event.key.toLowerCase());
    }
  });

  // ---- Enter for next. ----
  const shut = (element) => {
    for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) {
      if (!around.open) {
        return true;
      }
    }
    return false;
  };

  const isFilled = (element) => element.dataset.known !== undefined && element.value !== "";

  const next = (form, from) => {
    const cells = [...form.elements].filter(
      (each) =>
        each.matches("input:not([type=hidden]):not([type=checkbox]), select, textarea, [data-stops] input") &&
        !each.disabled &&
        each.dataset.passed === undefined && // what hardly anybody changes
        !shut(each)
    );
    const follows = (each) => from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    const after = cells.find((each) => follows(each) && !isFilled(each));
    return after || form.querySelector('button[type="submit"]:not([tabindex]):not([data-add])');
  };

  for (const form of document.querySelectorAll("form[data-keyboard]")) {
    form.addEventListener("keydown", (event) => {
      const here = event.target;
      const goes = here.matches("input, select");
      if (event.key !== "Enter" || !goes || event.ctrlKey || event.isComposing) {
        return;
      }
      event.preventDefault();
      const following = next(form, here);
      following.focus();
      if (following.type === "text") {
        following.select();
      }
    });
  }

  // ---- Short dates. ----
  const two = (text) => text.padStart(2, "0");

  const written = (text, mayBeAhead) => {
    const whole = /^(\d{4})[.\-/年]?(\d{1,2})[.\-/月]?(\d{1,2})日?$/.exec(text);
    const short = /^(\d{1,2})[.\-/月](\d{1,2})日?$/.exec(text);
    const today = new Date();
    const parts = whole || (short && [text, String(today.getFullYear()), short[1], short[2]]);
    if (!parts) {
      return text;
    }
    let year = Number(parts[1]);
    const day = new Date(year, Number(parts[2]) - 1, Number(parts[3]));
    if (short && !mayBeAhead && day > today) {
      year -= 1;
    }
    const real = day.getMonth() === Number(parts[2]) - 1 && day.getDate() === Number(parts[3]);
    return real ? `${year}-${two(parts[2])}-${two(parts[3])}` : text;
  };

  document.addEventListener("change", (event) => {
    const cell = event.target;
    if (cell.dataset.date) {
      cell.value = written(cell.value.trim(), cell.dataset.date === "any");
    }
  });
})();
