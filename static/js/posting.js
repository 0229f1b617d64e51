// Sends what stands in a form, as a save of the script, and says what came of it:
// isAnswered: whether the server has spoken, and trying again by itself would be no use; isSaved: whether it has it all;
// page: what to put in place, if it was taken or refused; state: what to say where it was neither.
import { typed } from "./kept.js";

const PATIENCE = 20000;

function stateOf(status, token) {
  if (status === 401 || (status === 403 && !token)) return "signedOut"; // the cookie of the forms went with the session
  return [403, 404].includes(status) ? "closed" : "failed";
}

export async function post(address, entries) {
  const body = new FormData();
  entries.forEach(([name, value]) => body.append(name, value));
  // After signing in again there is another token than the form's, and only the cookie has it.
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = { "HX-Request": "true", "X-CSRFToken": token };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { method: "POST", body, headers, signal }).catch(() => null);
  const text = await answer?.text().catch(() => null); // the connection may break off in the middle
  if (typeof text !== "string") return { state: "offline" };
  const { ok, status } = answer;
  const page = ok || status === 422 ? new DOMParser().parseFromString(text, "text/html") : undefined;
  return { isAnswered: status < 500, isSaved: ok, page, state: stateOf(status, token), status };
}

// Sends what was kept of a form that is not open. What had no answer goes first: where the server had it, what was typed
// since follows upon it.
export async function postKept({ address, entries, lost }) {
  const before = lost && typed(lost) !== typed(entries) ? await post(address, lost) : {};
  if (before.state && !before.page) return false;
  const version = (name) => before.page?.querySelector(`input[name="${name}"]`)?.value;
  const onward = entries.map(([name, value]) => [name, (name.endsWith("-version") && version(name)) || value]);
  return (await post(address, onward)).isSaved;
}

// The answer is what changed: it bears data-patch and is put in place of what has the same id, so that nobody's typing or
// focus is touched.
export function patch(page) {
  for (const fresh of page.querySelectorAll("[data-patch]")) {
    const old = document.getElementById(fresh.id);
    if (!old) continue;
    if (fresh.dataset.state) old.dataset.state = fresh.dataset.state;
    if (old.innerHTML === fresh.innerHTML) continue;
    old.replaceChildren(...fresh.childNodes);
  }
  document.dispatchEvent(new Event("assay:patched"));
}
