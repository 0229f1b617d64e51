// data-arrows: a table whose cells hold links. The arrow keys go from link to link, over empty cells, and Home and End to
// the first and the last of a row; without a script Tab does, in the order of the page.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const linkIn = (cell) => cell?.querySelector("a");

function next(table, cell, [down, right]) {
  const across = getComputedStyle(table).direction === "rtl" ? -right : right;
  let [row, place] = [cell.parentElement.rowIndex, cell.cellIndex];
  do {
    row += down;
    place += across;
    const found = linkIn(table.rows[row]?.cells[place]);
    if (found) return found;
  } while (table.rows[row]?.cells[place]);
  return undefined;
}

function end(cell, key) {
  const links = [...cell.parentElement.querySelectorAll("a")];
  return key === "Home" ? links[0] : links.at(-1);
}

for (const table of document.querySelectorAll("[data-arrows]")) {
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = STEPS[event.key];
    const to = step ? next(table, cell, step) : ["Home", "End"].includes(event.key) ? end(cell, event.key) : undefined;
    if (!step && !to) return;
    event.preventDefault();
    to?.focus();
  });
}
document.querySelectorAll("[data-arrows-hint]").forEach((hint) => (hint.hidden = false));
