// A box that names data-unions offers unions while one types, fetched from that address: arrows choose, Enter or a press
// takes, Esc closes. Without scripts the box takes a name or a code, and the server asks which union is meant.
(() => {
  "use strict";
  const PAUSE = 200; // milliseconds without a key before it is asked

  const offer = (box, number) => {
    const list = document.createElement("ul");
    const status = document.createElement("span");
    let waiting = null;
    let underWay = null;
    let here = -1;

    list.className = "union-list";
    list.id = `union-list-${number}`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.placeholder);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    box.after(list, status);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");

    const close = () => {
      clearTimeout(waiting);
      if (underWay) {
        underWay.abort();
      }
      list.hidden = true;
      here = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const stand = (place) => {
      const options = [...list.children];
      here = (place + options.length) % options.length;
      for (const [index, option] of options.entries()) {
        option.setAttribute("aria-selected", String(index === here));
      }
      options[here].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[here].id);
    };

    const take = (option) => {
      box.value = option.textContent;
      close();
      status.textContent = "";
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const show = (unions) => {
      list.textContent = "";
      for (const [index, words] of unions.entries()) {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = words;
        list.appendChild(option);
      }
      here = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = !unions.length;
      box.setAttribute("aria-expanded", String(unions.length > 0));
      status.textContent = unions.length ? box.dataset.found.replace("{}", unions.length) : box.dataset.none;
    };

    const ask = async () => {
      underWay = new AbortController();
      const address = `${box.dataset.unions}?typed=${encodeURIComponent(box.value.trim())}`;
      try {
        const answer = await fetch(address, { credentials: "same-origin", signal: underWay.signal });
        // Redirected: the session has ended. The form itself will say so.
        if (answer.ok && !answer.redirected) {
          show((await answer.json()).unions);
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          close(); // the box takes a name or a code all the same
        }
      }
    };

    const typed = () => {
      close();
      if (box.value.trim()) {
        waiting = setTimeout(ask, PAUSE);
      }
    };

    box.addEventListener("input", (event) => event.isComposing || typed());
    box.addEventListener("compositionend", typed);
    box.addEventListener("blur", close);
    // Before the form hears of it, where Enter would go to the next cell.
    box.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        stand(event.key === "ArrowDown" ? here + 1 : Math.max(here, 0) - 1);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && here >= 0) {
        event.preventDefault();
        event.stopPropagation();
        take(list.children[here]);
      }
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the box keeps the cursor
      const option = event.target.closest("[role=option]");
      if (option) {
        take(option);
      }
    });
  };

  document.querySelectorAll("input[data-unions]").forEach(offer);
})();
