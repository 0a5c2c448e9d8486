// Draw queries, answers, search results and errors as bubbles of the chat.

import { icon, make, ownPicture } from "/elements.js";
import { knows, number, percent, say } from "/texts.js";

const STAGES = ["decode", "encode", "search"];

/** Draw what the user asked. */
export function queryBubble(query) {
  const content = { pictures: ownPictures, address: addressQuery, like: likeQuery, search: searchQuery }[query.kind](query);
  return make("li", { class: "turn from-you" },
    make("div", { class: `bubble query ask-${query.kind}` }, make("h3", { class: "unseen" }, say("web-you")), content));
}

function ownPictures({ pictures }) {
  const label = pictures.length === 1 ? say("web-your-picture") : say("web-your-pictures", { count: pictures.length });
  const list = pictures.map((picture) => make("li", {}, ownPicture(picture, picture.name || label)));
  return make("ul", { class: "own-pictures", "aria-label": label, "data-count": Math.min(list.length, 4) }, list);
}

function likeQuery({ title, picture }) {
  return [
    picture ? make("img", { src: `/picture/${picture}`, alt: "", width: 101, height: 60 }) : null,
    make("p", {}, icon("like"), make("span", {}, say("web-like-query", { title }))),
  ];
}

function addressQuery({ address }) {
  return make("p", { class: "address" }, address);
}

function searchQuery({ text }) {
  return make("p", {}, text);
}

/** Draw the place of an answer that is on its way. */
export function pendingBubble(query) {
  const text = say(query.kind === "search" ? "web-searching" : "web-thinking");
  return fromGrimche(
    make("div", { class: "bubble pending", "aria-busy": "true" },
      make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")),
      make("p", {}, text)));
}

/** Draw an answer; `on` holds what its buttons do. */
export function answerBubble(answer, query, on) {
  const heading = make("h3", { tabindex: "-1", class: "answer-title" }, title(answer, query));
  return fromGrimche(
    make("section", { class: `bubble answer ${answer.familiarity}` },
      make("div", { class: "verdict" },
        make("div", {}, heading, banner(answer.familiarity), duplicates(answer, query), best(answer), oneOf(answer.one_of)),
        artists(answer.artists)),
      make("ol", { class: "matches" }, answer.matches.map((match, place) => card(match, place, answer, on))),
      make("footer", { class: "foot" },
        details(answer),
        make("button", { type: "button", class: "quiet save", click: (event) => on.save(event.currentTarget) },
          icon("save"), make("span", {}, say("web-save-sheet"))))));
}

function title(answer, query) {
  if (answer.familiarity === "none") {
    return say("web-nearest");
  }
  return query.kind === "like" ? say("answer-like-title", { title: query.title }) : say("answer-title");
}

function banner(familiarity) {
  const sign = { close: "close-match", loose: "loose-match", none: "no-match" }[familiarity];
  return make("div", { class: `banner ${familiarity}` }, icon(sign),
    make("p", {}, make("strong", {}, say(`familiarity-${familiarity}-short`)), " ", say(`familiarity-${familiarity}`)));
}

/** Name the first match in words, unless it is not near. */
function best({ familiarity, matches }) {
  if (familiarity === "none" || matches.length === 0) {
    return null;
  }
  const { webtoon } = matches[0];
  return make("p", { class: "best" }, say("web-best", { title: webtoon.title, artists: webtoon.artists.join(", ") }));
}

/** Say which of the pictures are the catalogue's own. */
function duplicates({ duplicates: found }, query) {
  const several = query.kind === "pictures" && query.pictures.length > 1;
  return found.map(({ place, title, episode }) => make("p", { class: "duplicate" },
    say(several ? "answer-duplicate-of" : "answer-duplicate", { number: place + 1, title, episode })));
}

/** Name the few artists one of whom it is nearly surely, if that can be said. */
function oneOf(found) {
  if (found === null) {
    return null;
  }
  const values = { count: found.artists.length, percent: Math.round(found.coverage * 100), artists: found.artists.join(", ") };
  return make("p", { class: "one-of" }, say(found.artists.length === 1 ? "answer-one-of-one" : "answer-one-of-several", values));
}

function artists(shares) {
  if (shares.length === 0) {
    return null;
  }
  const rows = shares.map((share) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" }, make("i"));
    bar.firstChild.style.setProperty("--share", share.probability);
    return make("li", {},
      make("span", { class: "artist" }, share.artist), bar,
      make("span", { class: "share" }, percent(share.probability)));
  });
  return make("div", { class: "artists" },
    make("h4", {}, say("answer-artists")), make("ul", {}, rows),
    make("p", { class: "meaning" }, say(shares.some((share) => share.trained) ? "web-artists-trained" : "web-artists-near")));
}

