// data-done: the forms that the server has taken just now, by their addresses; nothing of them is kept any more.
// data-sign-out: the way out. What is kept here goes with it: the next person at this machine must not read it.
import { flushAll } from "./autosave.js";
import { forgetAddress, keptBelow, leave } from "./kept.js";

for (const mark of document.querySelectorAll("#messages [data-done]")) mark.dataset.done.split(" ").forEach(forgetAddress);

const way = document.querySelector("[data-sign-out]");

document.addEventListener("submit", async (event) => {
  if (event.target.action !== way?.action) return;
  event.preventDefault();
  await flushAll();
  const titles = [...new Set(keptBelow("/").map((kept) => kept.title))];
  if (titles.length && !confirm(way.dataset.signOut.replace("[pages]", titles.join(", ")))) return;
  leave();
  HTMLFormElement.prototype.submit.call(event.target);
});
