// data-cues-switch: the underlines of what the machine noticed, which this browser may switch off.
const OFF = "assay:cues-off";
const line = document.querySelector("[data-cues-switch]");
const box = line?.querySelector("input");

function show() {
  line.closest(".article-text").dataset.cues = box.checked ? "on" : "off";
}

box?.addEventListener("change", () => {
  if (box.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
  show();
});

if (box && document.querySelector(".article-text p[dir] .cue")) {
  line.hidden = false;
  box.checked = localStorage.getItem(OFF) === null;
  show();
}
