// What the browser must do by itself in a calendar: keys, dragging, the address, where it scrolls.
// It decides nothing: a drop is sent to the server, which moves the session or says why not.
(() => {
  "use strict";
  const SNAP = 15, SHORTEST = 30, STARTS_AFTER = 5;
  const root = () => document.getElementById("calendar");
  const grid = () => root()?.querySelector("[data-grid]");
  const days = () => [...(grid()?.querySelectorAll("[data-date]") ?? [])];
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const clock = (minute) => `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const dayName = (date) => new Date(`${date}T12:00:00Z`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const say = (words) => { const place = document.getElementById("calendar-says"); if (place) place.textContent = words; };
  // The router hears of a popstate; so a place in a slot that has no link of its own can be opened.
  const go = (address) => { history.pushState(null, "", address); dispatchEvent(new PopStateEvent("popstate")); };
  const isBusy = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog, [popover]") || document.querySelector("dialog[open]");

  // ---- the day's axis: percent and minutes
  const lengthOf = (column) => Number(column.dataset.length);
  const minuteOf = (cell, column) => Math.round((parseFloat(cell.style.top) * lengthOf(column)) / 100);
  const wordAt = (minute) => {
    const words = [...document.querySelectorAll(".hour-word")];
    const hour = words[Math.floor(minute / 60)]?.textContent ?? clock(minute);
    return `${hour.slice(0, 3)}${String(minute % 60).padStart(2, "0")}`;
  };

  // ---- one tab stop, arrows inside
  let stop = null;
  const itemsOf = (day) => [...day.querySelectorAll("[data-item]")].filter((item) => item.offsetParent).sort((a, b) => place(a) - place(b));
  const place = (item) => { const top = item.closest("[role=gridcell]")?.style.top; return top ? parseFloat(top) : 0; };
  const setStop = (item) => {
    if (stop && stop !== item) stop.tabIndex = -1;
    stop = item;
    if (item) item.tabIndex = 0;
  };
  const firstOf = (day) => {
    const items = itemsOf(day);
    return items.find((item) => item.matches(".entry")) ?? items.find((item) => item.getAttribute("href")?.endsWith("09:00")) ?? items[0];
  };
  const firstStop = () => {
    const all = days();
    const day = all.find((one) => one.classList.contains("is-today")) ?? all.find((one) => !one.classList.contains("is-outside")) ?? all[0];
    if (!day) return null;
    return firstOf(day);
  };
  const drawnAnew = (item) => (item?.id ? document.getElementById(item.id) : null);
  const keepFocus = () => {
    if (!held || held.isConnected) return;
    const again = drawnAnew(held);
    held = null;
    if (again && document.activeElement === document.body) again.focus();
  };
  const keepStop = () => {
    if (!grid() || grid().dataset.grid === "list") return;
    if (!(stop?.isConnected && grid().contains(stop))) setStop(drawnAnew(stop) ?? firstStop());
    else stop.tabIndex = 0;
  };
  const focusItem = (item) => { if (!item) return; setStop(item); item.focus(); item.scrollIntoView({ block: "nearest", inline: "nearest" }); };

  let wanted = null; // where the focus goes once the next page is drawn
  const turn = (by, date) => { if (date) wanted = { date }; document.querySelector(`[data-turn="${by}"]`)?.click(); };
  const shifted = (date, by) => { const at = new Date(`${date}T12:00:00Z`); at.setUTCDate(at.getUTCDate() + by); return at.toISOString().slice(0, 10); };
  const near = (items, item) => {
    if (item.matches(".month-number") || !item.closest("[role=gridcell]")?.style.top) return items[0];
    const top = place(item);
    return items.reduce((best, one) => (Math.abs(place(one) - top) < Math.abs(place(best) - top) ? one : best), items[0]);
  };
  const walk = (item, key) => {
    const day = item.closest("[data-date]"), all = days(), items = itemsOf(day), at = items.indexOf(item), isMonth = grid().dataset.grid === "month";
    const toDay = (by, pick) => {
      const date = shifted(day.dataset.date, by);
      const next = all.find((one) => one.dataset.date === date);
      if (next) focusItem(pick(itemsOf(next)));
      else turn(by > 0 ? 1 : -1, date);
    };
    if (key === "ArrowLeft" || key === "ArrowRight") toDay(key === "ArrowRight" ? 1 : -1, (there) => near(there, item));
    else if (key === "ArrowDown") at < items.length - 1 ? focusItem(items[at + 1]) : isMonth && toDay(7, (there) => there[0]);
    else if (key === "ArrowUp") at > 0 ? focusItem(items[at - 1]) : isMonth && toDay(-7, (there) => there[there.length - 1]);
    else if (key === "Home" || key === "End") {
      const row = isMonth ? [...day.parentElement.querySelectorAll("[data-date]")] : all;
      focusItem(near(itemsOf(row[key === "Home" ? 0 : row.length - 1]), item));
    }
  };
  // From nowhere, or from a day's name above the hours, the arrows lead into the grid.
  const isOutside = (target) => (target === document.body || target.matches?.(".days-head")) && grid() && grid().dataset.grid !== "list";
  const isShown = (item) => {
    const area = root().querySelector("[data-scroll]")?.getBoundingClientRect(), top = item.getBoundingClientRect().top;
    return !area || (top >= area.top && top < area.bottom);
  };
  const shownStop = (item) => {
    if (!item || isShown(item)) return item;
    return itemsOf(item.closest("[data-date]")).find((one) => one.matches(".entry") && isShown(one)) ?? item;
  };
  const enter = (target, key) => {
    const heads = [...document.querySelectorAll(".days-head")], at = heads.indexOf(target);
    if (at < 0) focusItem(shownStop(stop?.isConnected ? stop : firstStop()));
    else if (key === "ArrowDown") focusItem(firstOf(days()[at]));
    else if (key !== "ArrowUp") heads[at + (key === "ArrowRight" ? 1 : -1)]?.focus();
  };
  let held = null; // what had the focus last: what the server draws anew elsewhere keeps it
  document.addEventListener("focusin", (event) => {
    held = event.target.closest?.("[data-grid] [data-item]");
    const item = event.target.closest?.("[data-grid]:not([data-grid=list]) [data-item]");
    if (item) setStop(item);
  });

  // ---- keys
  const VIEWS = { m: "month", w: "week", l: "list", d: "day" };
  const lookAt = (view, date) => {
    const params = new URLSearchParams(location.search);
    params.set("view", view);
    params.set("date", date);
    go(`/calendar?${params.toString().replaceAll("%2C", ",")}`);
  };
  const PLAIN = { t: "t", m: "m", w: "w", l: "l", d: "d", "?": "?" };
  document.addEventListener("keydown", (event) => {
    if (!root()) return;
    if (drag && event.key === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); return; }
    if (moving) { if (moveKey(event)) { event.preventDefault(); event.stopPropagation(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const item = event.target.closest("[data-grid] [data-item]");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (item && grid().dataset.grid === "list" && (key === "ArrowDown" || key === "ArrowUp")) {
      const rows = [...grid().querySelectorAll("[data-item]")];
      rows[rows.indexOf(item) + (key === "ArrowDown" ? 1 : -1)]?.focus();
    } else if (item && grid().dataset.grid !== "list" && (key.startsWith("Arrow") || key === "Home" || key === "End")) walk(item, key);
    else if (key.startsWith("Arrow") && isOutside(event.target)) enter(event.target, key);
    else if (key === "PageDown" || key === "PageUp") turn(key === "PageDown" ? 1 : -1, null);
    else if (item && key === "x") { if (!beginMove(item)) return; }
    else if (key === "b") book(item);
    else if (PLAIN[key]) {
      const button = document.querySelector(`[data-key="${PLAIN[key]}"]`);
      if (!button || !button.offsetParent) return;
      const date = item?.closest("[data-date]")?.dataset.date;
      if (item) wanted = { date };
      if (date && VIEWS[key]) lookAt(VIEWS[key], date);
      else button.click();
    } else return;
    event.preventDefault();
  }, true);
  const book = (item) => {
    const day = item?.closest("[data-date]");
    if (!day) { document.querySelector('[data-key="b"]')?.click(); return; }
    const cell = item.closest("[role=gridcell]");
    const time = day.dataset.length && cell ? `&time=${wordAt(minuteOf(cell, day))}` : "";
    go(`/book?date=${day.dataset.date}${time}`);
  };

  // ---- a click on an empty place books there
  document.addEventListener("click", (event) => {
    if (swallow) { swallow = false; event.preventDefault(); event.stopPropagation(); return; }
    const slot = event.target.closest?.(".slot");
    if (slot && event.detail > 0) {
      const column = slot.closest("[data-date]"), box = column.getBoundingClientRect();
      const minute = Math.floor((((event.clientY - box.top) / box.height) * lengthOf(column)) / 30) * 30;
      event.preventDefault();
      event.stopPropagation();
      go(`/book?date=${column.dataset.date}&time=${wordAt(minute)}`);
    } else if (event.target.matches?.(".month-cell")) event.target.querySelector("[data-book]")?.click();
  }, true);

  // ---- the ghost, shared by mouse and keys
  let ghost = null, waiting = null;
  const dropGhost = () => {
    ghost?.remove();
    ghost = null;
    waiting = null;
    document.querySelectorAll(".is-target, .is-lifted").forEach((one) => one.classList.remove("is-target", "is-lifted"));
    document.documentElement.classList.remove("is-dragging", "is-resizing");
  };
  const drawGhost = (target, title) => {
    const day = days().find((one) => one.dataset.date === target.day);
    if (!day) return;
    if (!ghost) { ghost = document.createElement("div"); ghost.className = "calendar-ghost"; }
    if (ghost.parentElement !== day) {
      document.querySelectorAll(".is-target").forEach((one) => one.classList.remove("is-target"));
      day.classList.add("is-target");
      day.append(ghost);
    }
    if (target.minute < 0) { ghost.textContent = title; return; }
    const length = lengthOf(day);
    ghost.style.top = `${(target.minute * 100) / length}%`;
    ghost.style.height = `${(target.minutes * 100) / length}%`;
    ghost.replaceChildren(...[`${wordAt(target.minute)} – ${wordAt((target.minute + target.minutes) % length)}`, title].map((words) => {
      const line = document.createElement("span");
      line.textContent = words;
      return line;
    }));
  };
  const send = (source, target) => {
    const same = target.day === source.day && target.minute === source.minute && target.minutes === source.minutes;
    if (same) { dropGhost(); return; }
    ghost?.classList.add("is-waiting");
    waiting = root().dataset.answers;
    const minutes = target.minutes === source.minutes ? 0 : target.minutes;
    root().dispatchEvent(new CustomEvent("drop", { bubbles: true, detail: { id: source.id, day: target.day, minute: target.minute, minutes } }));
  };
  const sourceOf = (entry) => {
    const day = entry.closest("[data-date]"), inHours = Boolean(day.dataset.length);
    return {
      id: Number(entry.dataset.id), entry, day: day.dataset.date,
      minute: inHours ? minuteOf(entry.closest(".block-cell"), day) : -1,
      minutes: inHours ? Number(entry.dataset.minutes) : 0,
      title: (entry.querySelector(".block-title, .ellipsis") ?? entry).textContent,
    };
  };

  // ---- by mouse or pen; a finger scrolls, and uses the Edit form
  let drag = null, swallow = false;
  const cancel = () => { drag = null; dropGhost(); };
  document.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || moving) return;
    const edge = event.target.closest?.("[data-edge]");
    const entry = edge ? edge.parentElement.querySelector("[data-movable]") : event.target.closest?.("#calendar [data-grid]:not([data-grid=list]) [data-movable]");
    if (!entry) return;
    swallow = false;
    const source = sourceOf(entry), box = entry.getBoundingClientRect();
    drag = { source, target: source, isEdge: Boolean(edge), x: event.clientX, y: event.clientY, held: event.clientY - box.top, begun: false };
    if (edge) event.preventDefault();
  });
  const targetAt = (x, y) => {
    const { source, isEdge, held } = drag, inHours = source.minute >= 0;
    const all = days();
    const day = isEdge ? all.find((one) => one.dataset.date === source.day) : all.find((one) => {
      const box = one.getBoundingClientRect();
      return x >= box.left && x < box.right && (inHours || (y >= box.top && y < box.bottom));
    });
    if (!day) return drag.target;
    if (!inHours) return { day: day.dataset.date, minute: -1, minutes: 0 };
    const box = day.getBoundingClientRect(), length = lengthOf(day);
    const snapped = (pixels) => Math.round(((pixels / box.height) * length) / SNAP) * SNAP;
    if (isEdge) return { ...source, minutes: clamp(snapped(y - box.top) - source.minute, SHORTEST, 720) };
    return { day: day.dataset.date, minute: clamp(snapped(y - box.top - held), 0, length - SNAP), minutes: source.minutes };
  };
  let scrolling = 0;
  const scrollAlong = () => {
    const area = drag?.begun && root()?.querySelector("[data-scroll]");
    if (!area) { scrolling = 0; return; }
    const box = area.getBoundingClientRect(), head = 40, edge = 32; // only towards the edge: who starts there does not mean it
    const down = drag.lastY > box.bottom - edge && drag.lastY > drag.y, up = drag.lastY < box.top + head + edge && drag.lastY < drag.y;
    const by = down ? 10 : up ? -10 : 0;
    if (by) { area.scrollTop += by; drag.target = targetAt(drag.lastX, drag.lastY); drawGhost(drag.target, drag.source.title); }
    scrolling = requestAnimationFrame(scrollAlong);
  };
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.begun) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < STARTS_AFTER) return;
      drag.begun = true;
      document.documentElement.classList.add(drag.isEdge ? "is-resizing" : "is-dragging");
      drag.source.entry.classList.add("is-lifted");
      if (!scrolling) scrolling = requestAnimationFrame(scrollAlong);
    }
    event.preventDefault();
    [drag.lastX, drag.lastY] = [event.clientX, event.clientY];
    drag.target = targetAt(event.clientX, event.clientY);
    drawGhost(drag.target, drag.source.title);
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    const { begun, source, target } = drag;
    drag = null;
    if (!begun) return;
    swallow = true; // the click that ends a drag opens nothing
    setTimeout(() => { swallow = false; }, 0);
    document.documentElement.classList.remove("is-dragging", "is-resizing");
    send(source, target);
  });
  document.addEventListener("pointercancel", () => drag && cancel());
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("#calendar [data-grid]")) event.preventDefault(); });

  // ---- by keys: Move mode
  let moving = null;
  const beginMove = (item) => {
    if (!item.matches("[data-movable]")) { say("This session cannot be moved here."); return true; }
    const source = sourceOf(item);
    moving = { source, target: { day: source.day, minute: source.minute, minutes: source.minutes } };
    item.classList.add("is-lifted");
    drawGhost(moving.target, source.title);
    say(`Moving ${source.title}. Arrows move it, Enter drops it, Escape leaves it where it was.`);
    return true;
  };
  const endMove = () => { const { source } = moving; moving = null; return source; };
  const moveKey = (event) => {
    const { source, target } = moving, inHours = source.minute >= 0;
    if (event.key === "Escape") { endMove(); dropGhost(); say("Left where it was."); return true; }
    if (event.key === "Enter") { endMove(); send(source, target); return true; }
    const sign = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!sign) return event.key !== "Shift";
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const byDays = inHours ? (event.shiftKey || sideways ? sign : 0) : sideways || event.shiftKey ? sign : sign * 7;
    const day = shifted(target.day, byDays);
    if (byDays && !days().some((one) => one.dataset.date === day)) { say("This day is not on the page."); return true; }
    target.day = day;
    if (!byDays) target.minute = clamp(target.minute + sign * SNAP, 0, lengthOf(days().find((one) => one.dataset.date === day)) - SNAP);
    drawGhost(target, source.title);
    ghost?.scrollIntoView({ block: "nearest" });
    say(dayName(target.day) + (inHours ? `, ${wordAt(target.minute)}` : ""));
    return true;
  };

  // ---- on a phone the filters are folded away
  document.addEventListener("click", (event) => {
    const fold = event.target.closest?.("[data-fold]");
    if (fold) fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
  });

  // ---- the filters' panels close by Escape and by a click elsewhere
  document.addEventListener("click", (event) => {
    document.querySelectorAll("[data-popup][open]").forEach((panel) => { if (!panel.contains(event.target)) panel.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const panel = event.key === "Escape" && event.target.closest?.("[data-popup][open]");
    if (panel) { panel.open = false; panel.querySelector("summary").focus(); }
  });

  // ---- what follows from what the server drew
  // Who goes back, and back again before the page has followed, is shown what lies between: that is no new entry.
  let page = "", address = "", leads = false;
  addEventListener("popstate", (event) => { leads ||= event.isTrusted; });
  for (const act of ["pointerdown", "keydown", "input"]) addEventListener(act, () => { leads = false; }, true);
  const follow = () => {
    const here = root();
    if (!here) { page = address = ""; stop = null; moving = drag = null; return; }
    if (here.dataset.address && here.dataset.address !== address) {
      address = here.dataset.address;
      if (!leads && address !== location.pathname + location.search) history.pushState(null, "", address);
    }
    if (waiting !== null && here.dataset.answers !== waiting) dropGhost();
    if (here.dataset.page !== page && grid()) {
      page = here.dataset.page;
      const area = here.querySelector("[data-scroll]");
      if (area) area.scrollTop = (Number(area.dataset.first) / 1440) * area.querySelector(".hours").offsetHeight;
      if (wanted && !window.hasMovedOn()) {
        const day = days().find((one) => one.dataset.date === wanted.date);
        if (grid().dataset.grid !== "list") focusItem(day ? firstOf(day) : firstStop());
        else (day ?? grid()).querySelector("[data-item]")?.focus();
      }
      wanted = null;
    }
    keepStop();
    keepFocus();
  };
  let asked = false;
  new MutationObserver(() => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; follow(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-address", "data-page", "data-answers", "data-first"] });
  follow();  // the page may have been drawn before this script was there
})();
