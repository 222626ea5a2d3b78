// The only script of a page. Everything that it does is a convenience: pages read well without it.
"use strict";
{
  // Colours: what the reader chose last, else what the system says.
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const modes = ["auto", "light", "dark"];
  const stored = () => {
    try {
      return localStorage.getItem("mode");
    } catch {
      return null; // storage is forbidden here
    }
  };
  const show = (mode) => {
    root.dataset.mode = mode;
    root.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
  };
  show(modes.includes(stored()) ? stored() : "auto");
  dark.addEventListener("change", () => show(root.dataset.mode));

  // The fonts lie in the style sheet; unpacked before the first paint, they move nothing.
  document.fonts.forEach((font) => font.load());

  const all = (selector) => [...document.querySelectorAll(selector)];
  const on = (selector, event, action) =>
    all(selector).forEach((element) => element.addEventListener(event, action));

  const nextMode = () => {
    show(modes[(modes.indexOf(root.dataset.mode) + 1) % modes.length]);
    try {
      localStorage.setItem("mode", root.dataset.mode);
    } catch {
      // then the choice lasts for this page
    }
  };

  // Sidebars: on a narrow screen they move into a dialog; the left one can be hidden on a wide one.
  const sidebar = (name, wide) => {
    const bar = document.getElementById(`pst-${name}-sidebar`);
    const dialog = document.getElementById(`pst-${name}-sidebar-modal`);
    const button = document.querySelector(`.${name}-toggle`);
    if (!bar || !dialog || !button) return;
    const swap = (from, to) => {
      to.append(...from.childNodes);
      to.className = from.className;
      from.className = "";
    };
    button.addEventListener("click", () => {
      if (wide && matchMedia("(min-width: 992px)").matches) {
        bar.classList.toggle("pst-sidebar-hidden");
      } else {
        swap(bar, dialog);
        dialog.showModal();
      }
    });
    dialog.addEventListener("close", () => swap(dialog, bar));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
  };

  // Boxes that scroll sideways can be reached by keyboard.
  const reachable = () =>
    all("pre, div.math, .pst-scrollable-table-container, .cell_output").forEach((box) => {
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

  // The list "On this page" shows where the reader is.
  const follow = () => {
    const links = new Map(all(".page-toc > ul > li > a").map((link) => [link.hash.slice(1), link]));
    const seen = new Set();
    const watch = new IntersectionObserver(
      (entries) => {
        entries.forEach(({ target, isIntersecting }) =>
          seen[isIntersecting ? "add" : "delete"](target.id),
        );
        const here = [...links.keys()].filter((id) => seen.has(id)).pop();
        links.forEach((link, id) => link.classList.toggle("active", id === here));
      },
      { rootMargin: "0px 0px -70% 0px" },
    );
    all("section[id]").forEach((section) => links.has(section.id) && watch.observe(section));
  };

  // Paper has no folds.
  addEventListener("beforeprint", () => all("details").forEach((fold) => (fold.open = true)));

  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      const field = all('input[name="q"]').find((input) => input.offsetParent);
      if (field) field.focus();
      else document.querySelector(".book-find")?.click();
    }
  });

  addEventListener("DOMContentLoaded", () => {
    on(".theme-switch-button", "click", nextMode);
    if (location.protocol === "file:") all(".book-run").forEach((link) => link.remove()); // needs a server
    on(".book-print", "click", () => print());
    sidebar("primary", true);
    sidebar("secondary", false);
    copyButtons();
    follow();
    reachable();
    addEventListener("resize", reachable);
    on("details", "toggle", reachable);
  });
}
