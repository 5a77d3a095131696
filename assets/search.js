// The search in the header: opened by its button, Ctrl-K (Cmd-K), or "/" where nobody writes; closed by
// Escape, the cross, a click outside or a choice. Knows nothing of what is found; meridian.js moves in the list.
(() => {
  "use strict";
  const dialog = () => document.querySelector("[data-search-dialog]");
  const box = () => dialog()?.querySelector("[data-combobox]");
  const input = () => dialog()?.querySelector("[role=combobox]");
  const writes = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])"));
  const onMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);
  let opener = null;

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
    // In a text on a Mac, Ctrl-K deletes to the end of the line.
    const isCommand = event.metaKey || (event.ctrlKey && !(onMac && writes(event.target)));
    const isK = isCommand && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if ((isSlash || isK) && open()) event.preventDefault();
  }, true);

  // "close" does not bubble, so it is caught on its way down.
  document.addEventListener("close", (event) => {
    if (!event.target.matches?.("[data-search-dialog]")) return;
    input().value = "";
    forget();
    if (opener?.isConnected) opener.focus();
    opener = null;
  }, true);
})();
