// Ctrl+K opens search and commands over the page: the same that stands on the page the link leads to, which works without
// scripts. Typing leaves the commands that are meant, by a part of their name or its initials; arrows choose, Enter goes.
(() => {
  "use strict";
  const link = document.querySelector("[data-commands]");
  if (!link || !window.HTMLDialogElement) {
    return;
  }
  let dialog = null;
  let before = null;

  const shown = () => [...dialog.querySelectorAll(".commands-group a")].filter((each) => !each.parentElement.hidden);

  const choose = (command) => {
    for (const each of dialog.querySelectorAll(".commands-chosen")) {
      each.classList.remove("commands-chosen");
    }
    if (command) {
      command.classList.add("commands-chosen");
      command.scrollIntoView({ block: "nearest" });
    }
  };

  const narrow = (text) => {
    const typed = text.trim().toLowerCase();
    for (const each of dialog.querySelectorAll(".commands-group a")) {
      const meant = each.textContent.toLowerCase().includes(typed) || each.dataset.initials.startsWith(typed);
      each.parentElement.hidden = !meant;
    }
    for (const group of dialog.querySelectorAll(".commands-group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    choose(typed ? shown()[0] : null);
  };

  const step = (by) => {
    const commands = shown();
    const here = commands.findIndex((each) => each.classList.contains("commands-chosen"));
    choose(commands[(here + by + commands.length + (here < 0 && by < 0 ? 1 : 0)) % (commands.length || 1)]);
  };

  const pressed = (event) => {
    const chosen = dialog.querySelector(".commands-chosen");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault(); // which would only empty the box
      dialog.close();
    } else if (event.key === "Enter" && chosen && !event.isComposing) {
      event.preventDefault();
      window.location.assign(chosen.href);
    }
  };

  const build = (part) => {
    dialog = document.createElement("dialog");
    dialog.className = "commands-dialog";
    dialog.setAttribute("aria-label", link.title);
    dialog.appendChild(document.importNode(part, true));
    document.body.appendChild(dialog);
    const box = dialog.querySelector("input[type=search]");
    if (box) {
      box.addEventListener("input", () => narrow(box.value));
      box.addEventListener("keydown", pressed);
    }
    dialog.addEventListener("close", () => before && before.focus());
    // The dialog itself is hit only beside what stands in it: on the ground behind it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  };

  const show = () => {
    before = document.activeElement;
    dialog.showModal();
    const box = dialog.querySelector("input[type=search]");
    if (box) {
      box.value = "";
      narrow("");
      box.focus();
    }
  };

  const open = () => {
    if (dialog) {
      if (!dialog.open) {
        show();
      }
      return;
    }
    fetch(link.href, { credentials: "same-origin" })
      .then((answer) => answer.text())
      .then((text) => {
        const part = new DOMParser().parseFromString(text, "text/html").getElementById("commands");
        if (!part) {
          window.location.assign(link.href); // signed out meanwhile: the page says so
        } else if (!dialog) {
          build(part);
          show();
        }
      });
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  link.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });
})();
