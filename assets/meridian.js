// What the browser must do by itself: open dialogs and give the focus back, move in
// lists by arrow keys, and report the zone. Knows nothing of sessions or people.
(() => {
  "use strict";

  // <dialog data-modal>: shown as soon as it is in the page. Escape and a click outside press its
  // [data-close] button, so the server decides. The focus returns to the opener when it leaves.
  const openers = new Map();
  const show = (dialog) => {
    if (dialog.open) return;
    const opener = document.activeElement;
    openers.set(dialog, { opener, id: opener && opener.id });
    dialog.showModal();
    const first = dialog.querySelector("[data-autofocus]");
    if (first) first.focus();
  };
  const giveBack = (dialog) => {
    const kept = openers.get(dialog);
    if (!kept) return;
    openers.delete(dialog);
    const target = kept.opener && kept.opener.isConnected ? kept.opener : kept.id && document.getElementById(kept.id);
    if (target && (!document.activeElement || document.activeElement === document.body)) target.focus();
  };
  const within = (node) =>
    node.nodeType !== 1 ? [] : node.matches("dialog[data-modal]") ? [node] : node.querySelectorAll("dialog[data-modal]");
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.removedNodes.forEach((node) => within(node).forEach(giveBack));
      change.addedNodes.forEach((node) => within(node).forEach((dialog) => dialog.isConnected && show(dialog)));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  within(document.documentElement).forEach(show);  // drawn before this script was there
  const close = (dialog) => {
    const button = dialog.querySelector("[data-close]");
    if (button) button.click();
  };
  document.addEventListener("cancel", (event) => {
    if (event.target.matches?.("dialog[data-modal]")) { event.preventDefault(); close(event.target); }
  }, true);
  document.addEventListener("mousedown", (event) => {
    if (!event.target.matches?.("dialog[data-modal]")) return;
    const box = event.target.getBoundingClientRect();
    const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (outside) close(event.target);
  });

  // [data-combobox] around an input[role=combobox] and its [role=option] buttons: the arrows choose,
  // Enter takes (and never sends the form while something is typed), Escape presses [data-dismiss].
  // [data-found-for] holds the words the list was made for: keys pressed before it follows what is typed
  // wait for it, so that nobody is taken who was found for other words.
  let early = null;
  const plain = (text) => text.trim().replace(/\s+/g, " ");
  const isUpToDate = (box) => plain(box.dataset.foundFor ?? "") === plain(box.querySelector("[role=combobox]").value);
  const optionsOf = (box) => [...box.querySelectorAll("[role=option]")];
  const choose = (box, option) => {
    for (const other of optionsOf(box)) {
      other.classList.toggle("is-active", other === option);
      other.setAttribute("aria-selected", String(other === option));
    }
    const input = box.querySelector("[role=combobox]");
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const press = (box, key) => {
    const options = optionsOf(box);
    const active = options.findIndex((option) => option.classList.contains("is-active"));
    if (!options.length) return;
    if (key === "Enter") (options[active] ?? options[0]).click();
    else choose(box, options.at(key === "ArrowDown" ? (active + 1) % options.length : Math.max(active, 0) - 1));
  };
  document.addEventListener("keydown", (event) => {
    const box = event.target.matches?.("[role=combobox]") && event.target.closest("[data-combobox]");
    if (!box || event.isComposing) return;
    const isTyped = event.target.value.trim() !== "", isOpen = optionsOf(box).length > 0;
    if (["Enter", "ArrowDown", "ArrowUp"].includes(event.key) && (isOpen || isTyped)) {
      event.preventDefault();
      if (isUpToDate(box)) press(box, event.key);
      else early = { box, keys: [...(early?.box === box ? early.keys : []), event.key] };
    } else if (event.key === "Escape") {
      early = null;
      if (!isOpen) return;
      event.preventDefault();
      event.stopPropagation();
      box.querySelector("[data-dismiss]")?.click();
    }
  }, true);
  document.addEventListener("input", (event) => {
    const box = event.target.matches?.("[role=combobox]") && event.target.closest("[data-combobox]");
    if (!box) return;
    early = null;
    choose(box, null);
  }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    if (!early?.box.isConnected || !isUpToDate(early.box)) return;
    const { box, keys } = early;
    early = null;
    for (const key of keys) press(box, key);
  })).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-found-for"] });

  // Where the focus was when somebody last asked for something, by a button or by sending a form. Who has gone on to
  // another field since, while the answer was on its way, has moved on: nothing takes the focus from them.
  let asked = { at: null }, given = null;
  const remember = () => { asked = { at: document.activeElement }; given = null; };
  addEventListener("submit", remember, true);
  addEventListener("click", (event) => { if (event.target.closest?.("button, a, summary")) remember(); }, true);
  window.hasMovedOn = () => {
    const now = document.activeElement, was = asked.at;
    if (!now?.matches("input, textarea, select") || now === was || now === given) return false;
    return !now.id || now.id !== was?.id;  // drawn anew, it is still the same
  };

  // The focus for an element, or for the id of one that the server is about to draw, however long that takes.
  window.focusSoon = (what) => {
    const mine = asked, until = performance.now() + 1500;
    let frames = 90, had = null;
    const look = () => {
      const wanted = typeof what === "string" ? document.getElementById(what) : what, now = document.activeElement;
      if (asked !== mine || window.hasMovedOn() || (had && now && now !== had && now !== document.body)) return;
      if (wanted && wanted !== now) {
        wanted.focus();
        if (document.activeElement === wanted) had = given = wanted;
      }
      if (frames-- > 0 || performance.now() < until) requestAnimationFrame(look);
    };
    look();
  };

  // A strip of links that is wider than the screen shows the one that is open.
  let shown = null;
  const showOpen = () => {
    const open = document.querySelector(".person-nav [aria-current=page]");
    if (!open || open === shown) return;
    shown = open;
    const strip = open.closest(".person-nav"), at = open.getBoundingClientRect(), around = strip.getBoundingClientRect();
    strip.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
  };
  new MutationObserver(showOpen).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-current"] });
  showOpen();

  // A native popover closes when something in it was chosen.
  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[popover] .menu-item");
    if (item) item.closest("[popover]").hidePopover();
  });

  // The skip link moves the focus without a navigation; the router would scroll to the top.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-skip]")) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("content")?.focus();
  }, true);

  // Who signs in or out leaves this tab's state behind: the next person starts with an empty one.
  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[data-leaves]")) sessionStorage.removeItem("token");
  }, true);

  // A form that takes a while says so and cannot be sent twice: [data-busy] holds the words.
  document.addEventListener("submit", (event) => {
    const words = event.target.dataset?.busy;
    const button = words && event.target.querySelector("[type=submit]");
    if (!button) return;
    if (button.classList.contains("is-busy")) { event.preventDefault(); return; }
    button.classList.add("is-busy");
    button.setAttribute("aria-live", "polite");
    button.dataset.ready = button.textContent;
    button.textContent = words;
  });
  // Who comes back to the page, or to the net, may send it again: the first try may never have arrived.
  const rest = () => document.querySelectorAll(".is-busy[data-ready]").forEach((button) => {
    button.classList.remove("is-busy");
    button.textContent = button.dataset.ready;
    delete button.dataset.ready;
  });
  addEventListener("pageshow", rest);
  addEventListener("online", rest);

  // A check box with data-shows="id" shows what is typed in that password field.
  document.addEventListener("change", (event) => {
    const field = event.target.dataset?.shows && document.getElementById(event.target.dataset.shows);
    if (field) field.type = event.target.checked ? "text" : "password";
  });

  // A check box that the server answers for, [data-answered]: React draws a click back until the answer is there.
  // The click stands at once, and is taken back only if the server has not agreed after a while.
  const PATIENCE = 4000;
  const clicked = new WeakMap();
  const isAnswered = (event) => event.target.matches?.("input[data-answered]");
  addEventListener("click", (event) => { if (isAnswered(event)) clicked.set(event.target, event.target.checked); }, true);
  addEventListener("click", (event) => {  // on the window, for React listens on the document and must see the click first
    if (!isAnswered(event)) return;
    const box = event.target;
    box.checked = clicked.get(box);
    clearTimeout(box.patience);
    box.patience = setTimeout(() => { box.checked = box.dataset.answered === "true"; }, PATIENCE);
  });

  // A list of zones starts with the browser's own.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.querySelectorAll("select[data-browser-zone]").forEach((select) => {
    if ([...select.options].some((option) => option.value === zone)) select.value = zone;
  });
})();
