// data-propose: the link to propose a missed claim. What is selected in the article goes along with it, and the link
// comes to where the selection is.
const link = document.querySelector("[data-propose]");
const text = link?.closest(".article-text");
const plain = link?.getAttribute("href");
const [MOST, LONGEST] = [1500, 3000]; // what the form takes, and what an address may hold on its way through any server

function selected() {
  const selection = getSelection();
  const isHere = selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isHere ? selection.toString().trim() : "";
}

// By whole characters: half of one has no place in an address. Where not all goes along, the page says so.
function addressFor(words) {
  const letters = [...words];
  const taken = letters.slice(0, MOST);
  while (encodeURIComponent(taken.join("")).length > LONGEST) taken.length = Math.floor(taken.length * 0.9);
  const isCut = taken.length < letters.length;
  return `${plain}?quote=${encodeURIComponent(taken.join(""))}${isCut ? "&cut=1" : ""}`;
}

function follow() {
  const words = selected();
  link.href = words ? addressFor(words) : plain;
  link.dataset.following = String(words !== "");
}

// Pressing the link must not take the selection away, and htmx must ask for where the link leads now, not at first.
link?.addEventListener("mousedown", (event) => event.preventDefault());
document.body.addEventListener("htmx:configRequest", (event) => {
  if (link && event.detail.elt === link) event.detail.path = link.getAttribute("href");
});

if (link) document.addEventListener("selectionchange", follow);
