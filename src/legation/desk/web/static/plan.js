// The board: an encounter is dragged, or moved by keys, and what that does is said at once.
// Every change is a button of the encounter's sheet, which works without this file.
(() => {
  "use strict";

  const DAY = 86400000;
  const HOLD_MS = 350; // a finger that rests this long lifts; one that moves first scrolls
  const SETTLE_MS = 700; // a move by keys is sent when the keys rest

  const board = () => document.getElementById("board");
  const sheetOf = (enc) => document.getElementById(enc.dataset.sheet);
  const encOf = (uid) => [...document.querySelectorAll(".enc")].find((e) => e.dataset.uid === uid);
  const openSheet = () => document.querySelector(".sheet:popover-open");
  const iso = (time) => new Date(time).toISOString().slice(0, 10);
  const timeOf = (day) => Date.parse(`${day}T00:00:00Z`);
  const sayDay = (day) => new Date(timeOf(day)).toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

  function inHand() {
    const at = document.activeElement;
    const sheet = openSheet();
    if (sheet) return document.getElementById(sheet.dataset.for);
    return at?.closest?.(".enc") || document.querySelector(".enc:has([data-row].now)");
  }

  // ── what is said ──────────────────────────────────────────────────────────────────────

  const bar = document.createElement("div");
  bar.className = "effect";
  bar.setAttribute("role", "status");
  bar.setAttribute("aria-live", "polite");
  document.body.append(bar);
  let fading = 0;

  function say(text, seconds = 0, button = null) {
    clearTimeout(fading);
    bar.replaceChildren();
    if (!text) return;
    const line = Object.assign(document.createElement("p"), { textContent: text });
    bar.append(line);
    if (button) {
      // The notice stands at the head of the page; its button is needed where the eye is.
      const own = button.cloneNode(true);
      own.type = "button";
      own.removeAttribute("data-key");
      own.addEventListener("click", () => button.click());
      line.append(" ", own);
    }
    if (seconds) fading = setTimeout(() => say(""), seconds * 1000);
  }

  let asking = null;
  async function weigh(enc, fields, heading) {
    asking?.abort();
    asking = new AbortController();
    say(`${heading}.`);
    if (!sheetOf(enc)?.querySelector("input[name=kept]")?.value) return;
    const query = new URLSearchParams({ uid: enc.dataset.uid, day: enc.dataset.on, ...fields });
    try {
      const answer = await fetch(`/plan/weigh?${query}`, { signal: asking.signal });
      if (!answer.ok) return;
      const told = await answer.json();
      say(`${heading}. ${told.broken ? `${told.broken} ` : ""}${told.says}`);
    } catch { /* another question came after this one */ }
  }

  // ── doing it: the button of the sheet is pressed ──────────────────────────────────────

  function press(enc, value) {
    const button = sheetOf(enc)?.querySelector(`button[value="${CSS.escape(value)}"]`);
    button?.click();
    return Boolean(button);
  }

  function moveTo(enc, day) {
    const form = sheetOf(enc)?.querySelector("form");
    const field = form?.querySelector("input[name=on]");
    if (!field) return false;
    field.value = day;
    return press(enc, "move");
  }

  // The row whose week holds a day.
  const rowOf = (day) => [...board().querySelectorAll("tr[data-week]")].find((r) => r.dataset.week <= day && day <= r.dataset.last);

  const cellIn = (row, enc) => row.querySelector(`td[data-col="${enc.closest("td").dataset.col}"]`);

  // ── what was in hand stays in hand when the page is set anew ──────────────────────────

  let held = null; // { uid, index, top, open }
  let last = ""; // the encounter that was changed last: taking back brings it to hand again
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("form[data-swap], .notice form")) return;
    const sheet = form.closest(".sheet");
    const enc = sheet?.dataset.for ? document.getElementById(sheet.dataset.for) : inHand();
    last = enc?.dataset.uid || last;
    const index = [...document.querySelectorAll(".enc")].indexOf(enc);
    fading = setTimeout(() => say("One moment …"), 400);
    held = { uid: last, index, top: board()?.getBoundingClientRect().top, open: sheet?.matches(":popover-open") && /^reply:/.test(event.submitter?.value || "") };
  }, true);

  document.addEventListener("swapped", () => {
    const said = document.querySelector(".notice p")?.textContent;
    const button = document.querySelector(".notice button");
    say(said, button?.dataset.key === "y" ? 0 : 8, button);
    if (!held) return;
    const { uid, index, top, open } = held;
    held = null;
    const now = board()?.getBoundingClientRect().top;
    if (top !== undefined && now !== undefined && top < innerHeight) scrollBy({ top: now - top, behavior: "instant" });
    // Where it was taken out, the next one takes its place.
    const enc = encOf(uid) || (index < 0 ? null : [...document.querySelectorAll(".enc")].slice(0, index + 1).pop());
    if (!enc) return;
    enc.querySelector(".day").focus({ preventScroll: true });
    enc.scrollIntoView({ block: "nearest" });
    if (open) sheetOf(enc)?.showPopover();
  });

  // A sheet that closes gives the focus back to its encounter.
  document.addEventListener("toggle", (event) => {
    const sheet = event.target;
    if (!(sheet instanceof Element) || !sheet.matches(".sheet") || event.newState !== "closed") return;
    const at = document.activeElement;
    const lost = !at || at === document.body || at.id === "main" || sheet.contains(at);
    if (lost) document.getElementById(sheet.dataset.for)?.querySelector(".day").focus({ preventScroll: true });
  }, true);

  // ── keys ──────────────────────────────────────────────────────────────────────────────

  let moving = null; // { enc, day, timer, home }

  function settle() {
    if (!moving) return false;
    const { enc, day, timer } = moving;
    clearTimeout(timer);
    moving = null;
    return day !== enc.dataset.on && moveTo(enc, day);
  }

  function giveUp() {
    if (!moving) return false;
    clearTimeout(moving.timer);
    moving.home.append(moving.enc);
    moving.enc.querySelector(".day").focus({ preventScroll: true });
    moving = null;
    say("");
    return true;
  }

  function shift(enc, days) {
    if (enc.hasAttribute("data-fixed")) { say("It stands in your calendar, and is moved there.", 6); return; }
    if (moving && moving.enc !== enc) settle();
    const from = moving?.day || enc.dataset.on;
    const day = iso(timeOf(from) + days * DAY);
    const row = rowOf(day);
    if (!row) { say(`${sayDay(day)} is outside these weeks.`, 6); return; }
    const home = moving?.home || enc.parentElement;
    clearTimeout(moving?.timer);
    const cell = cellIn(row, enc)?.querySelector(".encs");
    if (cell && cell !== enc.parentElement) cell.append(enc);
    enc.querySelector(".day").focus({ preventScroll: true });
    enc.scrollIntoView({ block: "nearest" });
    moving = { enc, day, home, timer: setTimeout(settle, SETTLE_MS) };
    weigh(enc, { do: "move", on: day }, `To ${sayDay(day)}`);
  }

  function decline(enc) {
    const sheet = sheetOf(enc);
    const all = [...sheet.querySelectorAll("button[value^='reply:declined:']")];
    if (all.length === 1) all[0].click();
    else if (all.length) { sheet.showPopover(); all[0].focus(); }
  }

  function swapGuest(enc) {
    const sheet = sheetOf(enc);
    const list = sheet.querySelector("select[name=other]");
    if (!list) { say("Nobody is on record who could come instead.", 6); return; }
    if (!sheet.matches(":popover-open")) sheet.showPopover();
    else if (document.activeElement?.closest(".swap")) { press(enc, "swap"); return; }
    list.focus();
  }

  const WEEKS = { ArrowDown: 7, "]": 7, ArrowUp: -7, "[": -7, ArrowRight: 1, ArrowLeft: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector(".palette:popover-open")) return;
    const at = event.target;
    if (at instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    if (event.key === "Escape") { if (giveUp() || dropped()) event.preventDefault(); return; }
    if ((event.key === "n" || event.key === "y") && !moving) {
      const button = document.querySelector(event.key === "n" ? "[data-k=n]" : ".notice [data-key=y]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    const enc = inHand();
    if (!enc || !document.contains(enc)) return;
    if (event.key in WEEKS) {
      // In an open sheet the arrows scroll; on a link of a page they would do nothing.
      if (openSheet() && event.key.startsWith("Arrow")) return;
      event.preventDefault();
      shift(enc, WEEKS[event.key]);
      return;
    }
    if (!/^[lxsd]$/.test(event.key)) return;
    event.preventDefault();
    if (moving && event.key !== "s") { settle(); return; }
    if (enc.hasAttribute("data-fixed")) { say("It stands in your calendar, and is changed there.", 6); return; }
    if (event.key === "l") { if (!press(enc, "lock")) press(enc, "unlock"); }
    else if (event.key === "x") press(enc, "drop");
    else if (event.key === "d") decline(enc);
    else swapGuest(enc);
  });

  // Whoever goes on to something else has made up his mind.
  document.addEventListener("focusout", (event) => {
    if (moving && !moving.enc.contains(event.relatedTarget) && event.relatedTarget) settle();
  });

  // ── dragging, with a mouse, a pen or a finger ─────────────────────────────────────────

  let drag = null; // { enc, x, y, id, timer, ghost, cell, day, scroll }
  let swallow = false;

  function lift() {
    const { enc, x, y } = drag;
    clearTimeout(drag.timer);
    const box = enc.getBoundingClientRect();
    const ghost = enc.cloneNode(true);
    ghost.removeAttribute("id");
    ghost.removeAttribute("data-uid");
    ghost.setAttribute("aria-hidden", "true");
    ghost.inert = true;
    ghost.classList.replace("enc", "ghost") || ghost.classList.add("ghost");
    ghost.style.inlineSize = `${box.width}px`;
    document.body.append(ghost);
    document.body.classList.add("dragging");
    enc.classList.add("lifted");
    getSelection()?.removeAllRanges();
    Object.assign(drag, { ghost, dx: x - box.left, dy: y - box.top });
    follow(x, y);
  }

  function follow(x, y) {
    drag.ghost.style.transform = `translate(${x - drag.dx}px, ${y - drag.dy}px)`;
    const row = document.elementFromPoint(x, y)?.closest?.("tr[data-week]");
    drag.pace = y < 70 ? -14 : y > innerHeight - 70 ? 14 : 0;
    if (drag.pace && !drag.scroll) drag.scroll = setInterval(() => drag && drag.pace && scrollBy({ top: drag.pace, behavior: "instant" }), 16);
    const enc = drag.enc;
    const own = enc.closest("tr");
    const cell = row && row !== own ? cellIn(row, enc) : null;
    if (cell === drag.cell) return;
    drag.cell?.classList.remove("target");
    drag.cell = cell;
    drag.day = "";
    cell?.classList.add("target");
    if (!cell) { asking?.abort(); say(""); return; }
    const weekday = Math.max(0, (timeOf(enc.dataset.on) - timeOf(own.dataset.week)) / DAY);
    drag.day = iso(timeOf(row.dataset.week) + weekday * DAY);
    weigh(enc, { do: "move", on: drag.day }, `To ${sayDay(drag.day)}`);
  }

  // Put back whatever is lifted; says whether something was.
  function dropped() {
    if (!drag) return false;
    clearTimeout(drag.timer);
    clearInterval(drag.scroll);
    const was = Boolean(drag.ghost);
    drag.ghost?.remove();
    drag.cell?.classList.remove("target");
    drag.enc.classList.remove("lifted");
    document.body.classList.remove("dragging");
    drag = null;
    if (was) say("");
    return was;
  }

  document.addEventListener("pointerdown", (event) => {
    const enc = event.target instanceof Element && event.target.closest(".enc");
    if (!enc || event.button || !event.isPrimary || enc.hasAttribute("data-fixed")) return;
    if (moving) settle();
    drag = { enc, x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === "touch" };
    if (drag.touch) drag.timer = setTimeout(() => { if (drag) { navigator.vibrate?.(10); lift(); } }, HOLD_MS);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (drag.ghost) follow(event.clientX, event.clientY);
    else if (drag.touch) { if (far > 10) dropped(); }
    else if (far > 5) lift();
  });

  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { enc, day, ghost } = drag;
    dropped();
    if (!ghost) return;
    // The click that ends a drag opens nothing.
    swallow = true;
    setTimeout(() => { swallow = false; }, 0);
    if (day) moveTo(enc, day);
  });

  document.addEventListener("pointercancel", dropped);
  document.addEventListener("touchmove", (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
  document.addEventListener("contextmenu", (event) => { if (drag?.touch) event.preventDefault(); });
  document.addEventListener("dragstart", (event) => { if (event.target instanceof Element && event.target.closest(".enc")) event.preventDefault(); });
  document.addEventListener("click", (event) => { if (swallow && event.isTrusted) { event.preventDefault(); event.stopPropagation(); } }, true);
})();
