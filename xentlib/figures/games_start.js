for (const el of document.querySelectorAll('[data-game="NAME"]:empty')) {
  const state = JSON.parse(el.parentElement.querySelector("script").textContent);
  const set = (key, value) => (state[key] = value);
  const model = { get: (key) => state[key], set, on() {}, off() {}, save_changes() {} };
  render({ model, el });
  el.parentElement.classList.add("is-live");
}
