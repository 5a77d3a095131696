// Keeps what is typed into a form[data-draft] in this tab, so that a reload, a lost connection or a
// restarted server loses nothing; keeps a window with a form open when one clicks beside it; and
// leads to the first field that was refused.
(() => {
  "use strict";

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
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("form[data-draft]")) keep(form);
  });
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        if (node.matches("form[data-draft]")) giveBack(node);
        else node.querySelectorAll("form[data-draft]").forEach(giveBack);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // The end keeps its distance when the start is changed, and takes the usual one before it was said.
  const minutesOf = (text) => { const [hour, minute] = text.split(":").map(Number); return hour * 60 + minute; };
  const clockOf = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  document.addEventListener("focusin", (event) => { if (event.target.matches?.("[data-start]")) event.target.dataset.before = event.target.value; });
  document.addEventListener("input", (event) => {
    const start = event.target;
    if (!start.matches?.("[data-start]") || !start.value) return;
    const end = start.form?.querySelector("[data-end]");
    const before = start.dataset.before ?? start.defaultValue;
    if (!end) return;
    const length = end.value && before ? minutesOf(end.value) - minutesOf(before) : Number(end.dataset.end);
    end.value = clockOf((((minutesOf(start.value) + length) % 1440) + 1440) % 1440);
    start.dataset.before = start.value;
    if (start.form?.matches("form[data-draft]")) keep(start.form);
  });

  let sent = null;
  document.addEventListener("submit", (event) => { if (event.target.matches("form[data-draft]")) sent = event.target; }, true);
  new MutationObserver(() => {
    const refused = sent?.isConnected && sent.querySelector("[aria-invalid=true]");
    if (!refused) return;
    sent = null;
    refused.focus();
    refused.scrollIntoView({ block: "center" });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["aria-invalid"], subtree: true });

  document.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("dialog.keeps")) event.stopPropagation();
  }, true);
})();
