// Reads a page aloud with a voice of the device itself, and keeps nothing at a kiosk. Every page works without it.
"use strict";

const speech = window.speechSynthesis;

// Only voices of the device: others send the text to a server.
function voiceFor(language) {
  const own = speech.getVoices().filter((voice) => voice.localService);
  return own.find((voice) => voice.lang.toLowerCase().startsWith(language));
}

// The words of a part, cut where their language changes.
function* pieces(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    const words = node.textContent.trim();
    if (!words || !around.checkVisibility() || around.closest("button, select, script, svg, [data-aloud]")) continue;
    const language = around.closest("[lang]").lang.slice(0, 2);
    const block = around.closest("p, li, dt, dd, h1, h2, h3, td, th, label, legend, summary");
    if (last && last.language === language && last.block === block) { last.words += " " + words; continue; }
    if (last) yield last;
    last = { language, block, words };
  }
  if (last) yield last;
}

const silent = () => {};
let stop = silent;

function read(button) {
  const pressed = button.hasAttribute("aria-pressed");
  stop();
  if (pressed) return;
  const label = button.querySelector("span");
  const before = label.textContent;
  // What is told of words that were stopped comes late: by then another part may be read.
  const ended = () => {
    if (stop !== ended) return;
    stop = silent;
    speech.cancel();
    label.textContent = before;
    button.removeAttribute("aria-pressed");
  };
  const part = button.closest(button.dataset.aloud) ?? document.querySelector(button.dataset.aloud);
  let said = null;
  for (const { language, words } of pieces(part)) {
    const voice = voiceFor(language);
    if (!voice) continue;
    const one = new SpeechSynthesisUtterance(words);
    [one.voice, one.lang, one.rate] = [voice, voice.lang, 0.9];
    one.onerror = ended;
    speech.speak(one);
    said = one;
  }
  if (!said) return;
  said.onend = ended;
  stop = ended;
  button.setAttribute("aria-pressed", "true");
  label.textContent = button.dataset.stop;
}

// A button is there only where a voice of the device speaks the page's language.
function offer() {
  const speaks = Boolean(voiceFor(document.documentElement.lang));
  for (const button of document.querySelectorAll("[data-aloud]")) button.hidden = !speaks;
}

if (speech) {
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  document.addEventListener("bassin:part", offer);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aloud]");
    if (button) read(button);
  });
  window.addEventListener("pagehide", () => speech.cancel());
}

const kiosk = document.querySelector("[data-kiosk]");
if (kiosk) {
  const WARNED = 30;
  const told = kiosk.querySelector("[data-left]");
  const said = kiosk.querySelector("[data-said]");
  let until;
  const moved = () => { until = Date.now() + 1000 * Number(kiosk.dataset.kiosk); told.hidden = true; said.textContent = ""; };
  for (const kind of ["pointerdown", "keydown", "scroll", "input"]) document.addEventListener(kind, moved, { passive: true });
  moved();
  // Whoever comes next finds nothing behind "back" nor "forward": both begin again.
  const push = history.pushState.bind(history);
  const end = () => {
    clearInterval(clock);
    history.replaceState(null, "", kiosk.dataset.fin);
    push(null, "", kiosk.dataset.fin);
    location.replace(kiosk.dataset.fin);
  };
  const clock = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) end();
    else if (left <= WARNED) {
      told.textContent = told.dataset.left.replace("{n}", left);
      told.hidden = false;
      // A screen reader hears it twice, not each second.
      if (left === WARNED || left === 10) said.textContent = told.textContent;
    }
  }, 1000);
  // The browser itself remembers nothing of what is typed.
  for (const field of document.querySelectorAll("form, input, select, textarea")) field.setAttribute("autocomplete", "off");
  // Pages, parts of pages and anchors replace one another in the history.
  history.pushState = history.replaceState;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    const to = new URL(link.href.baseVal ?? link.href, location.href);
    if (to.origin !== location.origin) return;
    event.preventDefault();
    location.replace(to.href);
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target;
    const sender = event.submitter;
    const to = new URL(sender?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href);
    if (form.method !== "get") {
      // What is sent cannot replace a page: the page that sent it begins again instead.
      form.setAttribute("action", to.href);
      history.replaceState(null, "", kiosk.dataset.fin);
      return;
    }
    event.preventDefault();
    to.search = new URLSearchParams(new FormData(form, sender)).toString();
    location.replace(to.href);
  });
}
