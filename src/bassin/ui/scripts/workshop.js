// A participant's page: it follows the workshop and keeps an answer until it is acknowledged.
// Without this script the same forms go by themselves and the page asks for news again.
"use strict";

const room = document.querySelector("[data-live]");
const words = room.dataset;
const say = room.querySelector("[data-say]");
const shelf = `workshop-${words.code}`;
let seen = -1;
let retry = 0;

const now = () => room.querySelector("[data-now]");
const form = () => room.querySelector("[data-vote]");
const round = () => now().dataset.round;

// What this device answered, by round: `pairs` that are recorded, with their receipt, and `waiting`
// ones that are not yet. A browser without storage forgets it with the page.
let kept = {};
try {
  kept = JSON.parse(localStorage.getItem(shelf)) ?? {};
} catch { /* nothing kept, or nothing readable */ }

function keep(id, facts) {
  kept[id] = { ...kept[id], ...facts };
  try {
    localStorage.setItem(shelf, JSON.stringify(kept));
  } catch { /* the answer is still in memory */ }
}

// One polite message per change; `shown` when it must be read as well as heard.
function tell(sentence, shown = false) {
  say.classList.toggle("is-shown", shown);
  say.textContent = sentence;
}

// --- the form: read, filled in again, and what scripts add to it ---

function pairsOf(source, button) {
  const pairs = [...new FormData(source)].filter(([, value]) => typeof value === "string");
  return button?.name ? [...pairs, [button.name, button.value]] : pairs;
}

function fill(target, pairs) {
  const texts = pairs.filter(([name]) => name === "text").map(([, value]) => value);
  for (const field of target.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (field.name === "text") field.value = texts.shift() ?? "";
    else if (values.length) field.value = values[0];
  }
  refresh(target);
}

function label(field) {
  return field.labels[0].textContent.trim();
}

function inWords(source, pairs) {
  const cannot = source.querySelector("[value=cannot_say], [name=cannot_say]");
  if (pairs.some((pair) => pair.includes("cannot_say"))) {
    return [cannot.type === "radio" ? label(cannot) : cannot.textContent.trim()];
  }
  const fields = [...source.elements].filter((field) => field.name && field.labels?.length);
  const lines = pairs.map(([name, value]) => {
    const chosen = fields.find((field) => field.name === name && field.value === value);
    const about = chosen && label(chosen);
    if (name === "text") return value.trim();
    if (!about || !value) return "";
    if (name.startsWith("rank-")) return `${value}. ${about}`;
    if (name.startsWith("points-")) return value === "0" ? "" : `${value} : ${about}`;
    const group = name.startsWith("place-") && chosen.closest(".sort").querySelector("legend");
    return group ? `${about} : ${group.textContent.trim()}` : about;
  });
  const numeric = new Intl.Collator(undefined, { numeric: true }).compare;
  const none = source.querySelector("[data-none]")?.dataset.none;
  const told = (source.dataset.kind === "ranking" ? lines.sort(numeric) : lines).filter(Boolean);
  return told.length || !none ? told : [none];
}

function moveButton(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "move";
  button.append(words);
  // A button that can do no more keeps the focus of whoever moves with the keyboard.
  button.addEventListener("click", () => button.ariaDisabled !== "true" && act());
  return button;
}

// Ranking: choosing a taken rank swaps, and each line moves by two buttons.
function orderBy(list, moved, rank) {
  const lines = [...list.children];
  const select = (line) => line.querySelector("select");
  const before = moved.dataset.rank ?? "";
  const taken = lines.find((line) => line !== moved && rank && select(line).value === rank);
  if (taken) select(taken).value = before;
  select(moved).value = rank;
  const key = (line) => Number(select(line).value) || lines.length + 1;
  const focused = document.activeElement;
  list.append(...lines.sort((one, two) => key(one) - key(two)));
  if (list.contains(focused)) focused.focus();
  refresh(list.closest("form"));
  tell(`${label(select(moved))} : ${rank ? `${list.dataset.ranked} ${rank}` : list.dataset.unranked}`);
}

function ranks(list) {
  for (const line of [...list.children]) {
    const select = line.querySelector("select");
    const moves = document.createElement("span");
    moves.className = "rank__moves";
    const step = (way) => () => {
      const next = select.value ? Number(select.value) + way : list.querySelectorAll(".is-ranked").length + 1;
      orderBy(list, line, next < 1 ? select.value : String(Math.min(next, list.children.length)));
    };
    const up = moveButton(list.dataset.up, step(-1));
    const down = moveButton(list.dataset.down, step(1));
    moves.append(up, down);
    line.append(moves);
    select.addEventListener("change", () => orderBy(list, line, select.value));
  }
}

