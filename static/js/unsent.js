// data-unsent: what this browser keeps of a review's other pages and the server does not have, with the way there. What
// can be saved by itself is sent when a page opens and when the network is back; data-hand-in waits for the rest.
import { keptBelow, letGo } from "./kept.js";
import { postKept } from "./posting.js";

const STILL_TYPED = 60000; // what another tab has kept just now is still being typed there
const place = document.querySelector("[data-unsent]");
const isHere = ({ address }) => [...document.forms].some((form) => form.getAttribute("action") === address);
const unsent = () => keptBelow(place.dataset.unsent).filter((one) => !isHere(one));
const QUIET = 3000; // what another tab types is saved before that, as a rule
let [isHeld, shown, later] = [false, ""];

function fill(item, kept) {
  const way = item.querySelector("a");
  way.href = kept.address;
  way.textContent = kept.title;
  const texts = kept.entries.filter(([name, value]) => kept.texts.includes(name) && value);
  item.querySelector("[data-words]").textContent = texts.map(([, value]) => value).join("\n\n");
  item.querySelector("button").addEventListener("click", ({ target }) => {
    if (confirm(target.dataset.sure)) letGo(kept);
    show();
  });
  return item;
}

function show() {
  const kept = unsent();
  const now = JSON.stringify([isHeld, ...kept.map((one) => one.stored)]);
  if (now === shown) return;
  shown = now;
  const fresh = document.querySelector("[data-unsent-list] > .alert").cloneNode(true);
  const item = fresh.querySelector("li");
  item.replaceWith(...kept.map((one) => fill(item.cloneNode(true), one)));
  fresh.querySelector("[data-held]").hidden = !isHeld;
  place.replaceChildren(...(kept.length ? [fresh] : []));
}

export async function sendUnsent() {
  show();
  const isLeft = ({ isOwn, at }) => isOwn || at < Date.now() - STILL_TYPED;
  for (const kept of unsent()) {
    if (kept.isSaved && isLeft(kept) && (await postKept(kept))) letGo(kept);
  }
  show();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-hand-in]") || !unsent().length) return;
  event.preventDefault();
  isHeld = true;
  show();
  place.querySelector("a").focus();
});
document.addEventListener("visibilitychange", () => document.hidden || sendUnsent());
addEventListener("storage", () => {
  clearTimeout(later);
  later = setTimeout(show, QUIET);
});
addEventListener("online", sendUnsent);
sendUnsent();
