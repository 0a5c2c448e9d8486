// The sentences of the page: the server's Fluent texts, with `{name}` where a value goes.

let messages = {};
let language = document.documentElement.lang;

/** Fill the text named `id`. */
export function say(id, values = {}) {
  const text = messages[id] ?? "";
  return text.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}

/** Tell whether there is a text named `id`. */
export function knows(id) {
  return id in messages;
}

/** Return the language that the page speaks now. */
export function currentLanguage() {
  return language;
}

/** Write a share of 0..1 as people of this language write it. */
export function percent(share) {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** Write a number, long ones with their separators. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** Fetch the texts of a language and put them into the page. */
export async function speak(wanted) {
  const response = await fetch(`/api/texts?lang=${encodeURIComponent(wanted)}`);
  const texts = await response.json();
  ({ messages, language } = texts);
  const root = document.documentElement;
  root.lang = language;
  delete root.dataset.waiting;
  document.title = say("web-title");
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = say(element.dataset.t);
  }
  for (const [name, attribute] of [["tTitle", "title"], ["tAriaLabel", "aria-label"], ["tPlaceholder", "placeholder"]]) {
    const selector = `[data-t-${attribute}]`;
    for (const element of document.querySelectorAll(selector)) {
      element.setAttribute(attribute, say(element.dataset[name]));
    }
  }
}
