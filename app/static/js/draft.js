// Keeps a half-filled form on the server: a closed browser or a power cut loses nothing.
// <form data-draft-url="…" data-draft-saved-at="14:05"> and a [data-saved-mark] inside it.

import { word } from "./words.js";

const PAUSE = 600;
const RETRY = 10_000;

function keep(form) {
  const mark = form.querySelector("[data-saved-mark]");
  let waiting = 0;
  let dirty = false;
  let sent = false;

  function say(text, unsaved = false) {
    if (!mark) return;
    mark.textContent = text;
    mark.classList.toggle("is-unsaved", unsaved);
  }

  async function save(leaving = false) {
    clearTimeout(waiting);
    if (!dirty || sent) return;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        headers: { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content, "X-Requested-With": "draft" },
        keepalive: leaving,
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      if (!dirty) say(word("saved", new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false })));
    } catch {
      dirty = true;
      say(word("unsavedWhy"), true);
      waiting = setTimeout(save, RETRY);
    }
  }

  function changed(event) {
    if (!event.target.name) return;
    dirty = true;
    say(word("unsaved"), true);
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  }

  if (form.dataset.draftSavedAt) say(word("saved", form.dataset.draftSavedAt));
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { sent = true; clearTimeout(waiting); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  window.addEventListener("pagehide", () => save(true));
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("online", () => save());
}

const kept = new WeakSet();

export function start(root) {
  root.querySelectorAll("form[data-draft-url]").forEach((form) => {
    if (kept.has(form)) return;
    kept.add(form);
    keep(form);
  });
}
