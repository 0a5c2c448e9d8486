// Show why a match is one: where both pictures agree, and what a reader can check by eye.

import { errorSentence } from "/answers.js";
import { make } from "/elements.js";
import { number, percent, say } from "/texts.js";

const SIZE = { width: 600, height: 360 };
const WARM = [214, 62, 36];
const COLD = [52, 72, 156];

const dialog = document.getElementById("why");
const body = document.getElementById("why-body");
let shown = null;

/** Open the explanation of a match; `explain` asks the server for it. */
export async function showWhy(match, query, explain) {
  const mine = {};
  shown = mine;
  document.getElementById("why-title").textContent = say("why-title", { title: match.webtoon.title });
  body.replaceChildren(make("p", { class: "why-pending", "aria-busy": "true" }, say("why-thinking")));
  dialog.showModal();
  const content = await explain(query, match).then(
    (why) => explanation(why, match, query),
    (error) => [make("p", { class: "sentence" }, errorSentence(error, query))]);
  if (shown === mine) {
    body.replaceChildren(...content);
  }
}

function explanation(why, match, query) {
  const most = Math.max(...[why.query, why.thumbnail].flatMap((side) => side.heat.flat()).map(Math.abs), 1e-9);
  const names = { query: queryName(query), thumbnail: match.webtoon.title };
  const pair = make("div", { class: "why-pair heated" },
    picture(why, "query", { source: ownSource(why, query), name: names.query, most }),
    picture(why, "thumbnail", { source: `/picture/${why.match.picture}`, name: names.thumbnail, most }));
  return [
    make("p", { class: "why-similarity" }, say("why-similarity", { percent: Math.round(Math.max(why.similarity, 0) * 100) })),
    pair,
    why.query.heat.length === 0 ? make("p", { class: "meaning" }, say("why-no-places")) : legend(pair),
    make("ul", { class: "traits" }, Object.keys(why.query.traits).map((trait) => scale(trait, why, names))),
    make("p", { class: "meaning" }, say("why-percentiles", { count: number(why.sample) })),
  ];
}

function queryName(query) {
  return query.kind === "like" ? query.title : say("web-your-picture");
}

function ownSource(why, query) {
  return why.asked ? `/picture/${why.asked}` : query.pictures[why.picture].url;
}

function legend(pair) {
  const box = make("input", { type: "checkbox", checked: true,
    change: (event) => pair.classList.toggle("heated", event.currentTarget.checked) });
  return make("div", { class: "why-legend" },
    make("label", {}, box, make("span", {}, say("why-show-heat"))),
    make("p", { class: "meaning" }, `${say("why-patches")} ${say("why-heat")}`));
}

/** Draw one side: what was looked at, the heat over it, the frames of the patches, the palette. */
function picture(why, side, { source, name, most }) {
  const canvas = make("canvas", { ...SIZE, class: "drawing", role: "img", "aria-label": name });
  const image = new Image();
  image.addEventListener("load", () => cut(canvas, image, why[side].area));
  image.src = source;
  const frames = why.patches.map((patch, place) => frame(patch[side], place));
  return make("figure", { class: `side-${side}` },
    make("div", { class: "why-picture" }, canvas, heatMap(why[side].heat, most), frames),
    palette(why[side].palette, name),
    make("figcaption", {}, make("i", { class: `mark ${side}`, "aria-hidden": "true" }), name));
}

function cut(canvas, image, [left, top, right, bottom]) {
  const { naturalWidth: width, naturalHeight: height } = image;
  canvas.getContext("2d").drawImage(image,
    left * width, top * height, (right - left) * width, (bottom - top) * height, 0, 0, SIZE.width, SIZE.height);
}

function heatMap(heat, most) {
  if (heat.length === 0) {
    return null;
  }
  const canvas = make("canvas", { class: "heat", width: heat[0].length, height: heat.length, "aria-hidden": "true" });
  const pixels = canvas.getContext("2d").createImageData(canvas.width, canvas.height);
  heat.flat().forEach((value, place) => {
    pixels.data.set([...(value > 0 ? WARM : COLD), Math.round(Math.abs(value) / most * 220)], place * 4);
  });
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas;
}

function frame([left, top, right, bottom], place) {
  const element = make("span", { class: "patch", "data-pair": place + 1, "aria-hidden": "true",
    pointerenter: () => light(place + 1), pointerleave: () => light(null) }, make("b", {}, place + 1));
  element.style.cssText = `left:${left * 100}%;top:${top * 100}%;width:${(right - left) * 100}%;height:${(bottom - top) * 100}%`;
  return element;
}

/** Bring out one pair of patches in both pictures. */
function light(pair) {
  for (const element of body.querySelectorAll(".patch")) {
    element.classList.toggle("faint", pair !== null && element.dataset.pair !== String(pair));
  }
}

function palette(colours, name) {
  const list = colours.map(({ colour, share }) => {
    const element = make("i", { title: `${colour} · ${percent(share)}` });
    element.style.background = colour;
    element.style.flexGrow = share;
    return element;
  });
  const label = say("why-palette-of", { name, colours: colours.map(({ colour }) => colour).join(", ") });
  return make("div", { class: "palette", role: "img", "aria-label": label }, list);
}

function scale(trait, why, names) {
  const marks = ["thumbnail", "query"].map((side) => {
    const value = why[side].traits[trait];
    const mark = make("i", { class: `mark ${side}`, title: say("why-place-of", { name: names[side], percent: Math.round(value * 100) }) });
    mark.style.left = `${value * 100}%`;
    return mark;
  });
  const spoken = ["query", "thumbnail"]
    .map((side) => say("why-place-of", { name: names[side], percent: Math.round(why[side].traits[trait] * 100) })).join("; ");
  return make("li", {},
    make("h3", {}, say(`trait-${trait}`)),
    make("div", { class: "scale", role: "img", "aria-label": spoken }, marks),
    make("p", { class: "ends", "aria-hidden": "true" },
      make("span", {}, say(`trait-${trait}-low`)), make("span", {}, say(`trait-${trait}-high`))));
}

document.getElementById("why-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => { shown = null; });
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) {
    dialog.close();
  }
});
