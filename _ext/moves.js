// Brings the figures of a page to life, each when the reader comes near it.
// Nothing is computed here: the readings and the shapes stand in the page, made by xentlib.
(() => {
  const self = document.currentScript;
  let library;

  function loadVega() {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(self.dataset.vega, self.src);
      script.onload = () => resolve(window.vegaEmbed);
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  async function wake(figure) {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const { controls, sentence, drag } = spec.usermeta.move;
    const table = Object.fromEntries(spec.signals.map((signal) => [signal.name, signal.value]));
    const inputs = [...figure.querySelectorAll("input")];
    const outputs = figure.querySelectorAll("output");
    const reading = figure.querySelector(".move-reading");
    const status = figure.querySelector(".move-status");
    const stage = figure.querySelector(".move-live");
    const texts = controls.map((control) => table[`${control.name}_is`]);
    const embed = await loadVega();
    figure.classList.add("is-live"); // now the stage has its width
    const { view } = await embed(stage, spec, {
      actions: false,
      ast: true, // Vega interprets its expressions: no eval, so a strict page may allow none
      config: { font: getComputedStyle(figure).fontFamily },
      defaultStyle: false,
      mode: "vega",
      renderer: "svg",
      tooltip: false,
    }).catch((error) => {
      figure.classList.remove("is-live"); // the still picture stays
      throw error;
    });

    let pause;
    function show() {
      const words = {};
      let at = 0;
      inputs.forEach((input, k) => {
        const place = Number(input.value);
        at = at * texts[k].length + place;
        words[controls[k].name] = texts[k][place];
        outputs[k].textContent = texts[k][place];
        input.setAttribute("aria-valuetext", texts[k][place]);
        view.signal(controls[k].name, controls[k].values[place]);
      });
      view.run();
      reading.textContent = sentence.replace(/\{(\w+)\}/g, (_, n) => words[n] ?? table[n][at]);
    }
    function moved() {
      show();
      clearTimeout(pause);
      pause = setTimeout(() => (status.textContent = reading.textContent), 400);
    }
    inputs.forEach((input) => input.addEventListener("input", moved));
    if (drag) {
      follow(stage, (event) => {
        const x = event.clientX - stage.getBoundingClientRect().left - view.origin()[0];
        const pointed = view.scale(drag.scale).invert(x);
        const gap = (place) => Math.abs(place - pointed);
        const nearest = drag.places.reduce((a, b) => (gap(b) < gap(a) ? b : a));
        inputs[controls.findIndex((c) => c.name === drag.control)].value =
          drag.places.indexOf(nearest);
        moved();
      });
    }
    show(); // a reloaded page may remember where its controls stood
  }

  // Calls `move` while the pointer drags; a finger has to go sideways first, else it scrolls.
  function follow(stage, move) {
    let start;
    stage.dataset.drag = "";
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      start = event.pointerType === "touch" && event;
      if (!start) move(event);
    });
    stage.addEventListener("pointermove", (event) => {
      if (!stage.hasPointerCapture(event.pointerId)) return;
      const across = Math.abs(event.clientX - start?.clientX);
      if (start && across < 10 + Math.abs(event.clientY - start.clientY)) return;
      start = false;
      move(event);
    });
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        wake(target).catch(console.error);
      }
    },
    { rootMargin: "600px" },
  );
  document.querySelectorAll(".move").forEach((figure) => near.observe(figure));
})();
