// What was typed and is not saved yet, kept in this browser until it is. Each form is known by its address.

const keyOf = (form) => `assay:${form.getAttribute("action")}`;
export const forgetAddress = (address) => localStorage.removeItem(`assay:${address}`);

function entriesOf(form) {
  return [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
}

// What was typed, without the versions that the server counts.
const typed = (entries) => JSON.stringify(entries.filter(([name]) => !name.endsWith("-version")));

export function keep(form) {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify(entriesOf(form)));
    return true;
  } catch {
    return false; // no storage, or it is full: the page says that the text is not saved
  }
}

export function forget(form) {
  localStorage.removeItem(keyOf(form));
}

export const snapshot = (form) => typed(entriesOf(form));

// Put back what was kept. Answers whether there was anything that the page did not have.
export function putBack(form) {
  const kept = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  if (!kept) return false;
  if (typed(kept) === snapshot(form)) {
    forget(form);
    return false;
  }
  for (const field of form.elements) {
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.name && values.length && field.type !== "submit") field.value = values[0];
  }
  return true;
}
