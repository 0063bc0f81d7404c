// After a refused form the keyboard and the screen reader stand at what is wrong, not at the top of the page.
(() => {
  "use strict";
  const summary = document.querySelector("[data-refused]");
  if (summary) {
    summary.focus();
  }
})();
