// Shows a block only while a field has one of the named values: data-show-when="outcome=later|refused". Several
// fields are alternatives ("rating=1|2 truthful=no"); an empty value means that nothing is chosen ("outcome=|reached").
// A field inside a hidden block has no value.
// Hidden fields keep what was typed; without scripts everything is shown.

function valuesOf(form, name) {
  const given = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
    .filter((field) => !field.closest("[data-show-when][hidden]"))
    .filter((field) => !/radio|checkbox/.test(field.type) || field.checked)
    .map((field) => field.value);
  return given.length ? given : [""];
}

function applies(form, condition) {
  const [name, wanted] = condition.split("=");
  const now = valuesOf(form, name);
  return wanted.split("|").some((value) => now.includes(value));
}

function refresh(form) {
  form.querySelectorAll("[data-show-when]").forEach((block) => {
    block.hidden = !block.dataset.showWhen.split(" ").some((condition) => applies(form, condition));
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
