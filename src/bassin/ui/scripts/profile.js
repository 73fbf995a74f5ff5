// A profile kept on the person's own device, if they ask for it: the address of their search, nothing else.
"use strict";

const PROFILE = "bassin:profile";
const readProfile = () => { try { return localStorage.getItem(PROFILE) ?? ""; } catch { return ""; } };
const keepProfile = (value) => { try { value ? localStorage.setItem(PROFILE, value) : localStorage.removeItem(PROFILE); return true; } catch { return false; } };

for (const place of document.querySelectorAll("[data-kept]")) {
  const kept = readProfile();
  if (!kept.startsWith("?")) continue;
  place.hidden = false;
  place.querySelector("a").href = place.dataset.kept + kept;
  place.querySelector("button").addEventListener("click", () => { keepProfile(""); place.hidden = true; });
}
for (const button of document.querySelectorAll("[data-keep]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const done = keepProfile(location.search);
    button.parentElement.querySelector("[role=status]").textContent = done ? button.dataset.keep : button.dataset.failed;
  });
}
