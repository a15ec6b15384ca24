// Shows a block only while a field has one of the named values: data-show-when="outcome=later|refused".
// Hidden fields keep what was typed; without scripts everything is shown.

function valuesOf(form, name) {
  return new FormData(form).getAll(name);
}

function refresh(form) {
  form.querySelectorAll("[data-show-when]").forEach((block) => {
    const [name, wanted] = block.dataset.showWhen.split("=");
    const now = valuesOf(form, name);
    block.hidden = !wanted.split("|").some((value) => now.includes(value));
  });
}

const watched = new WeakSet();

export function start(root) {
  root.querySelectorAll("[data-show-when]").forEach((block) => {
    const form = block.closest("form");
    if (!form || watched.has(form)) return;
    watched.add(form);
    form.addEventListener("change", () => refresh(form));
    refresh(form);
  });
}
