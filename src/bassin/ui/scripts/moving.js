// The map follows the hand, and the list follows the map. Every move is a link, so that all works without this.
"use strict";

const LEAST = 2;
const MOST = 400;
const results = () => document.getElementById("results");
const spoken = document.createElement("p");
spoken.className = "hidden";
spoken.setAttribute("role", "status");
document.querySelector("main").append(spoken);
let latest = null;

// Ask for the results of an address, and put them in place of those of the page.
async function show(address, { keep = true, focus = "" } = {}) {
  latest?.abort();
  latest = new AbortController();
  const asked = new URL(address, location.href);
  const hash = asked.hash;
  asked.hash = "";
  const before = results();
  before?.querySelector(".moving")?.setAttribute("aria-busy", "true");
  const answer = await fetch(asked, { headers: { "HX-Request": "true" }, signal: latest.signal });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("results");
  if (!before || !part) throw new Error("whole page");
  before.replaceWith(part);
  part.dispatchEvent(new Event("bassin:part", { bubbles: true }));
  if (keep) history.pushState(null, "", asked);
  spoken.textContent = part.querySelector(".jobs-narrowed, .moving__said")?.textContent.trim() ?? "";
  if (focus) part.querySelector(focus)?.focus({ preventScroll: true });
  else if (hash === "#results") part.querySelector("#offers")?.focus();
}

function go(address, how) {
  show(address, how).catch((error) => { if (error.name !== "AbortError") location.assign(address); });
}

const view = (map) => map.dataset.view.split(",").map(Number);

function addressOf(map, [x, y, across]) {
  const asked = new URL(map.querySelector("[data-move=in]").href);
  asked.searchParams.delete("vue");
  asked.hash = "";
  const said = `vue=${x.toFixed(1)},${y.toFixed(1)},${Math.min(Math.max(across, LEAST), MOST).toFixed(1)}`;
  asked.search = asked.search ? `${asked.search}&${said}` : said;
  return asked;
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("#results .moving a[href], #results a[data-move]");
  if (!link || link.closest(".facts")) return;
  event.preventDefault();
  event.stopPropagation();
  if (dragged) return;
  const move = link.dataset.move;
  go(link.href.baseVal ?? link.href, { focus: move && move !== "whole" ? `[data-move=${move}]` : "" });
}, true);

window.addEventListener("popstate", () => {
  if (results()) go(location.href, { keep: false });
  else location.reload();
});

const KEYS = { ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south", "+": "in", "-": "out" };
document.addEventListener("keydown", (event) => {
  const map = event.target.closest(".moving__frame")?.closest(".moving");
  const move = KEYS[event.key];
  if (!map || !move || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  map.querySelector(`[data-move=${move}]`).click();
});

// Hands: one moves, two come nearer or go farther. What is drawn moves at once, the list when they let go.
const hands = new Map();
let held = null;
let dragged = false;

function begin(event) {
  const svg = event.target.closest(".moving__map");
  const map = svg?.closest("#results .moving");
  if (!map || event.button) return;
  hands.set(event.pointerId, [event.clientX, event.clientY]);
  held = { svg, map, from: new Map(hands), box: [0, 0, 440, 440], moved: false };
}

function middle(points) {
  const all = [...points.values()];
  const [x, y] = all.reduce((sum, one) => [sum[0] + one[0], sum[1] + one[1]], [0, 0]);
  return [x / all.length, y / all.length, all.length > 1 ? Math.hypot(all[0][0] - all[1][0], all[0][1] - all[1][1]) : 1];
}

function follow(event) {
  if (!held || !hands.has(event.pointerId)) return;
  hands.set(event.pointerId, [event.clientX, event.clientY]);
  const unit = 440 / held.svg.clientWidth;
  const [x0, y0, wide0] = middle(held.from);
  const [x, y, wide] = middle(hands);
  if (!held.moved && Math.hypot(x - x0, y - y0) < 6 && Math.abs(wide - wide0) < 6) return;
  held.moved = true;
  const size = Math.min(Math.max(440 * wide0 / wide, 110), 1760);
  held.box = [220 - (x - x0) * unit * size / 440 - size / 2, 220 - (y - y0) * unit * size / 440 - size / 2, size, size];
  held.svg.setAttribute("viewBox", held.box.join(" "));
}

function end(event) {
  hands.delete(event.pointerId);
  if (!held || hands.size) return;
  const { map, box, moved } = held;
  held = null;
  if (!moved) return;
  const [x, y, across] = view(map);
  const km = across / 440;
  go(addressOf(map, [x + (box[0] + box[2] / 2 - 220) * km, y - (box[1] + box[3] / 2 - 220) * km, box[2] * km]));
  // The hand that let go over a circle does not choose it.
  dragged = true;
  setTimeout(() => { dragged = false; }, 0);
}

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", follow);
for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, end);
document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".moving__map")) event.preventDefault(); });
document.addEventListener("wheel", (event) => {
  const map = event.target.closest("#results .moving__map")?.closest(".moving");
  if (!map || !event.ctrlKey) return;
  event.preventDefault();
  map.querySelector(`[data-move=${event.deltaY < 0 ? "in" : "out"}]`).click();
}, { passive: false });
