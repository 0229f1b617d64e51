// data-cues-switch: the underlines of what the machine noticed, which this browser may switch off. Why each is there is
// fetched with data-cue-list when the first is pointed at, tapped or reached by Tab (outside of claims): data-cue-said says
// it. In a claim the link goes to where that is listed.
const OFF = "assay:cues-off";
const line = document.querySelector("[data-cues-switch]");
const box = line?.querySelector("input");
const text = line?.closest(".article-text");
const said = document.querySelector("[data-cue-said]");
const list = document.querySelector("[data-cue-list]");
const cues = [...document.querySelectorAll(".article-text [data-cue]")];
let learning;

function show() {
  text.dataset.cues = box.checked ? "on" : "off";
  for (const cue of cues.filter((one) => !one.closest("a"))) cue.tabIndex = box.checked ? 0 : -1;
}

async function fetched() {
  const answer = await fetch(list.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(answer.status);
  const pane = new DOMParser().parseFromString(await answer.text(), "text/html");
  const reasons = [...pane.querySelectorAll("[data-why]")].map((why) => why.textContent);
  for (const cue of cues) cue.title = reasons[cue.dataset.cue] ?? "";
}

async function learnt() {
  learning ??= fetched();
  try {
    await learning;
  } catch {
    learning = undefined; // the next one that is pointed at asks again
  }
}

async function explain(event) {
  const cue = event.target.closest("[data-cue]");
  said.textContent = "";
  if (!box.checked || !cue || cue.closest("a")) return;
  await learnt();
  said.textContent = cue.title;
}

if (cues.length) {
  line.hidden = false;
  box.checked = localStorage.getItem(OFF) === null;
  show();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    show();
  });
  for (const name of ["click", "focusin"]) text.addEventListener(name, explain);
  text.addEventListener("pointerover", (event) => box.checked && event.target.closest("[data-cue]") && learnt());
}
