// Runs before the first paint, so that a chosen theme or language does not flash.
"use strict";

try {
  const root = document.documentElement;
  const theme = localStorage.getItem("grimche-theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }
  const language = localStorage.getItem("grimche-language");
  if (language !== null && language !== root.lang) {
    root.dataset.waiting = "";
  }
} catch {
  // A private window may forbid localStorage; then nothing was chosen.
}
