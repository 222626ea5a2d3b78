// What Furo's script does not do. All of it is a convenience: pages read well without it.
"use strict";
{
  // The colours that the reader chose last: before the first paint, or the page would flash.
  let theme;
  try {
    theme = localStorage.getItem("theme");
  } catch {
    // storage is forbidden here
  }
  document.body.dataset.theme = theme || "auto";
  document.documentElement.classList.remove("no-js"); // early, or the buttons would push the text

  // The font lies in the style sheet; unpacked before the first paint, it moves nothing.
  document.fonts.forEach((font) => font.load());

  const all = (selector) => [...document.querySelectorAll(selector)];
  const on = (selector, event, action) =>
    all(selector).forEach((element) => element.addEventListener(event, action));

  // Boxes that scroll sideways can be reached by keyboard.
  const reachable = () =>
    all("pre, .math-wrapper, .table-wrapper, .cell_output").forEach((box) => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });

  const copyButtons = () =>
    all(".cell_input pre").forEach((pre) => {
      const button = document.createElement("button");
      button.className = "book-copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 1500);
      });
      pre.parentElement.append(button);
    });

  // The sidebars of a narrow screen open by keyboard, too.
  const drawers = () =>
    all("label:is(.nav-overlay-icon, .toc-overlay-icon) .icon").forEach((icon) => {
      const drawer = document.getElementById(icon.parentElement.htmlFor);
      icon.tabIndex = 0;
      icon.role = "button";
      icon.ariaLabel = drawer.ariaLabel;
      icon.addEventListener("keydown", (event) => {
        if (!["Enter", " "].includes(event.key)) return;
        event.preventDefault();
        icon.click();
      });
      addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !drawer.checked || !icon.offsetParent) return;
        drawer.checked = false;
        icon.focus();
      });
    });

  const search = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "k") return;
    event.preventDefault();
    document.getElementById("__navigation").checked = true;
    document.querySelector("[name=q]").focus();
  };

  // Paper has no folds.
  addEventListener("beforeprint", () => all("details").forEach((fold) => (fold.open = true)));

  document.addEventListener("DOMContentLoaded", () => {
    if (location.protocol === "file:") {
      all(".book-run").forEach((link) => link.remove()); // it needs a server
      if (document.getElementById("search-results"))
        DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false; // one file may not read another
    }
    on(".book-print", "click", () => print());
    addEventListener("keydown", search);
    copyButtons();
    drawers();
    reachable();
    addEventListener("resize", reachable);
    on("details", "toggle", reachable);
  });
}
