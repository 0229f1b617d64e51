// Saves a form as it is typed. The answer is what changed: it bears data-patch and is put in place of what has the same
// id, so that nobody's focus or typing is touched.
import { forget, snapshot } from "./kept.js";
import { say, saySignedOut } from "./saying.js";

const QUIET = 900;
const AGAIN = 5000;
const timers = new WeakMap();
const running = new WeakMap();
const saved = new WeakMap();

export const isKnown = (form) => saved.has(form);
export const isDirty = (form) => isKnown(form) && saved.get(form) !== snapshot(form);
export const remember = (form) => saved.set(form, snapshot(form));
export const settled = (form) => Promise.resolve(running.get(form));

function patch(page) {
  for (const fresh of new DOMParser().parseFromString(page, "text/html").querySelectorAll("[data-patch]")) {
    const old = document.getElementById(fresh.id);
    if (!old) continue;
    if (fresh.dataset.state) old.dataset.state = fresh.dataset.state;
    if (old.innerHTML === fresh.innerHTML) continue;
    old.replaceChildren(...fresh.childNodes);
  }
  document.dispatchEvent(new Event("assay:patched"));
}

// Answers whether it is worth trying again by itself: no connection, or nobody signed in.
async function send(form) {
  const body = new FormData(form);
  const sent = snapshot(form);
  body.delete("csrfmiddlewaretoken"); // after signing in again there is another one, and only the cookie has it
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = { "HX-Request": "true", "X-CSRFToken": token };
  const signal = AbortSignal.timeout(20000);
  say(form, "saving", "saving");
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers, signal }).catch(() => null);
  if ([401, 403].includes(answer?.status)) saySignedOut(form); // 403: the cookie of the forms went with the session
  else if (!answer) say(form, "unsaved", "offline");
  else if (!answer.ok && answer.status !== 422) say(form, "failed", "failed", answer.status);
  else patch(await answer.text());
  if (answer?.ok) saved.set(form, sent);
  if (answer?.ok && !isDirty(form)) forget(form);
  return answer?.status !== 422 && !answer?.ok;
}

export async function flush(form) {
  clearTimeout(timers.get(form));
  await settled(form);
  if (!isDirty(form)) return;
  const attempt = send(form);
  running.set(form, attempt);
  if (await attempt) soon(form, AGAIN);
}

export function soon(form, wait = QUIET) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => form.isConnected && flush(form), wait));
}
