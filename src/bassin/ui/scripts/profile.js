// A profile kept on the person's own device, if they ask for it: the address of their search, nothing else.
"use strict";

const KEPT = "bassin:profile";
const read = () => { try { return localStorage.getItem(KEPT) ?? ""; } catch { return ""; } };
const write = (value) => { try { value ? localStorage.setItem(KEPT, value) : localStorage.removeItem(KEPT); return true; } catch { return false; } };

for (const place of document.querySelectorAll("[data-kept]")) {
  const kept = read();
  if (!kept.startsWith("?")) continue;
  place.hidden = false;
  place.querySelector("a").href = place.dataset.kept + kept;
  place.querySelector("button").addEventListener("click", () => { write(""); place.hidden = true; });
}
for (const button of document.querySelectorAll("[data-keep]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const done = write(location.search);
    button.parentElement.querySelector("[role=status]").textContent = done ? button.dataset.keep : button.dataset.failed;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
