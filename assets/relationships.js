// Keeps the address of the list of relationships in step with what it shows. Typing a name leaves one
// entry in the browser's history, choosing a filter or a page one each.
(() => {
  "use strict";

  // Who goes back, and back again before the list has followed, is shown what lies between: that is no new entry.
  let known = "", leads = false;
  addEventListener("popstate", (event) => { leads ||= event.isTrusted; });
  for (const act of ["pointerdown", "keydown", "input"]) addEventListener(act, () => { leads = false; }, true);
  const withoutName = (address) => { const url = new URL(address, location.origin); url.searchParams.delete("q"); url.searchParams.delete("page"); return url.href; };
  const follow = () => {
    const address = document.querySelector("[data-pairs-address]")?.dataset.pairsAddress;
    if (!address) { known = ""; return; }
    if (address === known) return;
    known = address;
    const here = location.pathname + location.search;
    if (leads || address === here || !location.pathname.startsWith("/relationships")) return;
    const typed = withoutName(address) === withoutName(here) && new URL(address, location.origin).searchParams.get("page") === null;
    history[typed ? "replaceState" : "pushState"](null, "", address);
    // The router learns of a new entry, else going back to where it believes to be would show nothing new.
    if (!typed) dispatchEvent(new PopStateEvent("popstate"));
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-pairs-address"] });
  follow();  // the page may have been drawn before this script was there
})();
