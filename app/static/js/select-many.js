// Choosing rows: all of the page, how many are chosen, the moves only when something is.

function refresh(bar) {
  const ticks = [...document.querySelectorAll(`[data-tick][form="${CSS.escape(bar.dataset.selectBar)}"]`)];
  const chosen = ticks.filter((tick) => tick.checked).length;
  const text = bar.querySelector("[data-select-count]");
  text.textContent = text.dataset.text.replace("#", chosen);
  bar.toggleAttribute("data-none", chosen === 0);
  const all = bar.querySelector("[data-tick-all]");
  all.checked = chosen > 0 && chosen === ticks.length;
  all.indeterminate = chosen > 0 && chosen < ticks.length;
}

function tickAll(all) {
  document.querySelectorAll(`[data-tick][form="${CSS.escape(all.dataset.tickAll)}"]`).forEach((tick) => { tick.checked = all.checked; });
}

function onChange(event) {
  const all = event.target.closest("[data-tick-all]");
  if (all) tickAll(all);
  if (all || event.target.matches("[data-tick]")) document.querySelectorAll("[data-select-bar]").forEach(refresh);
}

let running = false;

export function start() {
  // Ticked while this module was still on its way.
  if (!running) document.querySelectorAll("[data-tick-all]:checked").forEach(tickAll);
  document.querySelectorAll("[data-select-bar]").forEach(refresh);
  if (running) return;
  running = true;
  document.addEventListener("change", onChange);
}
