// The search in the header: opened by its button, "/" or Ctrl-K (Cmd-K), closed by Escape, the cross,
// a click outside or a choice. Knows nothing of what is found; meridian.js moves in the list.
(() => {
  "use strict";
  const dialog = () => document.querySelector("[data-search-dialog]");
  const box = () => dialog()?.querySelector("[data-combobox]");
  const input = () => dialog()?.querySelector("[role=combobox]");
  const plain = (text) => text.trim().replace(/\s+/g, " ");
  const writes = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])"));
  let opener = null;
  let waits = null; // Enter was pressed before the answer to these words was there

  const open = () => {
    const found = dialog();
    if (!found || found.open || document.querySelector("dialog[open]")) return false;
    opener = document.activeElement;
    if (box().dataset.foundFor) forget(); // an answer that came after the search was closed
    found.showModal();
    input().focus();
    return true;
  };
  const forget = () => dialog().querySelector("[data-search-forget]").click();
  const close = () => dialog()?.open && dialog().close();
  const take = () => box()?.querySelector("[role=option].is-active, [role=option]")?.click();

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-search-open]")) open();
    else if (event.target.closest?.("[data-search-close]")) close();
    else if (event.target.closest?.("[data-search-dialog] [role=option]") && !event.ctrlKey && !event.metaKey) {
      opener = null;
      close();
    }
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("[data-search-dialog]")) close();
  });

  addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !writes(event.target);
    const isK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if ((isSlash || (isK && !writes(event.target))) && open()) event.preventDefault();
    if (event.key !== "Enter" || event.target !== input() || event.isComposing) return;
    if (plain(event.target.value) === box().dataset.foundFor) return;
    event.preventDefault();
    event.stopPropagation();
    waits = plain(event.target.value);
  }, true);
  document.addEventListener("input", (event) => { if (event.target === input()) waits = null; });
  new MutationObserver(() => {
    if (waits === null || box()?.dataset.foundFor !== waits) return;
    waits = null;
    requestAnimationFrame(take);
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-found-for"] });

  // "close" does not bubble, so it is caught on its way down.
  document.addEventListener("close", (event) => {
    if (!event.target.matches?.("[data-search-dialog]")) return;
    waits = null;
    input().value = "";
    forget();
    if (opener?.isConnected) opener.focus();
    opener = null;
  }, true);
})();
