// What the foot of a form says of its saving: a live region, so that whoever does not see it hears it.

// The sentences stand on the page, in the reader's language: data-say-<name>, on the foot of the form.
const said = (form, name) => form.querySelector(".save-bar").dataset[`say${name[0].toUpperCase()}${name.slice(1)}`];

export function say(form, state, name, status = "") {
  const line = form.querySelector(".saving");
  if (!line) return;
  const words = said(form, name).replace("[status]", status);
  line.dataset.state = state;
  if (line.textContent !== words) line.textContent = words;
}

export function saySignedOut(form) {
  const line = form.querySelector(".saving");
  const [before, after] = said(form, "signedOut").split("[link]");
  const door = Object.assign(document.createElement("a"), { href: form.dataset.signIn, target: "_blank" });
  door.textContent = said(form, "signIn");
  line.dataset.state = "failed";
  line.replaceChildren(before, door, after);
}
