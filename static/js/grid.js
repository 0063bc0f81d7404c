// A table that names data-grid is typed into as a spreadsheet: Enter goes one cell down, Ctrl+D copies the cell above, a block
// from a spreadsheet is pasted over cells and adds lines where the table names data-grid-grows, Ctrl+Z takes a block back.
(() => {
  "use strict";
  const table = document.querySelector("table[data-grid]");
  if (!table) {
    return;
  }
  const form = table.closest("form");
  const body = table.tBodies[0];
  const most = Number(table.dataset.gridMost) || 0;
  const grows = table.dataset.gridGrows !== undefined;
  const told = form.querySelector("[data-grid-told]");
  const CELL = "td input:not([type=hidden]):not([type=checkbox]), td select";
  let last = null; // the cell one was in before a button was pressed
  let undo = [];

  // The words stand at the place where they are told, with a number in each.
  const words = (name, count) => (told ? (told.dataset[name] || "").replace("#", count) : "");
  const tell = (text) => {
    if (told) {
      told.textContent = text;
    }
  };

  const placeOf = (cell) => {
    const box = cell.closest("td");
    return { line: box.parentElement, column: box.cellIndex };
  };
  const cellIn = (line, column) => line && line.cells[column] && line.cells[column].querySelector(CELL);
  const linesFrom = (line) => [...body.rows].slice([...body.rows].indexOf(line));
  const isUsed = (line) => [...line.querySelectorAll(CELL)].some((cell) => cell.value !== "");

  const enter = (cell) => {
    cell.focus();
    if (cell.tagName === "INPUT") {
      cell.select();
    }
  };

  // ---- Setting cells, so that it can be taken back. ----
  const fits = (cell, text) => {
    if (cell.tagName !== "SELECT") {
      return text;
    }
    const found = [...cell.options].find((option) => option.value === text || option.text.trim() === text);
    return found ? found.value : cell.value;
  };

  // A cell that was wrong is marked as changed while something else stands in it: whether that is right, the server says.
  const wrong = new Map();
  for (const cell of table.querySelectorAll("[aria-invalid]")) {
    wrong.set(cell, { said: cell.value, isRed: cell.classList.contains("is-invalid") });
  }
  const mark = (cell) => {
    if (wrong.has(cell)) {
      const { said, isRed } = wrong.get(cell);
      const isSame = cell.value === said;
      if (isSame) {
        cell.setAttribute("aria-invalid", "true");
      } else {
        cell.removeAttribute("aria-invalid");
      }
      cell.classList.toggle("is-invalid", isSame && isRed);
      cell.classList.toggle("grid-changed", !isSame);
    }
  };

  const put = (cell, text) => {
    undo.push([cell, cell.value]);
    cell.value = fits(cell, text);
    mark(cell);
  };

  const changed = (cells) => {
    for (const cell of cells) {
      cell.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const takeBack = () => {
    const cells = undo.reverse().map(([cell, before]) => {
      cell.value = before;
      mark(cell);
      return cell;
    });
    undo = [];
    changed(cells.slice(0, 1));
  };

  // ---- More lines. ----
  const add = (count) => {
    const sample = body.rows[body.rows.length - 1];
    let number = Math.max(...[...body.querySelectorAll("th[id]")].map((each) => Number(each.id.slice(1))));
    for (let added = 0; added < count && body.rows.length < most; added += 1) {
      number += 1;
      const line = sample.cloneNode(true);
      line.className = "";
      const head = line.cells[0];
      head.id = `r${number}`;
      head.textContent = String(number);
      for (const cell of line.querySelectorAll(CELL)) {
        const heading = cell.name.replace(/-\d+$/, "");
        cell.name = `${heading}-${number}`;
        cell.value = "";
        cell.removeAttribute("id");
        cell.removeAttribute("value");
        cell.removeAttribute("aria-invalid");
        cell.removeAttribute("aria-describedby");
        cell.setAttribute("aria-labelledby", `r${number} h-${heading}`);
        for (const reason of cell.parentElement.querySelectorAll(".grid-reason")) {
          reason.remove();
        }
      }
      body.append(line);
    }
  };

  // ---- A block from a spreadsheet. ----
  const parsed = (text) => {
    const lines = [[]];
    let cell = "";
    let quoted = false;
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < source.length; at += 1) {
      const sign = source[at];
      if (quoted && sign === '"' && source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"' && (quoted || cell === "")) {
        quoted = !quoted;
      } else if (!quoted && (sign === "\t" || sign === "\n")) {
        lines[lines.length - 1].push(cell.trim());
        cell = "";
        if (sign === "\n") {
          lines.push([]);
        }
      } else {
        cell += sign === "\n" ? " " : sign;
      }
    }
    lines[lines.length - 1].push(cell.trim());
    return lines;
  };

  const folded = (text) => text.replace(/[\s*＊:：]/g, "").replace(/[（(].*[）)]$/, "");

  // Where the first line of the block names columns, they say where it goes; null where it does not.
  const named = (first) => {
    const places = new Map([...table.tHead.rows[0].cells].map((head) => [folded(head.textContent), head.cellIndex]));
    const found = first.map((text) => (places.has(folded(text)) ? places.get(folded(text)) : -1));
    return found.filter((place) => place > 0).length > 1 ? found : null;
  };

  const paste = (cell, block) => {
    const { line, column } = placeOf(cell);
    const columns = named(block[0]);
    const rows = columns ? block.slice(1) : block;
    const from = [...body.rows].indexOf(line);
    if (grows) {
      add(from + rows.length - body.rows.length);
    }
    const lines = linesFrom(line).slice(0, rows.length);
    const written = [];
    let outside = 0;
    undo = [];
    lines.forEach((each, place) => {
      rows[place].forEach((text, at) => {
        const target = columns ? columns[at] : column + at;
        const goes = target > 0 ? cellIn(each, target) : null;
        if (goes) {
          put(goes, text);
          written.push(goes);
        } else if (text) {
          outside += 1;
        }
      });
    });
    changed(written);
    const left = rows.length - lines.length;
    tell(
      words("pasted", lines.length) + (left > 0 ? words("left", left) : "") + (outside ? words("outside", outside) : "")
    );
  };

  table.addEventListener("paste", (event) => {
    const cell = event.target.closest(CELL);
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!cell || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) {
      return;
    }
    event.preventDefault();
    paste(cell, parsed(text));
  });

  // ---- Fill down. ----
  const fillDown = (cell) => {
    const { line, column } = placeOf(cell);
    const below = linesFrom(line).slice(1);
    const used = below.map(isUsed).lastIndexOf(true);
    const cells = below.slice(0, used + 1).map((each) => cellIn(each, column));
    const written = cells.filter((each) => each && each.value !== cell.value);
    undo = [];
    written.forEach((each) => put(each, cell.value));
    changed(written);
    tell(words("filled", written.length));
  };

  const copyAbove = (cell) => {
    const { line, column } = placeOf(cell);
    const above = cellIn(line.previousElementSibling, column);
    if (above) {
      undo = [];
      put(cell, above.value);
      changed([cell]);
    }
  };

  // ---- Keys. ----
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest(CELL);
    if (!cell || event.isComposing || event.altKey) {
      return;
    }
    const { line, column } = placeOf(cell);
    const key = event.key.toLowerCase();
    const holds = event.ctrlKey || event.metaKey;
    const free = cell.tagName === "INPUT" && !cell.hasAttribute("list");
    let next = null;
    if (key === "enter" && !holds) {
      next = event.shiftKey ? line.previousElementSibling : line.nextElementSibling;
      if (!next && !event.shiftKey && grows) {
        add(1);
        next = line.nextElementSibling;
      }
    } else if (free && !holds && (key === "arrowdown" || key === "arrowup")) {
      next = key === "arrowup" ? line.previousElementSibling : line.nextElementSibling;
    } else if (holds && key === "d") {
      copyAbove(cell);
    } else if (holds && key === "z" && undo.length) {
      takeBack();
    } else {
      return;
    }
    event.preventDefault();
    const target = cellIn(next, column);
    if (target) {
      enter(target);
    }
  });

  table.addEventListener("focusin", (event) => {
    last = event.target.closest(CELL) || last;
  });
  table.addEventListener("input", (event) => {
    undo = [];
    last = event.target.closest(CELL) || last;
    mark(event.target);
  });

  // ---- Initials of a word. ----
  table.addEventListener("change", (event) => {
    const cell = event.target;
    if (!cell.list || !/^[a-z]+$/i.test(cell.value)) {
      return;
    }
    const letters = cell.value.toUpperCase();
    const options = [...cell.list.options];
    const found = options.filter((option) => (option.label || "").startsWith(letters));
    if (found.length && !options.some((option) => option.value.toUpperCase() === letters)) {
      cell.value = found[0].value;
    }
  });

  // ---- Buttons. ----
  const fill = form.querySelector("[data-grid-fill]");
  if (fill) {
    fill.hidden = false;
    fill.addEventListener("click", () => {
      if (last) {
        fillDown(last);
        last.focus();
      } else {
        tell(words("first", 0));
      }
    });
  }
  const more = form.querySelector("[data-grid-more]");
  if (more) {
    more.addEventListener("click", (event) => {
      event.preventDefault();
      add(20);
    });
  }
})();