// Points: one more, one less, and how many are left.
function points(list) {
  for (const line of list.children) {
    const field = line.querySelector("input");
    const step = (way) => () => {
      field.value = Math.max(0, (Number(field.value) || 0) + way);
      refresh(field.form);
      tell(`${label(field)} : ${field.value}`);
    };
    const less = moveButton("−", step(-1));
    const more = moveButton("+", step(1));
    less.setAttribute("aria-label", `${list.dataset.less} : ${label(field)}`);
    more.setAttribute("aria-label", `${list.dataset.more} : ${label(field)}`);
    field.before(less);
    field.after(more);
  }
}

// What follows from what is filled in.
function refresh(target) {
  const lines = [...target.querySelectorAll(".rank")];
  const next = lines.filter((line) => line.querySelector("select").value).length + 1;
  for (const line of lines) {
    const select = line.querySelector("select");
    const { up, down, give } = line.parentElement.dataset;
    const [first, second] = line.querySelectorAll(".move");
    line.dataset.rank = select.value;
    line.classList.toggle("is-ranked", select.value !== "");
    first.textContent = select.value ? up : `${give} ${next}`;
    first.ariaDisabled = select.value === "1";
    second.textContent = down;
    second.hidden = !select.value;
    second.ariaDisabled = select.value === String(lines.length);
    for (const button of [first, second]) button.setAttribute("aria-label", `${button.textContent} : ${label(select)}`);
  }
  const list = target.querySelector("[data-points]");
  if (list) {
    const given = [...list.querySelectorAll("input")].map((field) => Number(field.value) || 0);
    const left = Number(list.dataset.points) - given.reduce((one, two) => one + two, 0);
    [...list.children].forEach((line, place) => {
      line.classList.toggle("is-given", given[place] > 0);
      const [less, more] = line.querySelectorAll(".move");
      less.ariaDisabled = given[place] <= 0;
      more.ariaDisabled = left <= 0;
    });
    const told = target.querySelector("[data-left]");
    told.hidden = false;
    told.querySelector("b").textContent = left;
  }
  const most = target.querySelector("[data-most]");
  if (most) {
    const full = most.querySelectorAll(":checked").length >= Number(most.dataset.most);
    for (const box of most.querySelectorAll("input")) box.disabled = full && !box.checked;
  }
}

// --- an answer: kept, sent, sent again, acknowledged ---

function showRecorded(id) {
  const { pairs, receipt } = kept[id];
  const panel = room.querySelector("[data-recorded].recorded");
  const ask = room.querySelector("[data-ask]");
  const line = (text) => Object.assign(document.createElement("li"), { textContent: text });
  panel.querySelector("[data-mine]").replaceChildren(...inWords(form(), pairs).map(line));
  panel.querySelector("[data-receipt]").hidden = !receipt;
  panel.querySelector("[data-receipt] b").textContent = receipt ?? "";
  panel.hidden = false;
  ask.open = false;
  ask.querySelector("summary").hidden = false;
}

function refuse(sentence) {
  const place = room.querySelector("[data-refused]");
  if (!place) return tell(sentence, true);
  place.hidden = false;
  place.querySelector("span").textContent = sentence;
  tell(sentence);
  place.scrollIntoView({ block: "center" });
}

async function send(id) {
  const { waiting } = kept[id];
  let answer;
  let reply;
  try {
    reply = await fetch(`${words.live}/vote?lang=${words.language}`, {
      method: "POST",
      body: new URLSearchParams(waiting),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(8000),
    });
    answer = await reply.json();
  } catch {
    return later(id, words.trouble);
  }
  // An answer sent since then takes the place of this one.
  if (kept[id].waiting !== waiting) return undefined;
  if (reply.status >= 500) return later(id, answer.message);
  retry = 0;
  if (reply.ok) return acknowledge(id, answer);
  keep(id, { waiting: undefined, typed: waiting });
  // The door says why; what was written is in the form for whoever comes in again.
  if (reply.status === 403) return location.assign("?refused");
  return id === round() ? refuse(answer.message) : tell(answer.message, true);
}

function acknowledge(id, answer) {
  keep(id, { pairs: kept[id].waiting, waiting: undefined, typed: undefined, receipt: answer.receipt });
  if (id !== round() || !form()) return tell(answer.message, true);
  showRecorded(id);
  tell(words.recorded);
  room.querySelector("[data-ask] > summary").focus({ preventScroll: true });
  scrollTo({ top: 0 });
  return undefined;
}

function later(id, sentence) {
  tell(sentence, true);
  retry = Math.min(retry + 1, 5);
  setTimeout(() => sendWaiting(id), 600 * 2 ** retry * (0.5 + Math.random()));
}

function sendWaiting(id) {
  if (kept[id]?.waiting) send(id);
}

