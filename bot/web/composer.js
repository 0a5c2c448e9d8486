// Collect pictures and words: choose, photograph, paste, drop; remove before sending.

import { icon, make, ownPicture } from "/elements.js";
import { say } from "/texts.js";

const MEGABYTE = 1_000_000;
const touch = window.matchMedia("(pointer: coarse)");
const words = document.getElementById("words");
const tray = document.getElementById("tray");
const drop = document.getElementById("drop");
const limits = { pictures: 10, megabytes: 64, ...numbers(document.body.dataset) };

let waiting = [];
let handlers = { send: () => {}, refuse: () => {} };

function numbers(dataset) {
  const entries = Object.entries(dataset).filter(([name]) => name === "pictures" || name === "megabytes");
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value)]));
}

/** Start listening; `send(pictures, words)` and `refuse(error, pictures)` are told what the user does. */
export function listen(told) {
  handlers = told;
  document.getElementById("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  for (const [button, input] of [["attach", "files"], ["take-photo", "camera"]]) {
    const field = document.getElementById(input);
    document.getElementById(button).addEventListener("click", () => field.click());
    field.addEventListener("change", () => {
      add([...field.files]);
      field.value = "";
    });
  }
  words.addEventListener("input", showReadiness);
  document.addEventListener("paste", paste);
  document.addEventListener("dragenter", dragOver);
  document.addEventListener("dragover", dragOver);
  document.addEventListener("dragleave", dragLeave);
  document.addEventListener("drop", dropped);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideDrop();
    }
  });
  showReadiness();
}

/** Draw the tray again, in the current language. */
export function redraw() {
  tray.replaceChildren(...waiting.map(trayItem));
  tray.hidden = waiting.length === 0;
  showReadiness();
}

function send() {
  const text = words.value.trim();
  if (waiting.length === 0 && !text) {
    words.focus();
    return;
  }
  const pictures = waiting;
  waiting = [];
  words.value = "";
  redraw();
  if (touch.matches) {
    document.activeElement.blur(); // or the keyboard would hide the answer
  } else {
    words.focus();
  }
  handlers.send(pictures, text);
}

/** Put files into the tray; what cannot be sent is refused with its sentence. */
function add(files) {
  const large = files.find((file) => file.size > limits.megabytes * MEGABYTE);
  const fitting = files.filter((file) => file.size <= limits.megabytes * MEGABYTE).map(named);
  const count = waiting.length + fitting.length;
  if (large) {
    const size = Math.ceil(large.size / MEGABYTE);
    handlers.refuse({ key: "error-file-too-large", values: { size, maximum: limits.megabytes } }, large.name);
  }
  if (count > limits.pictures) {
    handlers.refuse({ key: "error-too-many-pictures", values: { count, maximum: limits.pictures } }, "");
  }
  waiting = [...waiting, ...fitting].slice(0, limits.pictures);
  redraw();
  if (waiting.length > 0) {
    document.getElementById("send").focus();
  }
}

function named(file) {
  return { file, name: file.name, url: URL.createObjectURL(file) };
}

function trayItem(picture) {
  const label = `${say("web-remove")}: ${picture.name}`;
  return make("li", {},
    ownPicture(picture, picture.name),
    make("button", { type: "button", title: say("web-remove"), "aria-label": label, click: () => remove(picture) }, icon("close")));
}

function remove(picture) {
  URL.revokeObjectURL(picture.url);
  waiting = waiting.filter((other) => other !== picture);
  redraw();
  (tray.querySelector("button") ?? words).focus();
}

function showReadiness() {
  document.getElementById("composer").classList.toggle("ready", waiting.length > 0 || words.value.trim() !== "");
}

function paste(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    add(files);
  }
}

/** Tell whether something is dragged that looks like a picture, and not a word that goes into the box. */
function carriesPicture(event) {
  return ["Files", "text/uri-list"].some((type) => event.dataTransfer?.types.includes(type));
}

function dragOver(event) {
  if (!carriesPicture(event)) {
    return;
  }
  event.preventDefault();
  if (document.querySelector("dialog[open]") === null) {
    drop.hidden = false;
  }
}

function dragLeave(event) {
  if (event.relatedTarget === null) {
    hideDrop();
  }
}

function hideDrop() {
  drop.hidden = true;
}

/** Take what was dropped; with nothing else waiting there is nothing to wait for, so it is sent. */
function dropped(event) {
  if (!carriesPicture(event)) {
    return;
  }
  event.preventDefault();
  hideDrop();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) {
    handlers.refuse({ key: "web-drop-no-file", values: {} }, "");
    return;
  }
  const alone = waiting.length === 0 && files.length <= limits.pictures;
  add(files);
  if (alone && waiting.length === files.length) {
    send();
  }
}
