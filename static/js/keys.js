// data-keys: a claim marked by single keys: a digit for each level, a letter for each flaw, u to w for what came of the
// search for a source, n and p for the next and the one before, ? for the list of keys. What is typed into a field is
// never taken for one. They can all be switched off, for this browser, and on again by the button that shows the list; the focus stays, and what a key did is said aloud.
const OFF = "assay:keys-off";
const LETTERS = "abcdefghijklm";
const SEARCH = "uvw";
const list = document.querySelector("[data-keys]");
const switched = list.querySelector("[data-keys-on]");
const spoken = list.parentElement.querySelector("[data-keys-said]");
const isOn = () => localStorage.getItem(OFF) === null;
const boxes = (end, kind) => [...document.querySelectorAll(`[data-workspace] input[name="mark-${end}"]${kind ?? ""}`)];

function keyed() {
  const levels = boxes("ruling", '[value^="level:"]').map((box, place) => [String(place + 1), box]);
  const reasons = boxes("ruling", '[value="reason:outside_my_field"]').map((box) => ["0", box]);
  const flaws = boxes("flaws").map((box, place) => [LETTERS[place], box]);
  const search = boxes("attribution", ':not([value=""])').map((box, place) => [SEARCH[place], box]);
  return new Map([...levels, ...reasons, ...flaws, ...search].filter(([key]) => key));
}

// Beside every choice the key that makes it.
function label() {
  document.querySelectorAll("[data-keys-show]").forEach((button) => (button.hidden = false));
  document.querySelectorAll("[data-workspace] .choice > kbd").forEach((hint) => hint.remove());
  if (!isOn()) return;
  for (const [key, box] of keyed()) {
    const hint = Object.assign(document.createElement("kbd"), { textContent: key, ariaHidden: "true" });
    box.closest(".choice").append(hint);
  }
}

function press(key) {
  const box = keyed().get(key);
  if (!box) return document.querySelector(`[data-workspace] [data-step="${key}"]`)?.click();
  box.click();
  const choice = box.closest(".choice");
  const name = (choice.querySelector("strong") ?? choice.querySelector("span:not(.icon)")).textContent;
  spoken.textContent = (box.checked ? spoken.dataset.sayChosen : spoken.dataset.sayNot).replace("[answer]", name);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || list.open) return;
  if (event.target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])")) return;
  if (!isOn()) return;
  if (event.key === "?") list.showModal();
  else if (/^[0-9a-z]$/.test(event.key)) press(event.key);
});

document.addEventListener("click", (event) => event.target.closest("[data-keys-show]") && list.showModal());
switched.addEventListener("change", () => {
  if (switched.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
  label();
});
switched.checked = isOn();
document.body.addEventListener("htmx:afterSwap", label);
label();