function card(match, place, answer, on) {
  const { webtoon } = match;
  const alt = say("web-thumbnail-of", { title: webtoon.title, episode: match.episode });
  const meter = make("span", { class: "meter", "aria-hidden": "true" }, make("i"));
  meter.firstChild.style.setProperty("--share", match.score);
  return make("li", { class: webtoon.adult ? "card adult" : "card" },
    make("button", { type: "button", class: "thumbnail", title: say("web-compare"), click: () => on.compare(place) },
      make("img", { src: `/picture/${match.picture}`, alt, width: 202, height: 120, decoding: "async" }),
      make("span", { class: "rank", "aria-hidden": "true" }, match.rank),
      webtoon.adult ? make("span", { class: "grade" }, "19") : null),
    make("div", { class: "card-text" },
      make("h4", { title: webtoon.title }, make("span", { class: "unseen" }, `${say("match-rank", { rank: match.rank })}: `), linked(webtoon)),
      make("p", { class: "by" }, webtoon.artists.join(", ")),
      where(webtoon, say("match-episode", { episode: match.episode })),
      make("p", { class: "score", title: say("web-score-meaning") },
        make("span", { class: "unseen" }, `${say("score-label")}: `),
        make("span", { class: "score-word" }, say(`score-${match.word}`)), meter,
        make("span", { class: "score-number" }, scoreNumber(match))),
      make("div", { class: "card-buttons" }, moreLikeThis(webtoon, match.picture, on), whyThis(webtoon, place, on))));
}

function whyThis(webtoon, place, on) {
  return make("button",
    { type: "button", class: "like ask-why", "aria-label": `${say("why-button")} ${webtoon.title}`, click: () => on.why(place) },
    icon("why"), make("span", {}, say("why-button")));
}

/** Write a score as people read it. */
export function scoreNumber(match) {
  return say("score-value", { percent: Math.round(match.score * 100) });
}

function where(webtoon, episode) {
  return make("p", { class: "where" },
    make("span", {}, say(`platform-${webtoon.platform}`)), " · ", make("span", {}, episode));
}

function linked(webtoon) {
  if (!webtoon.url) {
    return webtoon.title;
  }
  const attributes = { href: webtoon.url, target: "_blank", rel: "noopener noreferrer", title: say("match-link") };
  return make("a", attributes, webtoon.title, icon("outside"));
}

function moreLikeThis(webtoon, picture, on) {
  return make("button",
    { type: "button", class: "like", "aria-label": `${say("web-more-like-this")}: ${webtoon.title}`,
      click: () => on.like({ webtoon: webtoon.id, title: webtoon.title, picture }) },
    icon("like"), make("span", {}, say("web-more-like-this")));
}

function details(answer) {
  const rows = STAGES.filter((stage) => stage in answer.seconds)
    .map((stage) => row(say(`web-stage-${stage}`), milliseconds(answer.seconds[stage])));
  const whole = Object.values(answer.seconds).reduce((sum, time) => sum + time, 0);
  return make("details", { class: "details" },
    make("summary", {}, say("web-details", { milliseconds: number(whole * 1000, 0) })),
    make("dl", {}, rows,
      row(say("web-crops"), number(answer.crops)),
      row(say("web-generation"), make("code", {}, answer.generation))));
}

function milliseconds(seconds) {
  return say("web-milliseconds", { milliseconds: number(seconds * 1000, 1) });
}

function row(term, value) {
  return make("div", {}, make("dt", {}, term), make("dd", {}, value));
}

/** Draw the webtoons that a title search found. */
export function webtoonsBubble(webtoons, query, on) {
  const text = webtoons.length === 0
    ? say("web-search-empty", { text: query.text })
    : say("web-search-found", { text: query.text, count: number(webtoons.length) });
  return fromGrimche(
    make("section", { class: "bubble found" },
      make("h3", { tabindex: "-1", class: "answer-title" }, text),
      webtoons.length === 0 ? make("p", { class: "meaning" }, say("web-search-help")) : null,
      make("ul", { class: "webtoons" }, webtoons.map((webtoon) => found(webtoon, on)))));
}

function found(webtoon, on) {
  return make("li", { class: "webtoon" },
    webtoon.picture ? make("img", { src: `/picture/${webtoon.picture}`, alt: "", width: 101, height: 60 }) : null,
    make("div", { class: "webtoon-text" },
      make("h4", {}, linked(webtoon)),
      make("p", { class: "by" }, webtoon.artists.join(", ")),
      where(webtoon, say("web-episodes", { count: number(webtoon.episodes) }))),
    moreLikeThis(webtoon, webtoon.picture ?? null, on));
}

/** Draw an error as one sentence, with a way to try again. */
export function errorBubble(error, query, on) {
  return fromGrimche(
    make("section", { class: "bubble error" }, icon("warning"),
      make("div", {},
        make("h3", { class: "unseen" }, say("web-error")),
        make("p", { class: "sentence" }, errorSentence(error, query)),
        query.kind === "refused" ? null : retryButton(on))));
}

function retryButton(on) {
  return make("button", { type: "button", class: "quiet", click: on.retry },
    icon("retry"), make("span", {}, say("web-retry")));
}

/** Say an error in the current language, with the file's name where there were several. */
export function errorSentence(error, query) {
  const key = error.reference ? "error-reference" : error.key;
  const sentence = knows(key) ? say(key, { ...error.values, reference: error.reference }) : error.sentence;
  const name = query.kind === "pictures" && query.pictures.length > 1 ? query.pictures[error.picture]?.name : query.name;
  return name ? say("web-error-of-file", { name, sentence }) : sentence;
}

function fromGrimche(bubble) {
  return make("li", { class: "turn from-grimche" },
    make("img", { class: "face", src: "/icon.svg", alt: "", width: 32, height: 32 }), bubble);
}
