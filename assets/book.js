// Keeps an unfinished form without a name (form[data-draft=""]) of this tab, address and person, so that a reload or
// a restart of the server loses nothing, and whoever signs in next at this tab sees nothing of it. Knows nothing of
// what the form is about.
(() => {
  "use strict";
  const KEY = "meridian-draft";
  const address = () => location.pathname + location.search;
  const FORM = 'form[data-draft=""]';
  let whose = null;  // the person's id, once the server has asked for what they left unfinished
  const form = () => document.querySelector(FORM);
  const collect = (from) => {
    const fields = {};
    for (const one of from.elements) {
      if (!one.name || (one.type === "radio" && !one.checked)) continue;
      fields[one.name] = one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
    }
    return fields;
  };
  const same = (one, other) => Object.keys(other).every((name) => one[name] === other[name]);
  const kept = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY) || "null");
      return found && found.address === address() && [null, whose].includes(found.whose) ? found : null;
    } catch { return null; }
  };
  const save = () => {
    const shown = form();
    if (!shown) return;
    try { sessionStorage.setItem(KEY, JSON.stringify({ address: address(), whose, fields: collect(shown) })); } catch { /* full or forbidden: the form works without */ }
  };
  for (const event of ["input", "change", "focusin"]) document.addEventListener(event, (at) => at.target.closest?.(FORM) && save());
  addEventListener("pagehide", save);
  window.meridianDraft = {
    collect: () => (form() ? collect(form()) : {}),
    read: (person) => {
      whose = person;
      const found = kept();
      const shown = form();
      return found ? { fields: found.fields, is_shown: Boolean(shown && same(collect(shown), found.fields)) } : {};
    },
    forget: () => sessionStorage.removeItem(KEY),
  };
})();
