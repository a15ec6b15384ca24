// The call: marks the question that is being asked, and lets number keys answer it.
// <div data-questions> holds .question blocks; a hidden one (data-show-when) is passed over.

const all = (box) => [...box.querySelectorAll(".question")].filter((question) => question.offsetParent);

// Who answers by number keys never leaves the keyboard: the next question takes the focus.
let byNumber = false;
document.addEventListener("keydown", (event) => { byNumber = /^\d$/.test(event.key); }, true);
document.addEventListener("pointerdown", () => { byNumber = false; }, true);

function answered(question) {
  const fields = [...question.querySelectorAll("input, textarea, select")];
  return fields.some((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value.trim() !== ""));
}

function mark(box, question) {
  box.querySelectorAll(".question.is-here").forEach((other) => other.classList.remove("is-here"));
  question?.classList.add("is-here");
}

function markNext(box, after) {
  const questions = all(box);
  const rest = questions.slice(questions.indexOf(after) + 1);
  const next = rest.find((question) => !answered(question)) ?? after;
  mark(box, next);
  if (byNumber) next.querySelector("input:checked, input, textarea")?.focus();
}

function watch(box) {
  box.addEventListener("focusin", (event) => mark(box, event.target.closest(".question")));
  box.addEventListener("change", (event) => {
    const question = event.target.closest(".question");
    if (question && event.target.type === "radio") setTimeout(() => markNext(box, question));
  });
  mark(box, all(box).find((question) => !answered(question)));
}

const watched = new WeakSet();

export function start(root) {
  root.querySelectorAll("[data-questions]").forEach((box) => {
    if (watched.has(box)) return;
    watched.add(box);
    watch(box);
  });
}
