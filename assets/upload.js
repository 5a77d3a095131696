// Sends a file of rows and shows how far it is. Without it the form works as any form does.
(() => {
  "use strict";

  const tell = (form, text) => { form.querySelector("[role=alert]").textContent = text; };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-upload]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (button.disabled) return;
    const file = form.querySelector("input[type=file]").files[0];
    const most = Number(form.dataset.upload);
    if (!file) return tell(form, "No file was chosen. Choose a CSV or XLSX file.");
    if (file.size > most) {
      return tell(form, `This file is larger than ${most / 1048576} MB. Split it into several files, and upload one after another.`);
    }
    send(form, button, file);
  }, true);

  const send = (form, button, file) => {
    const bar = form.querySelector("progress");
    const body = new FormData();
    body.append("program", form.querySelector("select").value);
    body.append("file", file);
    const request = new XMLHttpRequest();
    const rest = (text) => { bar.hidden = true; button.disabled = false; tell(form, text); };
    request.open("POST", form.getAttribute("action"));
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (step) => { if (step.lengthComputable) bar.value = Math.round((100 * step.loaded) / step.total); };
    request.onerror = () => rest("The file could not be sent. Check your connection, then try again.");
    request.onload = () => {
      const answer = request.response;
      if (request.status === 200 && answer?.path) { location.assign(answer.path); return; }
      rest(answer?.problem ?? (request.status === 413 ? "This file is too large." : "The file could not be taken. Sign in again, then repeat it."));
    };
    tell(form, "");
    button.disabled = true;
    bar.value = 0;
    bar.hidden = false;
    request.send(body);
  };

  // Enter in a cell writes it, as in a spreadsheet; Escape leaves it as it was.
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("input[data-cell]")) return;
    if (event.key === "Escape") event.target.value = event.target.defaultValue;
    if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); event.target.blur(); }
  }, true);
})();
