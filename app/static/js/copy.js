// Copies a text. On plain HTTP browsers have no clipboard for scripts, so the older way is kept as second.

import { word } from "./words.js";

function selectAndCopy(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text) {
  if (!navigator.clipboard) return selectAndCopy(text);
  return navigator.clipboard.writeText(text).then(() => true, () => selectAndCopy(text));
}

async function onClick(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  label.textContent = (await copy(button.dataset.copy)) ? word("copied") : word("copyFailed");
  button.focus();
  setTimeout(() => { label.textContent = before; }, 2000);
}

let running = false;

export function start() {
  if (running) return;
  running = true;
  document.addEventListener("click", onClick);
}
