// The tour of a first visit: what the step tells of is framed.
(() => {
  "use strict";
  const step = document.querySelector("[data-tour-target]");
  const target = step && document.querySelector(step.getAttribute("data-tour-target"));
  if (target) {
    target.classList.add("tour-pointed");
  }
})();
