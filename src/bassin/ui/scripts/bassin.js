// Plain enhancement: every page works without it. Closes explanations with Escape, sorts tables, copies citations.
"use strict";

for (const term of document.querySelectorAll(".term")) {
  term.addEventListener("keydown", (event) => {
    if (event.key === "Escape") term.classList.add("is-closed");
  });
  for (const kind of ["mouseleave", "focusout"]) {
    term.addEventListener(kind, () => term.classList.remove("is-closed"));
  }
}

const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

function sortKey(row, column) {
  const cell = row.cells[column];
  // A cell that spans columns says why there is no value: nothing stands in those after it.
  if (!cell) return "";
  return cell.dataset.v ?? cell.textContent.trim();
}

function sortBy(table, heading, column) {
  const down = heading.getAttribute("aria-sort") === "descending" ? 1 : -1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((one, two) => {
    const a = sortKey(one, column);
    const b = sortKey(two, column);
    // An absent value stays last whichever way the column is read.
    if (a === "" || b === "") return (a === "") - (b === "");
    const gap = Number(a) - Number(b);
    return down * (Number.isNaN(gap) ? compare(a, b) : gap);
  });
  body.append(...rows);
}

function sortable(part) {
  for (const table of part.querySelectorAll("table[data-sort]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sortBy(table, heading, column));
    });
  }
}
sortable(document);
document.addEventListener("bassin:part", (event) => sortable(event.target));

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim().replace(/\s+/g, " "));
    const words = button.querySelector("[role=status]");
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = ""; }, 4000);
  });
}

// A menu that is open closes with Escape, or when one goes elsewhere.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Buttons that print appear where a script can, and still work in a part of the page brought in later.
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
document.addEventListener("bassin:part", (event) => {
  for (const button of event.target.querySelectorAll("[data-print]")) button.hidden = false;
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });
