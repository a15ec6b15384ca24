// Light, dark or as the system: at once, without a new page. The cookie lets the server draw the next page so.

const YEAR = 365 * 24 * 3600;

/** Draws the page in the button's theme and keeps the choice. */
export function choose(button) {
  const root = document.documentElement;
  document.cookie = `theme=${button.value}; path=/; max-age=${YEAR}; samesite=lax`;
  if (button.value === "auto") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", button.value);
  button.parentElement.querySelectorAll("button").forEach((other) => other.removeAttribute("aria-current"));
  button.setAttribute("aria-current", "true");
}
