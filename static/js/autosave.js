// Saves a form as it is typed, and tries again where no answer came.
import { entriesOf, forget, keep, snapshot, typed, unanswered } from "./kept.js";
import { patch, post } from "./posting.js";
import { say, saySignedOut } from "./saying.js";

const QUIET = 900;
const [SOONEST, LATEST] = [5000, 60000];
const [timers, running, saved, waits] = [new WeakMap(), new WeakMap(), new WeakMap(), new WeakMap()];

export const isKnown = (form) => saved.has(form);
export const isDirty = (form) => isKnown(form) && (unanswered.has(form) || saved.get(form) !== snapshot(form));
export const remember = (form, said = snapshot(form)) => saved.set(form, said);
export const giveUp = (form) => saved.delete(form);

async function attempt(form, entries) {
  unanswered.set(form, entries);
  keep(form);
  const answer = await post(form.getAttribute("action"), entries);
  if (answer.isAnswered) unanswered.delete(form);
  if (answer.page) patch(answer.page);
  else if (answer.state === "signedOut") saySignedOut(form);
  else say(form, answer.state === "offline" ? "unsaved" : "failed", answer.state, answer.status);
  if (answer.isSaved) remember(form, typed(entries));
  if (isDirty(form)) keep(form);
  else forget(form);
  return answer;
}

// What had no answer may be saved all the same. It is sent again as it was, so that what was typed since follows upon it
// instead of meeting it as somebody else's.
async function send(form) {
  say(form, "saving", "saving");
  const lost = unanswered.get(form);
  const before = lost && typed(lost) !== snapshot(form) ? await attempt(form, lost) : undefined;
  return before && !before.page ? before : attempt(form, entriesOf(form));
}

// Answers with what became of it, or nothing where there was nothing to save.
export async function flush(form) {
  clearTimeout(timers.get(form));
  while (running.has(form)) await running.get(form);
  if (!isDirty(form)) return undefined;
  const sending = send(form);
  running.set(form, sending.catch(() => undefined).finally(() => running.delete(form)));
  const answer = await sending;
  const wait = answer.isAnswered ? undefined : Math.min(2 * (waits.get(form) ?? SOONEST / 2), LATEST);
  waits.set(form, wait);
  if (wait) soon(form, wait);
  return answer;
}

export function soon(form, wait = QUIET) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => form.isConnected && flush(form), wait));
}

const dirty = () => [...document.querySelectorAll("form[data-autosave]")].filter(isDirty);
export const flushAll = () => Promise.allSettled(dirty().map(flush));
