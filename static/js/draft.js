// A form that names data-draft sends what stands in it there while one types, so that nothing typed is lost.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    return;
  }
  const told = form.querySelector("[data-draft-told]");
  let waiting = null;
  let sent = "";
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

  const keep = async () => {
    const body = fields();
    const now = new URLSearchParams(body).toString();
    if (leaving || now === sent) {
      return;
    }
    sent = now;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body });
      // Redirected: the session has ended. What is typed stays on the page, and is sent with the form.
      if (answer.ok && !answer.redirected && told) {
        told.textContent = (await answer.json()).words;
      }
    } catch (error) {
      sent = "";
    }
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
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
