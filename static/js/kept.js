// What was typed and is not saved yet, kept in this browser until it is: by person, by tab, and by form, which is known
// by its address.
const TAB = "assay:tab";
const tab = sessionStorage.getItem(TAB) ?? crypto.getRandomValues(new Uint32Array(2)).join("-");
sessionStorage.removeItem(TAB); // so that the copy of a tab is another one
addEventListener("pagehide", () => sessionStorage.setItem(TAB, tab));

const KEPT = `assay:kept ${document.querySelector("[data-person]")?.dataset.person} `;
const keyOf = (address) => `${KEPT}${tab} ${address}`;
const addressOf = (form) => form.getAttribute("action");
let isLeaving = false;

export const entriesOf = (form) => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
// What was typed, without the versions that the server counts, and without the spaces around that it does not store.
export function typed(entries) {
  const said = entries.filter(([name]) => !name.endsWith("-version"));
  return JSON.stringify(said.map(([name, value]) => [name, value.trim()]));
}
export const snapshot = (form) => typed(entriesOf(form));
// What was sent of a form and had no answer: the server may have it.
export const unanswered = new WeakMap();

function read(key) {
  const [by, address] = key.slice(KEPT.length).split(" ");
  const stored = localStorage.getItem(key);
  return { key, stored, address, isOwn: by === tab, ...JSON.parse(stored) };
}

// Everything that this person has kept here of forms whose addresses begin so, the newest first.
export function keptBelow(beginning) {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).map(read);
  return kept.filter((one) => one.address.startsWith(beginning)).sort((one, other) => other.at - one.at);
}

export function keep(form) {
  if (isLeaving) return false;
  const texts = [...form.querySelectorAll("textarea, input[type=text]")].map((field) => field.name);
  const { title } = form.dataset;
  const kept = { at: Date.now(), title, texts, entries: entriesOf(form), lost: unanswered.get(form) };
  try {
    localStorage.setItem(keyOf(addressOf(form)), JSON.stringify({ ...kept, isSaved: form.matches("[data-autosave]") }));
    return true;
  } catch {
    return false; // no storage, or it is full: the page says that the text is not saved
  }
}

export const forget = (form) => localStorage.removeItem(keyOf(addressOf(form)));
export const forgetAddress = (address) => localStorage.removeItem(keyOf(address));
// Of what was read before: where something newer is kept by now, that stays.
export const letGo = ({ key, stored }) => localStorage.getItem(key) === stored && localStorage.removeItem(key);

export function leave() {
  isLeaving = true;
  keptBelow("/").forEach(letGo);
}
