// Starts what the page needs, and nothing else. Every page works without it.
// The manners of forms stand here and not in a module of their own: one request less on every page.

document.documentElement.classList.add("js");

const PARTS = {
  "[data-due]": "./clocks.js",
  "[data-draft-url]": "./draft.js",
  "[data-understood]": "./understood.js",
  "[data-signature]": "./signature.js",
  "[data-tick]": "./select-many.js",
  "[data-copy]": "./copy.js",
  "[data-show-when]": "./show-when.js",
  "[data-questions]": "./questions.js",
};

const asked = new Map();

function need(module) {
  if (!asked.has(module)) asked.set(module, import(module));
  return asked.get(module);
}

function startParts(root) {
  return Promise.all(Object.entries(PARTS)
    .filter(([selector]) => root.matches?.(selector) || root.querySelector(selector))
    .map(async ([, module]) => (await need(module)).start(root)));
}

function usesHtmx(element) {
  return [...element.attributes].some((attribute) => attribute.name.startsWith("hx-"));
}

async function startHtmx() {
  if (![...document.body.querySelectorAll("*")].some(usesHtmx)) return;
  const { default: htmx } = await import("../vendor/htmx.esm.min.js");
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
  });
  document.addEventListener("htmx:after:swap", (event) => startParts(event.target));
  htmx.process(document.body);
}

// The keyboard's module is there before the first key where there is a mouse, else it is fetched at the first key.
// What is pressed meanwhile is not lost.

const early = [];

function warmKeyboard() {
  return matchMedia("(any-pointer: fine)").matches ? need("./keyboard.js") : null;
}

async function firstKeys(event) {
  early.push(event);
  const part = await need("./keyboard.js");
  document.removeEventListener("keydown", firstKeys);
  part.start(early.splice(0));
}

// Forms: one submit a press, filters that go by themselves, menus that close.

function disableOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.dataset.gone) return event.preventDefault();
  form.dataset.gone = "yes";
  setTimeout(() => form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => { button.disabled = true; }));
}

function enableAgain() {
  document.querySelectorAll("[data-gone]").forEach((form) => {
    delete form.dataset.gone;
    form.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; });
  });
}

function submitOnChange(event) {
  const form = event.target.closest("[data-submit-on-change]");
  if (form && event.target.type !== "search") form.requestSubmit();
}

function dropEmpty(event) {
  if (!event.target.matches("[data-submit-on-change]")) return;
  event.target.querySelectorAll("input, select").forEach((input) => { if (!input.value) input.disabled = true; });
}

function closeMenus(event) {
  document.querySelectorAll("[data-menu][open]").forEach((menu) => {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  });
}

function watchForms() {
  document.addEventListener("submit", disableOnce);
  document.addEventListener("submit", dropEmpty);
  document.addEventListener("change", submitOnChange);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  window.addEventListener("pageshow", enableAgain);
  document.querySelector(".form-errors")?.focus();
}

watchForms();
document.addEventListener("keydown", firstKeys);
Promise.all([startParts(document), startHtmx(), warmKeyboard()])
  .then(() => { document.documentElement.dataset.ready = ""; });
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) need("./keyboard.js").then((part) => part.openSheet());
  const theme = event.target.closest("[data-preferences] [name=theme]");
  if (!theme) return;
  event.preventDefault();
  need("./theme.js").then((part) => part.choose(theme));
});
