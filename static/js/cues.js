// data-cues-switch: the underlines of what the machine noticed, which this browser may switch off. Outside of claims each
// can be tapped, and reached by Tab: data-cue-said says why it is there. In a claim the link goes to where that is listed.
const OFF = "assay:cues-off";
const line = document.querySelector("[data-cues-switch]");
const box = line?.querySelector("input");
const said = document.querySelector("[data-cue-said]");
const cues = [...document.querySelectorAll(".article-text p[dir] .cue")];

function show() {
  line.closest(".article-text").dataset.cues = box.checked ? "on" : "off";
  for (const cue of cues.filter((one) => !one.closest("a"))) cue.tabIndex = box.checked ? 0 : -1;
}

function explain(event) {
  const cue = event.target.closest(".cue[title]");
  if (box.checked && cue && !cue.closest("a")) said.textContent = cue.title;
  else said.textContent = "";
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
  for (const name of ["click", "focusin"]) line.closest(".article-text").addEventListener(name, explain);
}
