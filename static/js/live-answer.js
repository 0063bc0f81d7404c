// A panel that says something of what was typed says it while one types: the answer of its own button is fetched as soon
// as one of the fields named in data-live changes, or holds data-live-from characters. Posted like the form itself: no
// number stands in an address.
for (const panel of document.querySelectorAll("[data-live]")) {
  const form = panel.closest("form");
  const place = panel.querySelector("[data-live-answer]");
  const fields = panel.dataset.live.split(" ").map((name) => form.elements[name]).filter(Boolean);
  const whole = Number(panel.dataset.liveFrom || 0);
  let asked = typed();
  let waiting = null;
  let underWay = null;

  function typed() {
    return fields.map((field) => field.value.trim()).join("\n");
  }

  async function ask() {
    if (typed() === asked) {
      return;
    }
    asked = typed();
    if (underWay) {
      underWay.abort();
    }
    underWay = new AbortController();
    const body = new FormData(form);
    body.set("check", "1");
    try {
      const answer = await fetch(location.href, { method: "POST", body, signal: underWay.signal });
      // Redirected: the session has ended. The form itself will say so, and nothing is lost.
      if (!answer.ok || answer.redirected) {
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = page.querySelector("[data-live-answer]");
      if (told) {
        place.textContent = "";
        place.append(...told.childNodes);
      }
    } catch (error) {
      // Not reached or overtaken by the next answer: the button is still there.
    }
  }

  function soon(event) {
    clearTimeout(waiting);
    if (event.target.value.trim().length >= whole) {
      waiting = setTimeout(ask, 400);
    }
  }

  for (const field of fields) {
    field.addEventListener("input", soon);
    field.addEventListener("change", ask);
  }
}
