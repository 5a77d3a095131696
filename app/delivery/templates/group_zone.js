(() => {
  const dd = document.currentScript.previousElementSibling;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  if (dd.dataset.zone === zone) return;
  const start = new Date(dd.dataset.start), end = new Date(dd.dataset.end), now = new Date();
  const part = (at, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(at);
  const day = (at) => ["weekday", "day", "month", "year"].map((name) => part(at, { [name]: name === "day" || name === "year" ? "numeric" : "long" })).join(" ");
  const hour = (at) => part(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const offset = (at) => {
    const wall = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" }).formatToParts(at).map((one) => [one.type, +one.value]));
    return Math.round((Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) - Math.floor(at / 60000) * 60000) / 60000);
  };
  const words = (at) => {
    if (zone === "UTC" || zone === "Etc/UTC") return "UTC";
    const minutes = offset(at), size = Math.abs(minutes), rest = size % 60;
    return `${zone.split("/").pop().replaceAll("_", " ")} time, UTC${minutes >= 0 ? "+" : "−"}${Math.floor(size / 60)}${rest ? ":" + String(rest).padStart(2, "0") : ""}`;
  };
  const set = (name, text) => { dd.querySelector(`[data-${name}]`).textContent = text; };
  set("day", day(start));
  const last = day(end).split(" ").slice(0, 3).join(" ");
  set("hours", day(start) === day(end) ? `${hour(start)}–${hour(end)}` : `${hour(start)} – ${last}, ${hour(end)}`);
  set("words", `(${words(start)})`);
  const own = dd.querySelector("[data-own]"), note = dd.querySelector("[data-note]");
  own.hidden = dd.dataset.ownOffset === String(offset(start));
  const changes = start > now && offset(start) !== offset(now);
  if (changes) note.textContent = `The clocks change before then (${words(now)} today). The time above counts it already.`;
  note.hidden = !changes && (own.hidden || !note.textContent);
})();
