const root = document.documentElement;
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

const map = document.querySelector(".map");
for (const button of document.querySelectorAll(".names button")) {
  button.addEventListener("click", () => {
    const chosen = button.getAttribute("aria-pressed") !== "true";
    for (const other of document.querySelectorAll(".names button")) {
      other.setAttribute("aria-pressed", String(chosen && other === button));
    }
    map.classList.toggle("chosen", chosen);
    for (const point of map.children) {
      point.classList.toggle("lit", chosen && point.dataset.artist === button.dataset.artist);
    }
  });
}
