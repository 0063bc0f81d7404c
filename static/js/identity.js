// What a number looks like is said as of the document that is chosen before it.
document.addEventListener("change", (event) => {
  const kind = event.target.closest("[data-identity-kind]");
  if (!kind) {
    return;
  }
  const box = kind.parentElement;
  const number = box.querySelector("input");
  const told = box.previousElementSibling;
  const shape = kind.selectedOptions[0].dataset.shape;
  if (number.placeholder) {
    number.placeholder = shape;
  } else if (told && told.dataset.identityShape !== undefined) {
    told.textContent = shape;
  }
});
