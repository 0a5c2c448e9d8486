// The conversation: ask the server, and show what it answers.

import { answerBubble, errorBubble, errorSentence, pendingBubble, queryBubble, webtoonsBubble } from "/answers.js";
import { compare } from "/compare.js";
import { listen, redraw } from "/composer.js";
import { make } from "/elements.js";
import { recall, remember } from "/memory.js";
import { currentLanguage, number, percent, say, speak } from "/texts.js";
import { showWhy } from "/why.js";

const conversation = document.getElementById("conversation");
const announcer = document.getElementById("announcer");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

const ADDRESS = /^https?:\/\/\S+$/i;
const LONGEST_TITLE = 200;

let turns = [];
let holds = null;

// Asking -----------------------------------------------------------------------------------------

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { "Accept-Language": currentLanguage(), ...options.headers } });
  } catch {
    throw { key: "web-offline", values: {} };
  }
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw body.error ?? { key: "error-unexpected", values: {} };
  }
  return response;
}

function form(query) {
  const body = new FormData();
  if (query.kind === "like") {
    body.append("webtoon", query.webtoon);
  } else {
    query.pictures.forEach((picture) => body.append("picture", picture.file, picture.name));
  }
  return { method: "POST", body };
}

/** Bring the picture at an address; from then on it is a query like any other. */
async function bring(query) {
  const body = new FormData();
  body.append("url", query.address);
  const response = await request("/api/fetch", { method: "POST", body });
  const file = await response.blob();
  const picture = { file, name: query.address, url: URL.createObjectURL(file) };
  Object.assign(query, { kind: "pictures", pictures: [picture] });
}

async function fetchResult(query) {
  if (query.kind === "address") {
    await bring(query);
  }
  if (query.kind === "search") {
    const response = await request(`/api/search?q=${encodeURIComponent(query.text)}`);
    return { kind: "webtoons", ...(await response.json()) };
  }
  const headers = { "Content-Type": "application/json" };
  const response = query.kind === "like"
    ? await request("/api/like", { method: "POST", headers, body: JSON.stringify({ webtoon: query.webtoon }) })
    : await request("/api/similar", form(query));
  return { kind: "answer", answer: await response.json() };
}

async function explain(query, match) {
  const asked = form(query);
  asked.body.append("match", match.webtoon.id);
  const response = await request("/api/why", asked);
  return response.json();
}

function ask(query) {
  const turn = { query, result: { kind: "pending" }, nodes: [] };
  turns.push(turn);
  document.getElementById("new-chat").hidden = false;
  return run(turn);
}

async function run(turn) {
  turn.result = { kind: "pending" };
  show(turn);
  try {
    turn.result = await fetchResult(turn.query);
  } catch (error) {
    if (!("key" in error)) {
      throw error;
    }
    turn.result = { kind: "error", error };
  }
  if (turns.includes(turn)) {
    show(turn);
    announce(turn);
  }
}

// Showing ----------------------------------------------------------------------------------------

function show(turn) {
  // Whoever asked from inside the conversation goes on reading there; the box below keeps its focus.
  turn.focused ||= conversation.contains(document.activeElement);
  draw(turn);
  bringIntoView(turn);
  if (turn.focused && turn.result.kind !== "pending" && !document.getElementById("composer").matches(":focus-within")) {
    turn.focused = false;
    turn.nodes.at(-1).querySelector(".answer-title, button")?.focus({ preventScroll: true });
  }
}

function draw(turn) {
  const nodes = turn.query.kind === "refused" ? [resultBubble(turn)] : [queryBubble(turn.query), resultBubble(turn)];
  if (turn.nodes.length > 0) {
    turn.nodes[0].before(...nodes);
    turn.nodes.forEach((node) => node.remove());
  } else {
    conversation.append(...nodes);
  }
  turn.nodes = nodes;
}

function resultBubble(turn) {
  const { query, result } = turn;
  const on = {
    like: (wanted) => ask({ kind: "like", ...wanted }),
    compare: (place) => compare(result.answer, query, place),
    why: (place) => showWhy(result.answer.matches[place], query, explain),
    save: (button) => save(query, button),
    retry: () => run(turn),
  };
  switch (result.kind) {
    case "pending": return pendingBubble(query);
    case "answer": return answerBubble(result.answer, query, on);
    case "webtoons": return webtoonsBubble(result.webtoons, query, on);
    default: return errorBubble(result.error, query, on);
  }
}

