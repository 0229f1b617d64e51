// data-propose: the link to propose a missed claim. What is selected in the article goes along with it, and the link
// comes to where the selection is.
const link = document.querySelector("[data-propose]");
const text = link?.closest(".article-text");
const plain = link?.getAttribute("href");

function selected() {
  const selection = getSelection();
  const isHere = selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isHere ? selection.toString().trim() : "";
}

function follow() {
  const words = selected();
  link.href = words ? `${plain}?quote=${encodeURIComponent(words.slice(0, 1500))}` : plain;
  link.dataset.following = String(words !== "");
}

// Pressing the link must not take the selection away, and htmx must ask for where the link leads now, not at first.
link?.addEventListener("mousedown", (event) => event.preventDefault());
document.body.addEventListener("htmx:configRequest", (event) => {
  if (link && event.detail.elt === link) event.detail.path = link.getAttribute("href");
});

if (link) document.addEventListener("selectionchange", follow);
