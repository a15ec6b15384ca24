// What scripts say, in the page's language: layouts/words.html holds the texts.

/** The text `name` with `#` replaced by `value`. */
export function word(name, value = "") {
  return (document.getElementById("words")?.dataset[name] ?? "").replace("#", value);
}
