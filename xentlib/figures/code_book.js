function render({ model, el }) {
  const weathers = model.get("weathers");
  const climates = model.get("climates"); // days in eight, by weather
  const days = model.get("days"); // the same in words
  const lowest_price = model.get("lowest");
  const best = model.get("best"); // how long each word is in the best book
  const books = model.get("books"); // average prices by the words' lengths, by climate
  const says = model.get("says");
  const places = Object.keys(climates);
  const KNOWN = 2; // places; the others are hidden until both have their best book
  const WORDS = ["0", "1", "00", "01", "10", "11", "000", "001", "010", "011", "100", "101", "110", "111"];
  const SHARE = { 1: 4, 2: 2, 3: 1 }; // of the tree, in eighths
  const EIGHTHS = ["nothing", "1/8", "1/4", "3/8", "half", "5/8", "3/4", "7/8", "all"];

  let words = weathers.map(() => null),
    chosen = 0,
    place = "south",
    last = null, // the word that was cut just now
    visits = 0;
  const lowest = {}; // that you paid, by place
  const found = new Set(); // places with their best book
  const { status, say } = set_up(el, "code-book");
  const radio = (name, label, onchange) => {
    const input = make("input", { type: "radio", name, onchange });
    return { input, label: make("label", {}, input, label) };
  };
  const picks = weathers.map((weather, i) => {
    const text = make("span", { class: "pick" });
    return {
      text,
      ...radio("weather", text, () => {
        chosen = i;
        last = null;
        draw();
      }),
    };
  });
  const skies = places.slice(0, KNOWN).map((name) =>
    radio("place", make("span", { class: "pick" }, `in the ${name}`), () => travel(name)),
  );
  const cells = WORDS.map((word) => button("", () => cut(word)));
  const tree = make(
    "div",
    { class: "tree", role: "group", "aria-label": "the tree of all words: the arrow keys walk in it" },
    ...cells,
  );
  const used = make("div", { class: "used" });
  const budget = make("p", { class: "small" });
  const bill = make("p", { class: "bill n" });
  const record = make("p", { class: "small record n" });
  const area = make("div", { class: "area", "aria-hidden": "true" });
  const again = button("", () => {
    const leaves = fits() && open();
    words = weathers.map(() => null);
    chosen = 0;
    if (leaves) return travel(places[KNOWN + (visits++ % (places.length - KNOWN))]);
    say("The tree is whole again.");
    draw();
  });
  el.append(
    make("p", {}, model.get("rule")),
    make(
      "form",
      { class: "go" },
      make("fieldset", { "aria-label": "climate" }, ...skies.map(({ label }) => label)),
      again,
    ),
    make(
      "form",
      { class: "weathers" },
      make("fieldset", { "aria-label": "whose word is cut next" }, ...picks.map(({ label }) => label)),
    ),
    tree,
    make("div", { class: "budget", "aria-hidden": "true" }, used),
    budget,
    status,
    bill,
    record,
    area,
  );

  const owner = (word) => words.indexOf(word);
  // The weather whose word shuts this one out: above it, or below it.
  const above = (word) =>
    words.findIndex((other, i) => i !== chosen && other && other !== word && word.startsWith(other));
  const below = (word) =>
    words.findIndex((other, i) => i !== chosen && other && other !== word && other.startsWith(word));
  const flashes = (word) => count(word.length, "flash").replace("hs", "hes");
  const taken = () => sum(words.filter(Boolean).map((word) => SHARE[word.length]));
  const cost = () => books[words.map((word) => word?.length).join("")]?.[places.indexOf(place)];
  const fits = () => cost() === lowest_price[place];
  const open = () => places.slice(0, KNOWN).every((name) => found.has(name));

  roam(cells, (k, key) => {
    const row = WORDS.filter((other) => other.length === WORDS[k].length);
    const here = row.indexOf(WORDS[k]);
    return WORDS.indexOf(
      {
        ArrowLeft: row[here - 1],
        ArrowRight: row[here + 1],
        ArrowUp: WORDS[k].slice(0, -1),
        ArrowDown: `${WORDS[k]}0`,
      }[key],
    );
  });

  function cut(word) {
    const old = owner(word);
    if (old >= 0 && (old === chosen || word === last)) {
      chosen = old;
      words[chosen] = null;
      say(`${weathers[chosen]} gives ${word} back. Left of the tree: ${EIGHTHS[8 - taken()]}.`);
    } else if (old >= 0) {
      const given = words[chosen];
      [words[old], words[chosen]] = [given, word];
      say(
        `${weathers[chosen]} takes ${word} from ${weathers[old]}, ${given ? `and gives ${given}` : "which has none now"}. ${verdict()}`,
      );
      advance(word);
    } else if (above(word) >= 0) {
      return say(
        `${word} begins with ${words[above(word)]}, the word for ${weathers[above(word)]}: a ship would stop reading there.`,
      );
    } else if (below(word) >= 0) {
      return say(
        `Below ${word} grows ${words[below(word)]}, the word for ${weathers[below(word)]}: a ship could not tell them apart.`,
      );
    } else {
      words[chosen] = word;
      say(`${weathers[chosen]} has ${word}, ${flashes(word)}. ${verdict()}`);
      advance(word);
    }
    draw();
  }

  // The next without a word is chosen; when all have one, the choice stays.
  function advance(word) {
    last = word;
    const next = words.indexOf(null);
    if (next >= 0) chosen = next;
  }

  function weigh() {
    const now = cost();
    if (now && !(now >= lowest[place])) lowest[place] = now;
    if (fits()) found.add(place);
    return now;
  }

  function verdict() {
    const missing = weathers.filter((_, i) => !words[i]);
    const left = 8 - taken();
    if (missing.length && !left) return `The tree is used up, and ${missing.join(" and ")} can't be sent: ∞.`;
    if (missing.length) return `Left of the tree: ${EIGHTHS[left]}.`;
    const now = weigh();
    const then = open() ? says.open : place === "south" ? says.north : says.south;
    if (fits()) return `The best book! A day costs ${now} flashes, and no book is cheaper: ${says.why[place] ?? says.trade} ${then}`;
    const spare = left ? `Unused: ${EIGHTHS[left]} of the tree.` : "The whole tree is in use.";
    return `A day costs ${now} flashes${now < 2 ? ", less than two for each" : ""}. ${spare} Can it be cheaper?`;
  }

  function travel(name) {
    place = name;
    last = null;
    const now = weigh();
    const more = fits()
      ? "no book is cheaper here"
      : `${now - lowest_price[place]} more than the best book for the ${place}. Can you cut it?`;
    say(`${says.come[place]} ${now ? `Your book costs ${now} flashes a day here: ${more}` : says.cut}`);
    draw();
  }

  function draw() {
    picks.forEach(({ text, input }, i) => {
      input.checked = i === chosen;
      text.replaceChildren(
        icon(weathers[i]),
        make("span", {}, weathers[i], make("small", {}, days[place][i])),
        make("b", {}, words[i] ?? "–"),
      );
    });
    skies.forEach(({ input }, k) => (input.checked = places[k] === place));
    cells.forEach((cell, k) => {
      const word = WORDS[k];
      const whose = owner(word);
      const shut = whose < 0 && (above(word) >= 0 ? "closed" : below(word) >= 0 ? "trunk" : "");
      cell.className = whose >= 0 ? "cut" : shut;
      cell.setAttribute("aria-disabled", Boolean(shut));
      cell.setAttribute(
        "aria-label",
        `${word}: ${flashes(word)}, ${EIGHTHS[SHARE[word.length]]} of the tree, ${whose >= 0 ? `word for ${weathers[whose]}` : shut ? "shut" : "free"}`,
      );
      cell.replaceChildren(...(whose >= 0 ? [icon(weathers[whose])] : []), word);
    });
    used.style.setProperty("--n", taken());
    budget.textContent = `In use: ${EIGHTHS[taken()]} of the tree`;
    const now = cost();
    again.textContent = fits() && open() ? "Next harbour" : "Start again";
    const known = places.indexOf(place) < KNOWN;
    const gone = taken() === 8 && now === undefined;
    bill.textContent = `A day in the ${place}: ${gone ? "∞" : (now ?? "?")} flashes`;
    area.classList.toggle("fits", fits());
    area.replaceChildren(
      ...[1, 2, 3].map((n) => mark(n)),
      ...weathers.map((weather, i) => {
        const column = make("div", { class: "column" });
        const length = words[i]?.length;
        const part = (n, look) => column.prepend(piece("i", n, look));
        column.style.setProperty("--days", climates[place][i]);
        if (!length) part(gone ? 3.6 : 0, gone ? "hatched" : "");
        else if (!(known ? found.size : found.has(place))) part(length, "");
        else {
          part(Math.min(length, best[place][i]), "");
          if (length > best[place][i]) part(length - best[place][i], "hatched");
          if (length < best[place][i]) part(best[place][i] - length, "saved");
        }
        column.append(icon(weather));
        return column;
      }),
    );
    const key = area.querySelector("i:is(.hatched, .saved)") && !gone ? says.key : says.area;
    record.textContent = `${key}${lowest[place] ? ` Your lowest in the ${place}: ${lowest[place]}.` : ""}`;
  }

  say("Sun is first. Which word shall it have?");
  draw();
}
export default { render };
