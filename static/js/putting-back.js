// Puts back into a form what its own tab kept of it, else what another one did: that tab was closed, or broke down, or
// whoever saves second is asked. A form has parts, each with the version that it was made from (name-version).
import { entriesOf, keep, keptBelow, letGo, typed } from "./kept.js";

const VERSION = "-version";
const isVersion = (name) => name.endsWith(VERSION);
const partsOf = (entries) => entries.map(([name]) => name).filter(isVersion).map((name) => name.slice(0, -VERSION.length));
const isIn = (part) => ([name]) => name.startsWith(`${part}-`);

function keptOf(form) {
  const address = form.getAttribute("action");
  const kept = keptBelow(address).filter((one) => one.address === address);
  return kept.find((one) => one.isOwn) ?? kept[0];
}

// A part whose last attempt had no answer, and stands on the page as it was sent: the server had taken it.
function wasTaken(name, { lost, shown }) {
  const within = isIn(name.slice(0, -VERSION.length));
  return isVersion(name) && lost && typed(lost.filter(within)) === typed(shown.filter(within));
}

function fill(field, entries) {
  const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
  if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
  else if (values.length && field.type !== "submit") field.value = values[0];
}

// Answers whether there was anything that the page did not have.
export function putBack(form) {
  const kept = keptOf(form);
  if (!kept) return false;
  const page = entriesOf(form);
  const away = partsOf(page).filter((part) => !partsOf(kept.entries).includes(part));
  const shown = page.filter((entry) => !away.some((part) => isIn(part)(entry)));
  const isNew = typed(kept.entries) !== typed(shown);
  const isOfPage = ({ name }) => !name || away.some((part) => isIn(part)([name]));
  const fields = [...form.elements].filter((field) => !isOfPage(field) && !wasTaken(field.name, { ...kept, shown }));
  if (isNew) fields.forEach((field) => fill(field, kept.entries));
  if (isNew) keep(form);
  letGo(kept);
  return isNew;
}

// Lets go of one part: what is kept of the others stays.
export function forgetPart(form, part) {
  const kept = keptOf(form);
  if (!kept) return;
  const { key, stored, ...rest } = kept;
  const entries = rest.entries.filter((entry) => !isIn(part)(entry));
  if (entries.length) localStorage.setItem(key, JSON.stringify({ ...rest, entries, lost: undefined }));
  else letGo(kept);
}
