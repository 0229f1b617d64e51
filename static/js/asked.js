// data-asked-if: a question that is asked only after certain answers elsewhere. What is hidden keeps its answer, and the
// server does not count it. Without scripts the page shows it after the next save, as data-unasked says.
const SELECTOR = "[data-asked-if]";

const questionOf = (form, name) => form.querySelector(`#at-${CSS.escape(name)}`);

function isMet(form, { name, answers, atLeast, atMost }) {
  const given = new FormData(form).getAll(name).filter(Boolean);
  if (!given.length || !isAsked(form, questionOf(form, name))) return false;
  if (answers.length) return given.some((one) => answers.includes(one));
  if (atLeast === null && atMost === null) return true;
  const number = Number(given[0]);
  return !Number.isNaN(number) && number >= (atLeast ?? -Infinity) && number <= (atMost ?? Infinity);
}

// There is no circle: the server refuses such an instrument.
function isAsked(form, question) {
  if (!question?.dataset.askedIf) return true;
  return JSON.parse(question.dataset.askedIf).every((condition) => isMet(form, condition));
}

function ask(form) {
  for (const question of form.querySelectorAll(SELECTOR)) question.hidden = !isAsked(form, question);
}

function askAll() {
  new Set([...document.querySelectorAll(SELECTOR)].map((one) => one.closest("form"))).forEach(ask);
  for (const hint of document.querySelectorAll("[data-unasked]")) hint.hidden = true;
}

document.addEventListener("input", (event) => event.target.form?.querySelector(SELECTOR) && ask(event.target.form));
document.addEventListener("assay:patched", askAll);
document.body.addEventListener("htmx:afterSettle", askAll);
askAll(); // a browser may have put back what was typed before