room.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-vote]")) return;
  event.preventDefault();
  room.querySelector("[data-refused]").hidden = true;
  const id = round();
  keep(id, { waiting: pairsOf(event.target, event.submitter) });
  tell("");
  setTimeout(() => kept[id].waiting && !say.textContent && tell(words.sending, true), 700);
  send(id);
});
room.addEventListener("input", (event) => event.target.form && refresh(event.target.form));
addEventListener("online", () => Object.keys(kept).forEach(sendWaiting));

// --- the workshop: each change comes by a stream, else by asking every two seconds ---

// A form is ready: scripts add what they can, and this device's answer comes back into it.
function ready() {
  const open = form();
  if (!open) return;
  open.querySelectorAll("[data-ranks]").forEach(ranks);
  open.querySelectorAll("[data-points]").forEach(points);
  const mine = kept[round()];
  const written = mine?.waiting ?? mine?.typed ?? mine?.pairs;
  if (written) fill(open, written);
  else refresh(open);
  const list = open.querySelector("[data-ranks]");
  if (list) list.append(...[...list.children].sort((one, two) => (one.dataset.rank || 99) - (two.dataset.rank || 99)));
  if (mine?.pairs) showRecorded(round());
  sendWaiting(round());
}

// Of a question that is over, this device keeps the receipt and forgets the answer.
function forget() {
  for (const id of Object.keys(kept)) {
    if (id !== round() || !form()) keep(id, { pairs: undefined, typed: undefined });
  }
}

const isAnswering = (part) => ["open", "paused"].includes(part.dataset.state);

// The same question goes on: nothing that is being filled in is touched.
function touchUp(fresh) {
  now().querySelector("[data-head]").replaceWith(fresh.querySelector("[data-head]"));
  Object.assign(now().dataset, { state: fresh.dataset.state, revision: fresh.dataset.revision });
  form().querySelector("fieldset").disabled = false;
  for (const button of form().querySelectorAll("[type=submit]")) button.disabled = fresh.dataset.state === "paused";
}

// What was written and never sent stays readable when the vote closes.
function lost() {
  const open = form();
  const mine = kept[round()];
  if (!open || (mine?.pairs && !mine.waiting)) return "";
  return pairsOf(open).filter(([name, value]) => name === "text" && value.trim()).map(([, value]) => value).join("\n");
}

function show(state) {
  if (state.revision <= seen) return;
  seen = state.revision;
  const fresh = document.createRange().createContextualFragment(state.html).querySelector("[data-now]");
  if (fresh.dataset.revision === now().dataset.revision) return;
  const same = fresh.dataset.round !== "" && fresh.dataset.round === round();
  const news = fresh.querySelector("[data-news]").textContent;
  if (same && isAnswering(fresh) && isAnswering(now()) && form()) {
    touchUp(fresh);
    tell(news);
    return;
  }
  const unsent = lost();
  const late = same && kept[round()]?.waiting;
  const inside = now().contains(document.activeElement);
  now().replaceWith(fresh);
  room.querySelector(".kept")?.remove();
  if (unsent) {
    const aside = Object.assign(document.createElement("div"), { className: "kept" });
    aside.append(Object.assign(document.createElement("b"), { textContent: words.kept }));
    aside.append(Object.assign(document.createElement("p"), { textContent: unsent }));
    fresh.before(aside);
  }
  room.querySelector(".ask__refused:not([data-refused])")?.remove();
  const headings = [...fresh.querySelectorAll("h1")];
  const title = headings.find((each) => !each.closest("[hidden]"))?.textContent ?? "";
  tell(late ? words.late : [...new Set([news, title])].filter(Boolean).join(". "), Boolean(late));
  forget();
  ready();
  if (inside) room.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

let stream;
let asking;
let mark = "";

async function ask() {
  try {
    const headers = mark ? { "If-None-Match": mark } : {};
    const reply = await fetch(`${words.live}/state?lang=${words.language}`, { headers, cache: "no-store" });
    if (reply.ok) {
      mark = reply.headers.get("ETag") ?? "";
      show(await reply.json());
    }
  } catch { /* asked again in two seconds */ }
}

function askOften(often) {
  clearInterval(asking);
  asking = often ? setInterval(ask, 2000) : undefined;
}

function follow() {
  stream?.close();
  stream = new EventSource(`${words.live}/events?lang=${words.language}`);
  // A proxy may hold a stream back without closing it: until it speaks, ask as well.
  const silent = setTimeout(() => askOften(true), 3000);
  stream.addEventListener("state", (event) => {
    clearTimeout(silent);
    askOften(false);
    show(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    if (asking === undefined) askOften(true);
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 20000 + 20000 * Math.random());
  });
}

// A telephone that wakes up asks at once.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());

forget();
ready();
follow();
