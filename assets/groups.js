// Sends a session's picture as soon as it is chosen or shifted, and writes its key into the form.
// [data-picture] holds the most bytes; the picture itself is shown by the page.
(() => {
  "use strict";
  const chosen = new WeakMap();
  const part = (box, name) => box.querySelector(`[data-picture-${name}]`);

  // React learns of a value only by an event, and only if it was set past its own bookkeeping.
  const write = (box, key) => {
    const field = part(box, "key");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, key);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const say = (box, status, problem = "") => {
    part(box, "status").textContent = status;
    part(box, "problem").textContent = problem;
  };

  const send = async (box, file) => {
    if (file.size > Number(box.dataset.picture)) return say(box, "", "This file is larger than 8 MB. Choose a smaller one.");
    chosen.set(box, file);
    say(box, "Sending the picture …");
    const body = new FormData();
    body.append("file", file);
    body.append("position", part(box, "position").value);
    try {
      const answer = await fetch("/pictures", { method: "POST", body });
      const said = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
      if (chosen.get(box) !== file) return;
      if (!said.key) return say(box, "", said.problem ?? (answer.status === 413 ? "This file is too large. A picture may have up to 8 MB." : "The picture could not be taken. Sign in again, then repeat it."));
      write(box, said.key);
      part(box, "shift").hidden = false;
      say(box, "");
    } catch {
      say(box, "", "The picture could not be sent. Check your connection, then try again.");
    }
  };

  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("[data-picture]");
    if (!box) return;
    if (event.target.matches("[data-picture-file]") && event.target.files[0]) {
      part(box, "position").value = "50";
      send(box, event.target.files[0]);
      event.target.value = "";
    }
    if (event.target.matches("[data-picture-position]") && chosen.get(box)) send(box, chosen.get(box));
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-picture-remove]")?.closest("[data-picture]");
    if (!box) return;
    chosen.delete(box);
    part(box, "shift").hidden = true;
    write(box, "");
    say(box, "");
  });
})();