function bringIntoView(turn) {
  const behavior = still.matches ? "instant" : "smooth";
  turn.nodes[0].scrollIntoView({ behavior, block: "start" });
}

function announce(turn) {
  const { query, result } = turn;
  announcer.textContent = {
    answer: () => {
      const best = result.answer.matches[0];
      return `${say(`familiarity-${result.answer.familiarity}`)} ${best.webtoon.title}, ${best.webtoon.artists.join(", ")}`;
    },
    webtoons: () => say(result.webtoons.length ? "web-search-found" : "web-search-empty",
      { text: query.text, count: number(result.webtoons.length) }),
    error: () => errorSentence(result.error, query),
  }[result.kind]();
}

function forget() {
  for (const { query } of turns) {
    query.pictures?.forEach((picture) => URL.revokeObjectURL(picture.url));
  }
  turns.forEach((turn) => turn.nodes.forEach((node) => node.remove()));
  turns = [];
  document.getElementById("new-chat").hidden = true;
  document.getElementById("words").focus();
  window.scrollTo({ top: 0 });
}

async function save(query, button) {
  button.disabled = true;
  try {
    const response = await request("/api/sheet", form(query));
    const data = await response.blob();
    const url = URL.createObjectURL(data);
    make("a", { href: url, download: data.type === "image/png" ? "grimche.png" : "grimche.jpg" }).click();
    URL.revokeObjectURL(url);
  } catch (error) {
    refuse(error, "");
  } finally {
    button.disabled = false;
  }
}

// What the user does -----------------------------------------------------------------------------

function send(pictures, text) {
  if (pictures.length > 0) {
    ask({ kind: "pictures", pictures });
  }
  if (ADDRESS.test(text)) {
    ask({ kind: "address", address: text });
  } else if (text) {
    ask({ kind: "search", text: text.slice(0, LONGEST_TITLE) });
  }
}

/** Show why something was not sent at all. */
function refuse(error, name) {
  const turn = { query: { kind: "refused", name }, result: { kind: "error", error }, nodes: [] };
  turns.push(turn);
  show(turn);
  announce(turn);
}

async function trySample(sha256, name) {
  const query = { kind: "pictures", pictures: [] };
  try {
    const response = await request(`/picture/${sha256}`);
    const file = await response.blob();
    query.pictures.push({ file, name, url: URL.createObjectURL(file) });
  } catch (error) {
    refuse(error, "");
    return;
  }
  await ask(query);
}

// Samples, language, theme -----------------------------------------------------------------------

async function loadSamples() {
  const response = await request("/api/samples");
  holds = await response.json();
  showSamples();
}

function showSamples() {
  if (holds === null) {
    return;
  }
  const items = holds.pictures.map((sha256, place) => {
    const label = say("web-sample-label", { number: place + 1 });
    return make("li", {}, make("button", { type: "button", click: () => trySample(sha256, label) },
      make("img", { src: `/picture/${sha256}`, alt: label, width: 202, height: 120 })));
  });
  document.getElementById("sample-list").replaceChildren(...items);
  document.getElementById("samples").hidden = items.length === 0;
  const empty = document.getElementById("empty");
  empty.hidden = holds.thumbnails > 0;
  empty.textContent = say("error-empty-catalogue");
  if (holds.thumbnails > 0) {
    const values = { webtoons: number(holds.webtoons), artists: number(holds.artists) };
    document.getElementById("holds").textContent = say("web-holds", values);
  }
}

async function changeLanguage(language) {
  await speak(language);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === currentLanguage());
  }
  showSamples();
  redraw();
  turns.forEach(draw);
}

function changeTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : window.matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
}

document.getElementById("theme").addEventListener("click", changeTheme);
document.getElementById("new-chat").addEventListener("click", forget);
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    remember("language", button.dataset.language);
    changeLanguage(button.dataset.language);
  });
}

if (!window.matchMedia("(pointer: coarse)").matches) {
  document.getElementById("words").dataset.tPlaceholder = "web-placeholder";
}
await changeLanguage(recall("language") ?? currentLanguage());
listen({ send, refuse });
await loadSamples().catch((error) => refuse(error, ""));
document.body.dataset.ready = "";
