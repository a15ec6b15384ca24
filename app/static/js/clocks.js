// Lets open clocks run on between two loads of the page. The server's text and tone stand until then.

import { word } from "./words.js";

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Minutes as `1:20`, from three days on as days: the same writing as the server's. */
function counted(name, minutes) {
  if (minutes >= 3 * DAY) return word(`${name}Days`, Math.floor(minutes / DAY));
  return word(name, `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`);
}

function tick() {
  document.querySelectorAll("[data-due]").forEach((badge) => {
    const left = Math.floor((Date.parse(badge.dataset.due) - Date.now()) / MINUTE);
    const over = left < 0;
    badge.querySelector(".clock-text").textContent = over ? counted("over", -left - 1) : counted("left", left);
    if (over && !badge.classList.contains("clock-over")) {
      badge.classList.remove("clock-open", "clock-soon");
      badge.classList.add("clock-over");
    }
  });
}

let running = false;

export function start() {
  if (running) return;
  running = true;
  setInterval(tick, 30_000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
}
