// data-autosave: a form that is saved as it is typed. data-kept: one that is only kept in this browser until it is sent.
// data-done names the form that the server has taken; data-forget lets go of what was typed.
import { flush, isDirty, isKnown, remember, settled, soon } from "./autosave.js";
import { forget, forgetAddress, keep, putBack } from "./kept.js";
import { say } from "./saying.js";

const DRAFTS = "form[data-autosave], form[data-kept]";
const isSaved = (form) => form.matches("[data-autosave]");
const dirty = () => [...document.querySelectorAll("form[data-autosave]")].filter(isDirty);
export const flushAll = () => Promise.all(dirty().map(flush));

function adopt(form) {
  if (isKnown(form)) return;
  remember(form);
  const wasKept = putBack(form);
  if (!isSaved(form)) return;
  if (wasKept) say(form, "unsaved", "kept");
  else if (form.querySelector(".saving").dataset.state === "shown") say(form, "saved", "saved");
  if (wasKept) soon(form, 0);
}

export function adoptAll() {
  document.querySelectorAll("[data-done]").forEach((mark) => forgetAddress(mark.dataset.done));
  document.querySelectorAll(DRAFTS).forEach(adopt);
}

function typed(event) {
  const form = event.target.closest(DRAFTS);
  if (!form) return;
  const isKept = keep(form);
  if (!isSaved(form)) return;
  say(form, "unsaved", isKept ? "typed" : "unkept");
  soon(form);
}

async function submitted(event) {
  const form = event.target;
  if (!form.matches(DRAFTS) || !isSaved(form)) return;
  event.preventDefault(); // a save that is under way comes first, or it would look like another tab's
  keep(form);
  await settled(form);
  const by = event.submitter;
  if (by?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: by.name, value: by.value }));
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("input", typed);
document.addEventListener("submit", submitted);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-forget]")) forget(event.target.closest("form"));
});
document.addEventListener("visibilitychange", flushAll);
addEventListener("online", flushAll);
adoptAll();
