// Says beside a field how the form will read what is typed, in the words of the reader itself. Only a hint: without an
// answer nothing is said.

const PAUSE = 300;

async function ask(kind, text, signal) {
  // A sign-in page is no answer.
  const answer = await fetch(`/hints?${new URLSearchParams({ as: kind, text })}`, { redirect: "manual", signal });
  return answer.ok ? answer.json() : null;
}

function watch(field, output) {
  let pause = 0;
  let asking = new AbortController();

  function forget() {
    clearTimeout(pause);
    asking.abort();
    asking = new AbortController();
  }

  async function show() {
    forget();
    const { signal } = asking;
    const typed = field.value.trim();
    const hint = typed ? await ask(output.dataset.understood, typed, signal).catch(() => null) : null;
    if (signal.aborted) return;
    output.textContent = hint?.text ?? "";
    output.classList.toggle("is-unread", hint?.is_read === false);
  }

  field.addEventListener("change", show);
  field.addEventListener("input", () => {
    forget();
    if (output.textContent) pause = setTimeout(show, PAUSE);
  });
}

const watched = new WeakSet();

export function start(root) {
  root.querySelectorAll("output[data-understood]").forEach((output) => {
    const field = document.getElementById(output.htmlFor.value);
    if (!field || watched.has(output)) return;
    watched.add(output);
    watch(field, output);
  });
}
