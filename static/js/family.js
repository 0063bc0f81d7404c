// The page of a family, and the single forms that name data-check-url: what is typed is checked as one leaves the cell, and
// what follows from it is filled in. The page has room for another child or member without being loaded anew. Numbers are
// posted; none stands in an address.
(() => {
  "use strict";
  const source = document.querySelector("[data-check-url]");
  const form = source && source.closest("form");
  if (!form) {
    return;
  }
  const isWhole = form.dataset.family !== undefined;

  // ---- What follows from a value. ----
  const cellOf = (name) => form.elements[name];

  // What stands there already and is the very thing that follows counts as filled in, whoever wrote it: a form that was
  // refused, brought back by a draft or opened to change a record goes on following.
  const follow = (name, value) => {
    const cell = cellOf(name);
    if (cell && value && cell.value === value) {
      cell.dataset.filled = value;
      cell.dataset.known = "";
    }
    return cell;
  };

  const fill = (name, value) => {
    const cell = follow(name, value);
    if (!cell || !value || cell.value === value || (cell.value && cell.dataset.filled !== cell.value)) {
      return;
    }
    cell.value = value;
    follow(name, cell.value);
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const tell = (cell, answer) => {
    const entry = cell.closest(".family-entry");
    if (!entry) {
      return; // a single form tells it in a panel of its own
    }
    const place = entry.querySelector("[data-told]");
    place.textContent = answer.wrong || answer.words || "";
    place.classList.toggle("family-told-wrong", Boolean(answer.wrong));
    for (const record of answer.known || []) {
      const link = document.createElement("a");
      link.href = record.url;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = record.text;
      place.append(" ", link);
    }
  };

  // A number behind the kind of document that was chosen for it.
  const spelled = (cell) => {
    const document = form.elements[`${cell.name}__kind`];
    const value = cell.value.trim();
    return value && document && document.value ? `${document.value} ${value}` : value;
  };

  const check = async (cell, kind, row) => {
    const value = spelled(cell);
    if (!value) {
      tell(cell, {});
      return;
    }
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("kind", kind);
    body.set("value", value);
    try {
      const answer = await fetch(source.dataset.checkUrl, { method: "POST", body });
      // Redirected: the session has ended. Saving will say so, and nothing that was typed is lost.
      if (!answer.ok || answer.redirected) {
        return;
      }
      const told = await answer.json();
      const isOvertaken = spelled(cell) !== value;
      if (!isOvertaken) {
        tell(cell, told);
      }
      for (const [name, filled] of Object.entries(told.fills || {})) {
        (isOvertaken ? follow : fill)(PLACES[name](row), filled);
      }
    } catch (error) {
      // Not reached: it is checked again when the page is saved.
    }
  };

  // Which cell asks what; where the answer goes, in the household or in the row of the same child.
  const ASKS = [
    [/^household-worker$/, "id"],
    [/^child\d+-person$/, "id"],
    [/^member\d+-id_number$/, "id"],
    [/^(?:household-)?bank_card$/, "card"],
    [/^(?:child(\d+)-)?grade$/, "grade"],
    [/^child(\d+)-stage$/, "stage"],
  ];
  const PLACES = {
    bank_name: () => (isWhole ? "household-bank_name" : "bank_name"),
    standard: (row) => (isWhole ? `case${row}-standard` : "standard"),
    stage: (row) => (isWhole ? `child${row}-stage` : "stage"),
  };

  const asked = (cell) => {
    if (cell.name === "household-family_size") {
      fill("income-people", cell.value.trim());
    }
    for (const [pattern, kind] of ASKS) {
      const found = pattern.exec(cell.name);
      if (found) {
        check(cell, kind, found[1]);
      }
    }
  };

  form.addEventListener("change", (event) => {
    const cell = event.target;
    const entry = cell.closest(".family-entry");
    const before = entry && entry.querySelector(".records-error");
    if (before) {
      before.hidden = true; // what was wrong with what stood here
    }
    asked(cell.name.endsWith("__kind") ? form.elements[cell.name.slice(0, -"__kind".length)] : cell);
    const row = cell.closest("[data-row]");
    const paired = row && row.querySelector("[data-opens-for]");
    if (paired && /-mode$/.test(cell.name) && cell.value === paired.dataset.opensFor) {
      paired.open = true;
    }
  });

  // A number is told as soon as it is whole: one need not leave the cell.
  form.addEventListener("input", (event) => {
    const cell = event.target;
    if (cell.dataset.check === "id" && cell.value.trim().length === 18) {
      asked(cell);
    }
  });

  // What stands there when the page opens is asked as if it had just been typed.
  for (const cell of [...form.elements]) {
    if (cell.name && cell.value && cell.getAttribute("aria-invalid") !== "true") {
      asked(cell);
    }
  }

  // ---- Where one begins: in the first cell, in the first that is wrong, or where something is asked. ----
  const faulty = [...form.querySelectorAll('[aria-invalid="true"]')].find((cell) => cell.type !== "hidden");
  if (isWhole) {
    (faulty || form.elements.confirmed || form.elements["household-worker_name"]).focus();
  }

  // ---- Room for one more. ----
  const spare = (kind, place) => {
    const template = document.querySelector(`template[data-spare="${kind}"]`);
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.split("__no__").join(place + 1).split("__n__").join(place);
    return holder.firstElementChild;
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const kind = button.dataset.add;
    const count = form.elements[kind];
    const row = spare(kind, Number(count.value));
    form.querySelector(`[data-rows="${kind}"]`).append(row);
    count.value = Number(count.value) + 1;
    button.hidden = Number(count.value) >= Number(button.dataset.most);
    row.querySelector("input:not([type=hidden])").focus();
    row.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
