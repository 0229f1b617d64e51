// data-panes: on a narrow screen, show one pane of a workspace at a time (css/components/workspace.css).
// A link to anything inside a hidden pane - a claim's number in the text, a field named by an error - brings it forward.

const narrow = matchMedia("(max-width: 63.99rem)");

function paneOf(workspace, id) {
  const target = id && document.getElementById(id);
  return target && workspace.contains(target) ? target.closest(".workspace-text, .workspace-work") : null;
}

function show(workspace, pane) {
  workspace.dataset.shown = pane.id;
  for (const link of workspace.querySelectorAll(".workspace-switch > a")) {
    link.setAttribute("aria-current", String(link.hash === `#${pane.id}`));
  }
}

for (const workspace of document.querySelectorAll("[data-panes]")) {
  const first = paneOf(workspace, decodeURIComponent(location.hash.slice(1)));
  show(workspace, first ?? workspace.querySelector(workspace.dataset.panes || ".workspace-text"));

  workspace.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const pane = link && paneOf(workspace, decodeURIComponent(link.hash.slice(1)));
    if (!pane) return;
    show(workspace, pane);
    if (link.closest(".workspace-switch") && narrow.matches) {
      event.preventDefault();
      scrollTo({ top: 0 });
      pane.setAttribute("tabindex", "-1");
      pane.focus({ preventScroll: true });
    }
  });
}
