// data-workspace: the pane changes, the article stays. What is typed is saved before the pane goes, the claim of the pane
// is marked in the text, and the focus goes to the heading of what was asked for.
// It brings drafts.js along: a page that named that as well would run it twice, once by its hashed name.
import { flushAll } from "./autosave.js";
import { adoptAll } from "./drafts.js";
import { sendUnsent } from "./unsent.js";

htmx.config.refreshOnHistoryMiss = true; // a step back is a page of its own, with what was saved since
htmx.config.defaultSettleDelay = 0; // else a key that comes sooner finds a link that loads the whole page

const workspace = document.querySelector("[data-workspace]");
const text = workspace.querySelector(".workspace-text");

function markCurrent({ scroll }) {
  const number = workspace.querySelector("[data-claim]")?.dataset.claim;
  let first;
  for (const passage of text.querySelectorAll("mark")) {
    const isCurrent = passage.dataset.claims.split(" ").includes(number);
    passage.dataset.was ??= passage.dataset.state;
    passage.dataset.state = isCurrent ? "current" : passage.dataset.was;
    first ??= isCurrent ? passage : undefined;
  }
  if (!first || !scroll) return;
  const place = first.getBoundingClientRect().top - text.getBoundingClientRect().top;
  if (place < 0 || place > text.clientHeight - 80) text.scrollTop += place - text.clientHeight / 3;
}

// A claim that is done, or not any more, looks so in the text from now on.
document.addEventListener("assay:patched", () => {
  const claim = workspace.querySelector("#claim-state");
  if (!claim) return;
  for (const passage of text.querySelectorAll("mark")) {
    if (passage.dataset.claims.split(" ").at(-1) === claim.dataset.number) passage.dataset.was = claim.dataset.state;
  }
});

document.body.addEventListener("htmx:confirm", async (event) => {
  event.preventDefault();
  await flushAll();
  event.detail.issueRequest(true);
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "work") return;
  workspace.dataset.shown = "work";
  adoptAll();
  sendUnsent();
  markCurrent({ scroll: true });
  event.detail.target.scrollTop = 0;
  workspace.querySelector("[data-pane-title]")?.focus();
});

// Signed out, or no connection: let the browser say so, as it does for every link.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.body.addEventListener(name, (event) => {
    if (!event.detail.elt.matches("[data-poll]")) location.assign(event.detail.pathInfo.requestPath);
  });
}

markCurrent({ scroll: true });
