// Keys for those who like them. Every key stands on a link or button that works without this file.
(() => {
  "use strict";

  const pages = { t: "/", d: "/diary", p: "/people", r: "/review" };
  let gone = 0;

  const rows = () => [...document.querySelectorAll(".ask-one[data-question], [data-row]")];
  const inHand = () => document.querySelector(".ask-one.now, [data-row].now");
  const writing = (node) =>
    node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

  function take(row) {
    const before = inHand();
    if (before) before.classList.remove("now");
    if (!row) return;
    row.classList.add("now");
    const link = row.querySelector("[data-open], a, button");
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(inHand());
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (all[next]) take(all[next]);
    else follow(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  }

  function follow(selector, within = document) {
    const link = within.querySelector(selector);
    if (link) link.click();
    return Boolean(link);
  }

  function search() {
    const field = document.querySelector("input[type=search]");
    if (field) { field.focus(); field.select(); } else location.assign("/search");
  }

  // An answer belongs to the question in hand; on an entry, to the only question beside it.
  function answer(key) {
    const now = document.querySelector(".ask-one.now");
    const all = [...(now || document).querySelectorAll(".answers [data-key]")];
    const fits = all.filter((button) => button.dataset.key === key);
    if (fits.length === 1) fits[0].click();
    else if (key === "0" && now && !fits.length) step(1);
    return fits.length === 1;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key.length !== 1) return;
    if (document.querySelector(".palette:popover-open") && event.key !== "?") return;
    const key = event.key;
    const soon = gone && event.timeStamp - gone < 1500;
    gone = 0;
    let used = true;
    if (soon && pages[key]) location.assign(pages[key]);
    else if (key === "g") gone = event.timeStamp;
    else if (key === "/") search();
    else if (key === "?") document.getElementById("keys")?.togglePopover();
    else if (key === "z") used = follow(".notice [data-key=z]") || follow(".history [data-key=z]");
    else if (/^[0-9]$/.test(key) && answer(key)) used = true;
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "o") used = Boolean(inHand()) && follow("[data-open], .source, a", inHand());
    else if (/^[a-z0-9]$/.test(key)) used = answer(key);
    else used = false;
    if (used) event.preventDefault();
  });

  const first = document.querySelector(".ask-one.now");
  if (first && new URLSearchParams(location.search).has("at")) first.scrollIntoView({ block: "nearest" });
})();
