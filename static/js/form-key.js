// Puts the key of a new form into its address, so that Back opens the same form again and not another one.
(() => {
  "use strict";
  const key = document.querySelector('form.records-form input[name="key"], input[name="form_key"]');
  if (!key || !window.history.replaceState) {
    return;
  }
  const address = new URL(window.location.href);
  if (address.searchParams.get("form") !== key.value) {
    address.searchParams.set("form", key.value);
    window.history.replaceState(window.history.state, "", address);
  }
})();
