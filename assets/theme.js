// Runs before the first paint and before the socket opens. A dark page must never flash white (Reflex keeps
// the choice in localStorage), and every request tells the server in which zone this browser is
// and whether its screen is a phone's.
(() => {
  "use strict";
  let chosen = "system";
  try { chosen = localStorage.getItem("theme") || "system"; } catch { /* storage may be forbidden */ }
  const dark = chosen === "dark" || (chosen === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  const classes = document.documentElement.classList;
  if (!classes.contains("light") && !classes.contains("dark")) classes.add(dark ? "dark" : "light");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `meridian_zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  const narrow = matchMedia("(max-width: 760px)").matches ? 1 : 0;
  document.cookie = `meridian_narrow=${narrow}; path=/; max-age=31536000; samesite=lax`;
})();
