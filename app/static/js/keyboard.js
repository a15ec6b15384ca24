// `/` search, `g` and a letter to go, `j` `k` rows, Enter open, `?` all keys, numbers answer.
// Never while an input method composes, never in a field; can be turned off in the sheet.

const OFF = "keys-off";
const ROWS = ".list tbody tr:has(.row-link), .work-row, .work-card";
let going = 0;

const offInAccount = () => document.body.dataset.keys === "off";
const isOff = () => offInAccount() || localStorage.getItem(OFF) === "yes";
const composes = (event) => event.isComposing || event.keyCode === 229;
const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function go(letter) {
  going = 0;
  document.querySelector(`[data-go="${CSS.escape(letter)}"]`)?.click();
}

function walk(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent);
  const here = rows.findIndex((row) => row.classList.contains("is-here"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, here + step))];
  if (!next) return;
  rows[here]?.classList.remove("is-here");
  next.classList.add("is-here");
  next.querySelector(".row-link").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** A number answers the question being asked, or the keys that have the focus; a [data-key] is pressed by its key. */
function press(key) {
  const asked = document.activeElement.closest(".question, fieldset") ?? document.querySelector(".question.is-here");
  const target = asked?.querySelector(`[data-number="${CSS.escape(key)}"] input`)
    ?? [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((element) => element.offsetParent);
  target?.click();
  return Boolean(target);
}

/** Opens the sheet of all keys. */
export function openSheet() {
  const sheet = document.getElementById("keys");
  if (!sheet) return;
  const toggle = sheet.querySelector("[data-keys-toggle]");
  toggle.checked = !isOff();
  toggle.disabled = offInAccount();
  toggle.onchange = () => localStorage.setItem(OFF, toggle.checked ? "no" : "yes");
  sheet.querySelector("[data-keys-close]").onclick = () => sheet.close();
  sheet.showModal();
}

/** Ctrl+Enter sends the form one is typing in, or the page's main one: the call is saved without the mouse. */
function send(event) {
  const form = event.target.closest?.("form") ?? document.querySelector("main form .btn-primary")?.form;
  const button = form?.querySelector(".btn-primary[type=submit], button.btn-primary:not([type])");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !composes(event) && !isOff()) return send(event);
  if (composes(event) || event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (going && Date.now() - going < 1500) return go(event.key);
  const moves = {
    "/": () => document.getElementById("search")?.focus(),
    "?": openSheet,
    g: () => { going = Date.now(); },
    j: () => walk(1),
    k: () => walk(-1),
  };
  if (moves[event.key]) {
    event.preventDefault();
    moves[event.key]();
  } else if (/^[0-9a-z]$/.test(event.key) && press(event.key)) {
    event.preventDefault();
  }
}

let running = false;

/** Begins to listen; `early` are the key presses since the first one, which asked for this module. */
export function start(early) {
  if (!running) document.addEventListener("keydown", onKey);
  running = true;
  early.forEach(onKey);
}
