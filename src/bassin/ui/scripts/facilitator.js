// The facilitator's console: it follows the room. Without this script every button reloads the page.
// What is being typed, and a question being confirmed, are never replaced.
"use strict";

const board = document.querySelector("[data-console]");
const told = document.querySelector("[data-say]");
const stale = document.querySelector("[data-stale]");
let asking = false;

const revision = () => board.querySelector("[data-revision]").dataset.revision;
const busy = () => board.querySelector("details[open]") !== null || board.querySelector("input:focus") !== null;

// Where the keyboard was, so that a page that changes does not lose it.
function place(element) {
  const form = element?.closest("form");
  return form ? form.getAttribute("action") : "";
}

async function update() {
  if (asking) return;
  if (busy()) {
    stale.hidden = false;
    return;
  }
  asking = true;
  const at = place(document.activeElement);
  const within = board.contains(document.activeElement);
  try {
    const answer = await fetch(board.dataset.part, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const text = await answer.text();
    if (busy()) {
      stale.hidden = false;
      return;
    }
    board.innerHTML = text;
    stale.hidden = true;
    told.textContent = told.dataset.changed;
    if (within) (board.querySelector(`form[action="${at}"] button`) ?? board.querySelector("h2")).focus();
  } catch {
    stale.hidden = false;
  } finally {
    asking = false;
  }
}

// A number, and the word after it, which agrees with it.
const plural = new Intl.PluralRules(document.documentElement.lang);
function write(number, count) {
  const word = number.nextElementSibling;
  number.textContent = count;
  word.textContent = plural.select(count) === "one" ? word.dataset.one : word.dataset.many;
}

function counted(facts) {
  if (!facts) return;
  const number = board.querySelector("[data-answered]");
  if (number && Number(number.dataset.round) === facts.round) write(number, facts.answers);
  const inside = board.querySelector("[data-inside]");
  if (inside && facts.people !== undefined) write(inside, facts.people);
}

// Server-sent events; where the network breaks them, the page asks again every five seconds.
const stream = new EventSource(board.dataset.live);
let asked = 0;
stream.addEventListener("state", (event) => {
  if (String(JSON.parse(event.data).revision) !== revision()) update();
});
stream.addEventListener("count", (event) => counted(JSON.parse(event.data) ?? {}));
stream.addEventListener("open", () => { clearInterval(asked); asked = 0; });
stream.addEventListener("error", () => { asked ||= setInterval(update, 5000); });
addEventListener("pagehide", () => stream.close());

// One press is one press, on a screen that answers late.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
