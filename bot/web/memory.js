// Remember choices in this browser; where that is forbidden they last until the page is closed.

const kept = new Map();

/** Return what was remembered under a name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(`grimche-${name}`);
  } catch {
    return kept.get(name) ?? null;
  }
}

/** Remember a value under a name. */
export function remember(name, value) {
  kept.set(name, value);
  try {
    localStorage.setItem(`grimche-${name}`, value);
  } catch {
    // A private window may forbid it.
  }
}
