// Beside the list of claims stands the text they are highlighted in. When a claim's card comes back with another state,
// its highlights take that state too. Enhances <mark data-claim="12"> for <article id="claim-12" data-state="accepted">.
// So do the numbers above the lists, <span data-count="accepted">; <p data-none="accepted"> goes when there is one.

const shown = { accepted: "marked", suggested: "open", rejected: "gone", merged: "gone" };

document.body.addEventListener("htmx:afterSwap", () => {
  for (const mark of document.querySelectorAll("mark[data-claim]")) {
    const card = document.getElementById(`claim-${mark.dataset.claim}`);
    if (card) mark.dataset.state = shown[card.dataset.state] ?? "open";
  }
  for (const number of document.querySelectorAll("[data-count]")) {
    number.textContent = document.querySelectorAll(`.desk-claim[data-state="${number.dataset.count}"]`).length;
  }
  for (const words of document.querySelectorAll("[data-none]")) {
    words.hidden = document.querySelector(`.desk-claim[data-state="${words.dataset.none}"]`) !== null;
  }
});
