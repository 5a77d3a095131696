// What the browser must do for messages: keep what is typed until it was really sent, send by Enter,
// say what was really seen, and stay at the end of the thread. Knows no message.
(() => {
  "use strict";
  const LONGEST = 5000, WARNS_FROM = 4500, NEAR = 80, AGAIN_MS = 4000;
  const fine = window.matchMedia("(hover: hover) and (pointer: fine)");
  const find = (selector) => document.querySelector(selector);

  // --- what is typed, and what is on its way: both in this tab's storage, by person and thread ---
  const load = (name) => {
    try { return JSON.parse(sessionStorage.getItem(name)) ?? {}; } catch { return {}; }
  };
  const save = (name, kept) => {
    try { sessionStorage.setItem(name, JSON.stringify(kept)); } catch { /* a full or forbidden store keeps nothing */ }
  };
  const nameOf = (form) => `draft:${form.dataset.composer}`;
  const area = (form) => form.querySelector("textarea");
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

  const measure = (form) => {
    const field = area(form), note = form.querySelector("#message-counter");
    const left = LONGEST - [...field.value].length;
    const count = `${Math.abs(left)} character${Math.abs(left) === 1 ? "" : "s"}`;
    const words = left < 0 ? `${count} too many` : LONGEST - left >= WARNS_FROM ? `${count} left` : "";
    if (note.textContent !== words) note.textContent = words;
    note.classList.toggle("is-too-long", left < 0);
    if (!CSS.supports("field-sizing", "content")) {
      field.style.height = "auto";
      field.style.height = `${Math.min(field.scrollHeight + 2, window.innerHeight * 0.4)}px`;
    }
  };
  const keep = (form) => {
    save(nameOf(form), { ...load(nameOf(form)), text: area(form).value });
    measure(form);
  };
  const putBack = (form, sent) => {
    const field = area(form);
    field.value = field.value ? `${sent.text}\n${field.value}` : sent.text;
    save(nameOf(form), { ...load(nameOf(form)), text: field.value, again: sent });
  };
  // What was answered is no longer on its way; what was refused is in the field again.
  const settle = (form) => {
    const kept = load(nameOf(form));
    if (!kept.sent?.length) return;
    const answers = new Map(form.dataset.answers.split(" ").map((one) => one.split(":")));
    const answered = kept.sent.filter((one) => answers.has(one.key));
    if (!answered.length) return;
    save(nameOf(form), { ...kept, sent: kept.sent.filter((one) => !answers.has(one.key)) });
    answered.filter((one) => answers.get(one.key) === "refused").reverse().forEach((one) => putBack(form, one));
    measure(form);
  };
  // A page that was opened anew: what no answer came for is in the field again, under its old key, so
  // that sending it once more sends nothing twice.
  const open = (form) => {
    settle(form);
    const kept = load(nameOf(form)), lost = kept.sent ?? [];
    area(form).value ||= kept.text ?? "";
    save(nameOf(form), { ...kept, text: area(form).value, sent: [] });  // it may have been typed before this script came
    [...lost].reverse().forEach((one) => putBack(form, one));
    measure(form);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-composer]")) keep(form);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.form;
    if (!form?.matches("[data-composer]") || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing || !fine.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.("[data-composer] .send")) event.preventDefault(); // the keyboard of a phone stays
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-composer]")) return;
    const text = area(form).value;
    if (!text.trim() || [...text].length > LONGEST) {
      event.preventDefault();
      event.stopImmediatePropagation();
      area(form).focus();
      return;
    }
    const kept = load(nameOf(form));
    const key = kept.again?.text === text ? kept.again.key : newKey();
    form.elements.key.value = key;
    // Emptied as soon as React, which listens on the document, has read it: the next key may be waiting already.
    addEventListener("submit", () => {
      area(form).value = "";
      save(nameOf(form), { text: "", sent: [...(kept.sent ?? []), { key, text }] });
      measure(form);
      const log = find("[data-log]");
      if (log) log.scrollTop = 0;
    }, { once: true });
  }, true);

  // --- what was seen: the thread's end is on screen, in a tab that is looked at ---
  let seen = { what: "", at: 0 };
  const revealed = new WeakSet(); // a thread that was just opened is first scrolled to what is new
  const atEnd = (log) => Math.abs(log.scrollTop) < NEAR; // its content is laid out from the bottom
  const look = () => {
    const log = find("[data-log]");
    const isNew = Boolean(log) && log.dataset.unreadTo !== "0";
    const latest = find("[data-latest] button");
    if (latest) latest.hidden = !isNew || atEnd(log);
    if (!isNew || document.visibilityState !== "visible" || !log.offsetParent) return;
    if (!revealed.has(log) || !atEnd(log)) return;
    const what = `${location.pathname}:${log.dataset.unreadTo}`;
    if (what === seen.what && Date.now() - seen.at < AGAIN_MS) return;
    seen = { what, at: Date.now() };
    find("[data-seen]")?.click();
  };
  const leave = () => {
    if (document.visibilityState === "visible") look();
    else find("[data-left]")?.click();
  };
  document.addEventListener("visibilitychange", leave);
  document.addEventListener("scroll", (event) => { if (event.target.matches?.("[data-log]")) look(); }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-latest]")) find("[data-log]").scrollTo({ top: 0 });
  });
  setInterval(look, AGAIN_MS);

  // --- a thread that was opened shows what is new; a message that was searched for is shown where it stands ---
  const reveal = (log) => {
    scrollToNews(log);
    revealed.add(log);
    look();
  };
  const scrollToNews = (log) => {
    const found = log.dataset.found !== "0" && document.getElementById(`message-${log.dataset.found}`);
    const target = found || log.querySelector(".new-from-here");
    if (!target) return;
    const box = log.getBoundingClientRect();
    if (found) found.classList.add("is-found");
    if (found || target.getBoundingClientRect().top < box.top) target.scrollIntoView({ block: found ? "center" : "start" });
  };

  const begin = (node) => {
    within(node, "[data-composer]").forEach(open);
    within(node, "[data-log]").forEach((log) => requestAnimationFrame(() => reveal(log)));
  };
  const within = (node, selector) =>
    node.nodeType !== 1 ? [] : node.matches(selector) ? [node] : [...node.querySelectorAll(selector)];
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") {
        if (change.attributeName === "data-answers") settle(change.target);
        continue;
      }
      change.addedNodes.forEach(begin);
    }
    look();
  }).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-answers", "data-unread-to"],
  });

  begin(document.documentElement); // the page may have been there before this script

  // --- the page is as high as what the keyboard of a phone leaves free ---
  const fit = () => document.documentElement.style.setProperty("--view", `${window.visualViewport.height}px`);
  window.visualViewport?.addEventListener("resize", fit);
})();
