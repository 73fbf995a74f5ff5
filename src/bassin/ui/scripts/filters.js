// Filters that change in place what they filter: asked as htmx asks, so that the service sends that part alone.
"use strict";

async function refresh(form, results) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${location.pathname}?${asked}`;
  results.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: form.latest.signal });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = fresh.querySelector("[data-part]");
  // The line that tells how many were found stays in the page: what changes in it is read aloud.
  results.querySelector("[role=status]").replaceChildren(...fresh.querySelector("[role=status]").childNodes);
  results.querySelector("[data-part]").replaceWith(part);
  part.dispatchEvent(new Event("bassin:part", { bubbles: true }));
  freshen(form, fresh);
  form.closest("details").querySelector("summary").textContent = part.dataset.filters.trim();
  form.querySelector("a").hidden = part.dataset.active === "0";
  history.replaceState(null, "", (part.dataset.address ?? (asked.size ? address : "")).replace(/^\?$/, "") || location.pathname);
  results.removeAttribute("aria-busy");
}

// What the form itself tells (how many each value would keep), without taking the place of who is there.
function freshen(form, fresh) {
  const here = document.activeElement?.id;
  for (const told of form.querySelectorAll("[data-fresh]")) {
    const open = [...told.querySelectorAll("details")].some((each) => each.open);
    const next = fresh.getElementById(told.id);
    if (!next) continue;
    told.replaceWith(next);
    if (open) next.querySelectorAll("details").forEach((each) => { each.open = true; });
  }
  if (here && document.activeElement?.id !== here) document.getElementById(here)?.focus();
}

for (const form of document.querySelectorAll("form[data-refreshes]")) {
  const results = document.getElementById(form.dataset.refreshes);
  const ask = (event) => {
    event.preventDefault();
    form.latest?.abort();
    form.latest = new AbortController();
    refresh(form, results).catch((error) => { if (error.name !== "AbortError") form.submit(); });
  };
  form.addEventListener("submit", ask);
  form.addEventListener("change", ask);
  let typing;
  form.addEventListener("input", (event) => {
    if (!event.target.hasAttribute("data-live")) return;
    clearTimeout(typing);
    typing = setTimeout(ask, 350, event);
  });
}
