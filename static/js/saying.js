// What the foot of a form says of its saving: a live region, so that whoever does not see it hears it.

export function say(form, state, words) {
  const line = form.querySelector(".saving");
  if (!line) return;
  line.dataset.state = state;
  if (line.textContent !== words) line.textContent = words;
}

export function saySignedOut(form) {
  say(form, "failed", "You are signed out. Your text is kept in this browser: ");
  const line = form.querySelector(".saving");
  const door = Object.assign(document.createElement("a"), { href: form.dataset.signIn, target: "_blank" });
  door.textContent = "sign in again in a new tab";
  line.append(door, ", then come back here.");
}
