// Lets the live page take the place of the first HTML: what was typed, ticked and said goes with it.
// While somebody types in the first form it stays, and only the number of places follows.
// What is typed is kept in this tab until it was sent: a phone that wakes up may load the page anew.
(() => {
  "use strict";
  const first = document.querySelector("[data-first-view]");
  if (!first) return;
  const live = () => document.querySelector("[data-live-view]");
  const isTypedIn = () => first.contains(document.activeElement) && document.activeElement.matches("input, button");
  const same = (page, element) => page.querySelector(`#${CSS.escape(element.id)}`);

  const KEY = `typed:${location.pathname}`;
  const FIELDS = "input[id]:not([type=hidden])";
  const typed = () => {
    try { return JSON.parse(sessionStorage.getItem(KEY)) ?? {}; } catch { return {}; }
  };
  // Only what is typed here: the next page may be drawn in this one's place, and ask for a password.
  const HERE = "[data-first-view], [data-live-view]";
  const keep = ({ target }) => {
    if (!target.matches(FIELDS) || !target.closest(HERE)) return;
    const value = target.type === "checkbox" ? target.checked : target.value;
    try { sessionStorage.setItem(KEY, JSON.stringify({ ...typed(), [target.id]: value })); } catch { /* forbidden: a reload forgets */ }
  };
  const giveBack = () => {
    if (!first.querySelector(FIELDS)) sessionStorage.removeItem(KEY);  // it was sent
    for (const [id, value] of Object.entries(typed())) {
      const field = same(first, { id });
      if (field?.type === "checkbox") field.checked = value;
      else if (field && !field.value) field.value = value;
    }
  };

  const carry = (page) => {
    first.querySelectorAll("input[id]").forEach((input) => {
      const other = same(page, input);
      if (!other) return;
      if (input.type === "checkbox") other.checked = input.checked;
      else if (input.value) other.value = input.value;
      if (input.getAttribute("aria-invalid") === "true") other.setAttribute("aria-invalid", "true");
    });
    first.querySelectorAll("[role=alert][id]").forEach((said) => {
      const other = same(page, said);
      if (other && said.textContent) other.textContent = said.textContent;
    });
    const shared = first.querySelector("details[open]") && page.querySelector("details");
    if (shared) shared.open = true;
  };
  const follow = (page) => {
    const [old, now] = [first, page].map((view) => view.querySelector("[data-places]"));
    if (old && now && old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML;
  };
  const take = () => {
    const page = live();
    if (!page || !first.isConnected) return;
    if (isTypedIn()) { follow(page); return; }
    watcher.disconnect();
    const top = scrollY;
    carry(page);
    first.remove();
    document.querySelectorAll("[data-first]").forEach((element) => element.remove());
    scrollTo(scrollX, top);
  };
  const watcher = new MutationObserver(take);
  watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  first.addEventListener("focusout", () => setTimeout(take));
  document.addEventListener("input", keep);
  giveBack();
  take();
})();
