// Keeps what is typed into a form with a named draft (data-draft="…") in this tab, so that a reload, a lost connection or a
// restarted server loses nothing; keeps a window with a form open when one clicks beside it; and
// leads to the first field that was refused; keeps a session's end at its distance from
// the start; and brings up the calendar of a date box.
(() => {
  "use strict";

  const NAMED = 'form[data-draft]:not([data-draft=""])';  // those without a name are kept by book.js
  const name = (form) => `draft:${form.dataset.draft}`;
  const isKept = (field) => field.name && field.type !== "hidden" && field.type !== "password";

  const keep = (form) => {
    const typed = {};
    for (const field of form.elements) {
      if (!isKept(field)) continue;
      if (field.type === "radio") { if (field.checked) typed[field.name] = field.value; }
      else typed[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    try { sessionStorage.setItem(name(form), JSON.stringify(typed)); } catch { /* a full or forbidden store keeps nothing */ }
  };
  const giveBack = (form) => {
    let typed = null;
    try { typed = JSON.parse(sessionStorage.getItem(name(form))); } catch { return; }
    if (!typed) return;
    for (const field of form.elements) {
      if (!isKept(field) || !(field.name in typed)) continue;
      const value = typed[field.name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
    measure(form);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches(NAMED)) keep(form);
  });
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes" && change.target.matches(NAMED)) giveBack(change.target);  // drawn before it was named
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        if (node.matches(NAMED)) giveBack(node);
        else node.querySelectorAll(NAMED).forEach(giveBack);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-draft"] });

  // Whoever leaves a card for its page does not find it open again, however soon they come back.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-leaves-card]")) sessionStorage.removeItem("meridian_card");
  });

  // The end keeps its distance when the start is changed; data-end is that distance in minutes.
  const minutesOf = (text) => { const [hour, minute] = text.split(":").map(Number); return hour * 60 + minute; };
  const clockOf = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  const measure = (form) => {
    const start = form.querySelector("[data-start]"), end = form.querySelector("[data-end]");
    if (start?.value && end?.value) end.dataset.end = (minutesOf(end.value) - minutesOf(start.value) + 1440) % 1440;
  };
  document.addEventListener("input", (event) => {
    const { form } = event.target;
    if (event.target.matches?.("[data-end]")) measure(form);
    const end = event.target.matches?.("[data-start]") && event.target.value && form?.querySelector("[data-end]");
    if (!end) return;
    end.value = clockOf((minutesOf(event.target.value) + Number(end.dataset.end)) % 1440);
    if (form.matches(NAMED)) keep(form);
  });

  // A click anywhere in a date box brings up its calendar; whoever comes by keyboard types.
  document.addEventListener("click", (event) => {
    if (!event.detail || !event.target.matches?.("input[type=date]")) return;
    try { event.target.showPicker(); } catch { /* a browser without it has the box's own button */ }
  });

  let sent = null;
  document.addEventListener("submit", (event) => { if (event.target.matches("form[data-draft]")) sent = event.target; }, true);
  new MutationObserver(() => {
    const refused = sent?.isConnected && sent.querySelector("[aria-invalid=true]");
    if (!refused) return;
    sent = null;
    window.focusSoon(refused);
    if (document.activeElement === refused) refused.scrollIntoView({ block: "center" });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["aria-invalid"], subtree: true });

  document.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("dialog.keeps")) event.stopPropagation();
  }, true);

  document.querySelectorAll(NAMED).forEach(giveBack);  // drawn before this script was there
})();
