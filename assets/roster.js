// A list of people, [data-roster]: searches its lines [data-name], shows one part of it, and ticks all of it at once.
(() => {
  "use strict";

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const boxesOf = (list) => [...list.querySelectorAll("[data-name] input[type=checkbox]")];

  const sift = (list) => {
    const wanted = plain(list.querySelector("[data-search]")?.value ?? "").split(/\s+/).filter(Boolean);
    const part = list.dataset.shown ?? "";
    let found = 0;
    for (const line of list.querySelectorAll("[data-name]")) {
      const name = plain(line.dataset.name);
      line.hidden = !wanted.every((word) => name.includes(word)) || (part !== "" && line.dataset.part !== part);
      found += !line.hidden;
    }
    const nobody = list.querySelector("[data-nobody]");
    if (nobody) nobody.hidden = found > 0;
    const said = list.querySelector("[data-ticked]"), boxes = boxesOf(list);
    const words = `${boxes.filter((box) => box.checked).length} of ${boxes.length} came`;
    if (said && said.textContent !== words) said.textContent = words;  // what is written here is seen by the observer below
  };
  const choose = (list, choice) => {
    list.dataset.shown = choice.dataset.partChoice;
    for (const one of list.querySelectorAll("[data-part-choice]")) one.setAttribute("aria-pressed", String(one === choice));
    sift(list);
  };
  const tickAll = (list, ticks) => {
    const boxes = boxesOf(list);
    for (const box of boxes) box.checked = ticks;
    boxes[0]?.dispatchEvent(new Event("input", { bubbles: true }));  // so that the form's draft is kept as well
  };

  document.addEventListener("input", (event) => {
    const list = event.target.closest?.("[data-roster]");
    if (list) sift(list);
  });
  document.addEventListener("keydown", (event) => {
    // Enter in the search must not send the form around it.
    if (event.key === "Enter" && event.target.matches?.("[data-search]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("[data-part-choice]"), tick = event.target.closest?.("[data-tick]");
    const list = (choice ?? tick)?.closest("[data-roster]");
    if (list && choice) choose(list, choice);
    if (list && tick) tickAll(list, tick.dataset.tick === "all");
  });
  new MutationObserver((changes) => {
    const lists = new Set();
    for (const { target, addedNodes } of changes) {
      if (addedNodes.length && target.closest?.("[data-roster]")) lists.add(target.closest("[data-roster]"));
      for (const node of addedNodes) node.querySelectorAll?.("[data-roster]").forEach((list) => lists.add(list));
    }
    lists.forEach(sift);
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.querySelectorAll("[data-roster]").forEach(sift);  // drawn before this script was there
})();
