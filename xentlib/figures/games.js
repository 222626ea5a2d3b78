// What all games share. Every number comes out of the model's tables.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const button = (text, onclick, attributes = {}) =>
  make("button", { type: "button", onclick, ...attributes }, text);
const told = (text) => make("span", { class: "say" }, text); // for screen readers

const shown = (price) => (price === null ? "∞" : price.toFixed(2).replace("-", "−"));
const sum = (prices) => prices.reduce((a, b) => a + b, 0);
const drawn = Date.now() % 1e5; // where the tables begin today
const count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

const CLOUD = '<path d="M7 14a4 4 0 0 1 0-8 5.5 5.5 0 0 1 10.4 1A3.5 3.5 0 0 1 17 14z"/>';
const ICONS = {
  sun: '<circle cx="12" cy="12" r="4.5"/><path d="M12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M5 19l2-2M17 7l2-2"/>',
  cloud: `<g transform="translate(0 2)">${CLOUD}</g>`,
  rain: `${CLOUD}<path d="m8 17-1 4m5-4-1 4m5-4-1 4"/>`,
  storm: `${CLOUD}<path d="m12.5 11-3 6h4l-2 5.5"/>`,
};
const icon = (weather) => {
  const box = make("span", { class: "weather", "aria-hidden": "true" });
  box.innerHTML = `<svg viewBox="0 0 24 24">${ICONS[weather]}</svg>`;
  return box;
};

// An element with a number for its style, and a mark on a scale.
const piece = (tag, n, look = "") => {
  const drawn = make(tag, { class: look });
  drawn.style.setProperty("--n", n);
  return drawn;
};
const mark = (n, tag = "span") => {
  const drawn = piece(tag, n, "at");
  drawn.textContent = n;
  return drawn;
};

// A game's root, and the one sentence on what happened.
const set_up = (el, name) => {
  el.dataset.game = name;
  el.addEventListener("focusin", ({ target }) => (target.dataset.lmSuppressShortcuts = "")); // JupyterLab's
  const status = make("p", { role: "status" });
  return { status, say: (text) => (status.textContent = text) };
};
