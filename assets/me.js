// Copies a link: a button with data-copy="/g/…" puts the whole address into the clipboard and says so.
(() => {
  "use strict";

  const COPIED_MS = 2000;
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Over plain http there is no clipboard to write to; a selected field can still be copied.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };
  const say = (button) => {
    const name = button.getAttribute("aria-label");
    button.setAttribute("aria-label", "Copied");
    button.classList.add("me-copied");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    status.className = "small strong";
    button.before(status);
    status.textContent = "Copied";
    setTimeout(() => {
      button.setAttribute("aria-label", name);
      button.classList.remove("me-copied");
      status.remove();
    }, COPIED_MS);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button && !button.classList.contains("me-copied")) {
      copy(new URL(button.dataset.copy, location.origin).href).then(() => say(button));
    }
  });
})();
