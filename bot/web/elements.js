// Make elements without HTML strings: titles and names come from other people's pages.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; a property of a function is a listener, null and false leave an attribute out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Make an icon of icons.svg; it says nothing to screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Show one of the user's own files; a file that the browser cannot show gets a tile with its name. */
export function ownPicture(picture, alt) {
  const image = make("img", { src: picture.url, alt, draggable: "false" });
  image.addEventListener("error", () => {
    image.replaceWith(make("span", { class: "no-preview", title: picture.name }, picture.name));
  });
  return image;
}
