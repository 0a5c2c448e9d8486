// Hold the query beside a match, large enough to see the lines.

import { scoreNumber } from "/answers.js";
import { make, ownPicture } from "/elements.js";
import { say } from "/texts.js";

const dialog = document.getElementById("compare");
const pair = document.getElementById("compare-pair");
let shown = null;

/** Open the comparison of `query` with the match at `place`. */
export function compare(answer, query, place) {
  shown = { answer, query, place };
  draw();
  if (!dialog.open) {
    dialog.showModal();
  }
}

function draw() {
  const { answer, query, place } = shown;
  const match = answer.matches[place];
  const { webtoon } = match;
  document.getElementById("compare-title").textContent = `${say("match-rank", { rank: match.rank })} · ${webtoon.title}`;
  document.getElementById("compare-score").textContent =
    `${say("score-label")} ${scoreNumber(match)} · ${say(`score-${match.word}`)}`;
  document.getElementById("compare-back").disabled = place === 0;
  document.getElementById("compare-next").disabled = place === answer.matches.length - 1;
  const alt = say("web-thumbnail-of", { title: webtoon.title, episode: match.episode });
  pair.replaceChildren(
    figure(asked(query), caption(query)),
    figure(make("img", { src: `/picture/${match.picture}`, alt, width: 202, height: 120 }), webtoon.artists.join(", ")));
}

function caption(query) {
  if (query.kind === "like") {
    return query.title;
  }
  const count = query.pictures.length;
  return count === 1 ? say("web-your-picture") : say("web-your-pictures", { count });
}

function asked(query) {
  if (query.kind === "pictures") {
    const several = query.pictures.length > 1;
    const attributes = several
      ? { class: "stack", tabindex: "0", role: "group", "aria-label": say("web-your-pictures", { count: query.pictures.length }) }
      : { class: "stack" };
    return make("div", attributes, query.pictures.map((picture) => ownPicture(picture, picture.name)));
  }
  return query.picture ? make("img", { src: `/picture/${query.picture}`, alt: query.title, width: 202, height: 120 }) : "";
}

function figure(picture, caption) {
  return make("figure", {}, picture, make("figcaption", {}, caption));
}

function step(by) {
  const place = shown.place + by;
  if (place >= 0 && place < shown.answer.matches.length) {
    shown.place = place;
    draw();
  }
}

document.getElementById("compare-close").addEventListener("click", () => dialog.close());
document.getElementById("compare-back").addEventListener("click", () => step(-1));
document.getElementById("compare-next").addEventListener("click", () => step(1));
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) {
    dialog.close();
  }
});
dialog.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by) {
    step(by);
  }
});
