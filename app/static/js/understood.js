// Says beside a field how a date or a telephone number was read. The server reads by the same rules.

import { word } from "./words.js";

const half = (text) => text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ").trim();
const two = (number) => String(number).padStart(2, "0");

function readMoment(text) {
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})[:点](\d{1,2})?分?)?$/.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => (part === undefined ? null : Number(part)));
  const date = new Date(year, month - 1, day);
  if (date.getMonth() !== month - 1 || (hour ?? 0) > 23 || (minute ?? 0) > 59) return null;
  const weekday = word("weekday", [...word("weekdays")][date.getDay()] ?? "");
  const time = hour === null ? "" : ` ${two(hour)}:${two(minute ?? 0)}`;
  return `${year}-${two(month)}-${two(day)} ${weekday}${time}`;
}

function readPhone(text) {
  const digits = text.replace(/转.*$/, "").replace(/^\+?(?:00)?86(?=\D?1\d)/, "").replace(/[\s\-()]/g, "");
  if (/^1\d{10}$/.test(digits)) return digits.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3");
  return /^0\d{9,11}$|^\d{7,8}$|^[48]00\d{7}$/.test(digits) ? digits : null;
}

const READERS = { date: readMoment, moment: readMoment, phone: readPhone };

function show(output) {
  const field = document.getElementById(output.htmlFor.value);
  const typed = half(field.value);
  const read = typed && READERS[output.dataset.understood](typed);
  output.textContent = typed ? (read ? word("readAs", read) : word("notRead")) : "";
  output.classList.toggle("is-unread", Boolean(typed) && !read);
  output.hidden = read === typed;
}

const watched = new WeakSet();

export function start(root) {
  root.querySelectorAll("output[data-understood]").forEach((output) => {
    const field = document.getElementById(output.htmlFor.value);
    if (!field || watched.has(output)) return;
    watched.add(output);
    field.addEventListener("change", () => show(output));
    field.addEventListener("input", () => { if (output.textContent) show(output); });
    if (field.value) show(output);
  });
}
