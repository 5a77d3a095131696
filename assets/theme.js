// Runs before the first paint, so that a dark page never flashes white. Reflex keeps the choice in
// localStorage and takes over afterwards.
(() => {
  "use strict";
  let chosen = "system";
  try { chosen = localStorage.getItem("theme") || "system"; } catch { /* storage may be forbidden */ }
  const dark = chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.add(dark ? "dark" : "light");
  // Every request and the socket tell the server in which zone this browser is.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `meridian_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
})();
