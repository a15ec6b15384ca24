// Says beside a field how a day, a time or a telephone number was read, by the rules of core/parsing/.
// Only a hint: the server reads for itself.

import { word } from "./words.js";

const SPOKEN = { 今天: 0, 今日: 0, 昨天: -1, 昨日: -1, 前天: -2, 明天: 1, 明日: 1, 后天: 2 };
const DAY = /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$|^(20\d{2})(\d{2})(\d{2})$/;
const TIME = /(凌晨|早上|上午|中午|下午|傍晚|晚上)?\s*(\d{1,2})\s*(?::\s*(\d{1,2})(?::\d{1,2})?|[点时]\s*(?:(半)|(\d{1,2})\s*分?)?)/;
const PHONE = /^(?:1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})\d{7,8}|[48]00\d{7}|[2-8]\d{6,7}|\+[1-9]\d{5,14})$/;

const two = (number) => String(number).padStart(2, "0");

function dayOf(text) {
  const today = new Date();
  if (text in SPOKEN) return new Date(today.getFullYear(), today.getMonth(), today.getDate() + SPOKEN[text]);
  const parts = DAY.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts[4] ? parts.slice(4) : [parts[1] ?? today.getFullYear(), parts[2], parts[3]];
  const found = new Date(year, month - 1, day);
  return found.getMonth() === month - 1 ? found : null;
}

function timeOf(parts) {
  let hour = Number(parts[2]);
  const minute = parts[4] ? 30 : Number(parts[3] ?? parts[5] ?? 0);
  if (["下午", "傍晚", "晚上"].includes(parts[1]) && hour < 12) hour += 12;
  if (parts[1] === "中午" && hour < 3) hour += 12;
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}

function written(date) {
  const weekday = word("weekday", [...word("weekdays")][date.getDay()] ?? "");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${weekday}`;
}

function readDay(text) {
  const found = dayOf(text);
  return found && written(found);
}

function readMoment(text) {
  if (/^(现在|刚才|刚刚)$/.test(text)) return text;
  const parts = TIME.exec(text);
  const time = parts && timeOf(parts);
  if (!time) return null;
  const rest = (text.slice(0, parts.index) + text.slice(parts.index + parts[0].length)).replace(/^[ ,T]+|[ ,T]+$/g, "");
  const found = dayOf(rest || "今天");
  return found && `${written(found)} ${time}`;
}

function readPhone(text) {
  const [, number, extension] = /^(.*?)(?:(?:转|轉|分机|ext\.?|x|#)\s*(\d{1,8}))?$/i.exec(text);
  const digits = number.replace(/[\s\-()._/·]/g, "").replace(/^00(?=[1-9])/, "+").replace(/^(?:\+86|86(?=1[3-9]\d{9}$))/, "");
  if (!PHONE.test(digits)) return null;
  return digits.replace(/^(1\d{2})(\d{4})(\d{4})$/, "$1 $2 $3") + (extension ? ` 转 ${extension}` : "");
}

const READERS = { date: readDay, moment: readMoment, phone: readPhone };

function show(output) {
  const field = document.getElementById(output.htmlFor.value);
  const typed = field.value.normalize("NFKC").trim();
  const read = typed && READERS[output.dataset.understood](typed);
  output.textContent = typed ? (read ? word("readAs", read) : word("notRead")) : "";
  output.classList.toggle("is-unread", Boolean(typed) && !read);
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
