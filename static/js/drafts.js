// data-autosave: a form that is saved as it is typed. data-kept: one that is only kept in this browser until it is sent.
// data-refused: what stands in it was sent and not taken. data-forget lets go of what was typed into one part.
import { flush, flushAll, giveUp, isDirty, isKnown, remember, soon } from "./autosave.js";
import { forget, keep } from "./kept.js";
import { forgetPart, putBack } from "./putting-back.js";
import { say } from "./saying.js";

const DRAFTS = "form[data-autosave], form[data-kept]";
const isSaved = (form) => form.matches("[data-autosave]");

function adopt(form) {
  if (isKnown(form)) return;
  const isRefused = "refused" in form.dataset;
  remember(form, isRefused ? "" : undefined);
  if (isRefused) keep(form);
  const wasKept = !isRefused && putBack(form);
  if (!isSaved(form)) return;
  if (wasKept) say(form, "unsaved", "kept");
  else if (form.querySelector(".saving").dataset.state === "shown") say(form, "saved", "saved");
  if (wasKept) soon(form, 0);
}

export const adoptAll = () => document.querySelectorAll(DRAFTS).forEach(adopt);

function changed(event) {
  const form = event.target.closest(DRAFTS);
  if (!form) return;
  const isKept = isDirty(form) ? keep(form) : !forget(form);
  if (!isSaved(form)) return;
  if (isDirty(form)) say(form, "unsaved", isKept ? "typed" : "unkept");
  else say(form, "saved", "saved");
  soon(form);
}

// What is not saved yet the script saves first, or it would look like another tab's. Where there is no answer, or the
// review is not there any more, the browser stays on the page that has the text.
async function submitted(event) {
  const { target: form, submitter } = event;
  if (!form.matches(DRAFTS)) return;
  if (isDirty(form)) keep(form);
  if (!isSaved(form)) return;
  event.preventDefault();
  const answer = await flush(form);
  if (answer && (!answer.isAnswered || answer.state === "closed")) return;
  const { name, value } = submitter ?? {};
  if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  HTMLFormElement.prototype.submit.call(form);
}

document.addEventListener("input", changed);
document.addEventListener("submit", submitted);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-forget]");
  const form = link?.closest("form");
  if (form) giveUp(form);
  if (form) forgetPart(form, link.dataset.forget);
});
document.addEventListener("visibilitychange", flushAll);
addEventListener("online", flushAll);
adoptAll();
