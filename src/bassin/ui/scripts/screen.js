// The big screen: it asks for its part again when the workshop changes, and counts as answers come.
"use strict";

const wall = document.body.dataset;
const place = document.querySelector("[data-screen]");
let shown = 0;

async function draw(revision) {
  const address = new URL(location.href);
  address.searchParams.set("part", "1");
  const reply = await fetch(address, { cache: "no-store" }).catch(() => undefined);
  // Without an answer the screen keeps what it shows, and asks again.
  if (!reply?.ok) return setTimeout(() => draw(revision), 1000);
  const part = await reply.text();
  if (revision < shown) return undefined;
  shown = revision;
  // A film that plays goes on when something else changes.
  const film = place.querySelector("video");
  const fresh = document.createRange().createContextualFragment(part);
  const same = film && fresh.querySelector("video")?.querySelector("source").src === film.querySelector("source").src;
  if (!same) place.replaceChildren(fresh);
  fit();
  return undefined;
}

// As large as the wall allows, and never under 38 pixels: nobody scrolls a screen.
function fit() {
  if (innerWidth < 960) return;
  const style = document.body.style;
  const write = (size) => style.setProperty("--big", `${size}px`);
  const tallest = () => document.documentElement.scrollHeight > innerHeight;
  document.body.classList.remove("is-tight");
  let size = Math.max(38, Math.round(innerWidth / 34));
  write(size);
  while (size > 38 && tallest()) write(size -= 2);
  document.body.classList.toggle("is-tight", tallest());
}

function count(told) {
  if (!told) return;
  const write = (name, value) => {
    const spot = place.querySelector(`[data-${name}]`);
    if (spot && value !== undefined) spot.textContent = value;
  };
  write("answers", told.answers);
  write("people", told.people);
  const meter = place.querySelector("[data-meter]");
  if (!meter) return;
  meter.max = Math.max(told.people ?? meter.max, 1);
  meter.value = told.answers ?? meter.value;
  // Where the count is open, bars are drawn again, at most once a second.
  if (told.results && !count.waits) {
    count.waits = setTimeout(() => { count.waits = undefined; draw(shown); }, 1000);
  }
}

const query = new URLSearchParams({ lang: wall.language, key: wall.key });
let stream;
function follow() {
  stream?.close();
  stream = new EventSource(`${wall.live}/events?${query}`);
  stream.addEventListener("state", (event) => draw(JSON.parse(event.data).revision));
  stream.addEventListener("count", (event) => count(JSON.parse(event.data)));
  stream.addEventListener("error", () => stream.readyState === EventSource.CLOSED && setTimeout(follow, 3000));
}

addEventListener("resize", fit);
document.fonts.ready.then(fit);
fit();
follow();
// Should the stream be held back by a proxy, the screen is never more than five seconds late.
setInterval(() => draw(shown), 5000);
