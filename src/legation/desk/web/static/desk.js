// Keys for those who like them. Every key stands on a link or button that works without this file.
(() => {
  "use strict";

  const pages = { t: "/", d: "/diary", p: "/people", r: "/review", l: "/plan" };
  let gone = 0;

  const rows = () => [...document.querySelectorAll("[data-question], [data-row]")];
  const inHand = () => document.querySelector("[data-question].now, [data-row].now");
  const writing = (node) =>
    node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));

  function take(row) {
    const before = inHand();
    if (before) before.classList.remove("now");
    before?.querySelector("details.asking")?.removeAttribute("open");
    if (!row) return;
    row.classList.add("now");
    row.querySelector("details.asking")?.setAttribute("open", "");
    const link = row.querySelector(".answers button, [data-open], a, button");
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
    const now = document.querySelector("[data-question].now");
    const all = [...(now || document).querySelectorAll(".answers [data-key], .more [data-key]")];
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

  // ── an answer without a new page: what is in hand stays where the eye is ──────────────

  const SWAPPED = ".answers form, .notice form, .history form, form[data-swap]";
  let busy = false;

  async function send(form, button) {
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "follow" });
    const type = answer.headers.get("content-type") || "";
    if (!type.startsWith("text/html")) throw new Error("no page");
    return [await answer.text(), answer.url, answer.ok];
  }

  function swap(html, url) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) throw new Error("no page");
    const before = inHand()?.getBoundingClientRect().top;
    document.querySelector("main").replaceWith(main);
    const nav = page.querySelector(".top nav");
    if (nav) document.querySelector(".top nav").replaceWith(nav);
    document.title = page.title;
    const shown = new URL(url);
    shown.searchParams.delete("done");
    history.replaceState(null, "", shown.pathname + shown.search + shown.hash);
    const now = inHand();
    if (now && before !== undefined) {
      // The notice above is new: the question in hand takes the place of the one before it.
      window.scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
      now.tabIndex = -1;
      now.focus({ preventScroll: true });
    }
    document.dispatchEvent(new Event("swapped"));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(SWAPPED)) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const button = event.submitter;
    try {
      const [html, url, ok] = await send(form, button);
      if (ok) swap(html, url); else { document.open(); document.write(html); document.close(); }
    } catch {
      // As without script: the page that answers is loaded as a page.
      if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
      form.submit();
    } finally { busy = false; }
  });

  // ── a note lights its words ───────────────────────────────────────────────────────────

  function light(event, on) {
    const note = event.target instanceof Element && (event.target.closest(".tell") || event.target.closest(".note"));
    if (!note) return;
    for (const key of note.querySelectorAll(".tell a.key")) {
      const letter = key.hash.slice(3);
      for (const words of document.querySelectorAll(`#w-${letter}, [data-w="${letter}"]`)) words.classList.toggle("lit", on);
    }
  }
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }

  const first = document.querySelector(".ask-one.now");
  if (first && new URLSearchParams(location.search).has("at")) first.scrollIntoView({ block: "nearest" });

  // The browser gives `autofocus` its due only when it next draws: who types at once would lose a letter.
  document.querySelector("[autofocus]")?.focus();
})();
