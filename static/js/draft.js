// A form that names data-draft sends what stands in it there: as soon as a cell is left, and while one types in a long one.
// Nothing typed is lost with the browser. One sending follows the other, so that the last is kept.
(() => {
  "use strict";
  const AT_LATEST = 1000; // milliseconds after a key was pressed
  const OUTLIVES = 50000; // characters of a sending that goes on when its page is left; Chromium takes 64 KB
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    return;
  }
  const told = form.querySelector("[data-draft-told]");
  let waiting = null;
  let sent = "";
  let busy = false;
  let leaving = false;

  const fields = () => {
    const body = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") {
        body.append(name, value);
      }
    }
    body.set("draft_page", form.dataset.draftPage);
    return body;
  };

  const asText = (body) => new URLSearchParams(body).toString();

  const keep = async () => {
    clearTimeout(waiting);
    waiting = null;
    const body = fields();
    const now = asText(body);
    if (leaving || busy || now === sent) {
      return;
    }
    sent = now;
    busy = true;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: now.length < OUTLIVES });
      // Redirected: the session has ended. What is typed stays on the page, and is sent with the form.
      if (answer.ok && !answer.redirected && told) {
        told.textContent = (await answer.json()).words;
      }
    } catch (error) {
      sent = "";
    }
    busy = false;
    if (asText(fields()) !== sent) {
      soon();
    }
  };

  const soon = () => {
    if (waiting === null) {
      waiting = setTimeout(keep, AT_LATEST);
    }
  };

  form.addEventListener("input", soon);
  // The cell first, then what a script fills in because of it.
  form.addEventListener("change", () => setTimeout(keep));
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(waiting);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      const save = form.querySelector('button[type="submit"]');
      if (save) {
        save.click();
      }
    }
  });
})();
