// Buttons of which Tab reaches one; the arrow keys lead from button k to button to(k, key).
const roam = (buttons, to) =>
  buttons.forEach((button, k) => {
    button.tabIndex = k ? -1 : 0;
    button.addEventListener("keydown", (event) => {
      if (!event.key.startsWith("Arrow")) return;
      event.preventDefault();
      const next = buttons[to(k, event.key)];
      if (!next) return;
      buttons.forEach((other) => (other.tabIndex = other === next ? 0 : -1));
      next.focus();
    });
  });

