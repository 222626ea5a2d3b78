function render({ model, el }) {
  const passages = model.get("passages"); // what is shown, what is to be guessed
  const bits = model.get("bits"); // of each model for each letter
  const guesses = model.get("guesses"); // that the model of five letters would need
  const nothing = model.get("nothing");
  const spread = model.get("spread"); // n log2 n, for the upper bound
  const least = model.get("least"); // what a letter found at so many guesses adds to the lower bound
  const SYMBOLS = "abcdefghijklmnopqrstuvwxyz ";
  const FIVE = "five letters";
  const LENGTH = passages[0][1].length;
  const called = (letter) => (letter === " " ? "the space" : letter);

  let at = 0,
    verdict = "",
    tried = [],
    mine = [],
    found = []; // of this passage; found has all that were guessed
  const { status, say } = set_up(el, "next-letter");
  const input = make("input", {
    type: "text",
    maxlength: 1,
    autocomplete: "off",
    autocapitalize: "none",
    inputmode: "none",
    spellcheck: "false",
    "aria-label": "type a letter or a space",
    oninput: () => {
      const letter = input.value.toLowerCase();
      input.value = "";
      if (SYMBOLS.includes(letter)) guess(letter);
    },
  });
  const keys = [...SYMBOLS].map((letter) =>
    button(letter === " " ? "␣" : letter, () => guess(letter), { "aria-label": called(letter) }),
  );
  const title = make("p", { class: "title n" });
  const text = make("p", { class: "text" });
  const slots = make("ol", { class: "slots", "aria-label": "the letters found in this passage" });
  const next = button("Next passage", () => {
    begin();
    input.focus(); // typing goes on
  });
  const head = make("p", { class: "small head n" });
  const board = make("ul", { class: "board n" });
  const note = make("p", { class: "small remark" });
  el.append(
    make("p", {}, model.get("rule")),
    title,
    text,
    slots,
    make("div", { class: "typing" }, make("label", {}, "Type here: ", input), next),
    status,
    make("div", { class: "keys", role: "group", "aria-label": "letters" }, ...keys),
    head,
    board,
    note,
  );

  roam(keys, (k, key) => k + { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -9, ArrowDown: 9 }[key]); // nine in a row

  const place = () => (drawn + at) % passages.length;
  const wanted = () => passages[place()][1][mine.length];

  function guess(letter) {
    if (mine.length === LENGTH) return say(`${verdict} Next passage brings another.`);
    if (tried.includes(letter)) return say(`You have tried ${called(letter)}.`);
    tried.push(letter);
    if (letter !== wanted()) say(`Not ${called(letter)}. Guess ${tried.length + 1}?`);
    else {
      const k = mine.length;
      mine.push(tried.length);
      found.push({ guesses: tried.length, place: place(), k });
      tried = [];
      const theirs = `the model needs ${guesses[place()][k]} and pays ${shown(bits[FIVE][place()][k])} bits`;
      const all = `${LENGTH} letters: you needed ${sum(mine)} guesses, the model ${sum(guesses[place()])}.`;
      verdict = mine.length === LENGTH ? ` ${all}` : "";
      say(`Yes, ${called(letter)}: ${count(mine[k], "guess").replace("sss", "sses")}; ${theirs}.${verdict}`);
    }
    draw();
  }

  function begin() {
    if (mine.length || tried.length) at++;
    tried = [];
    mine = [];
    say(`Passage ${at + 1}. Which letter comes next?`);
    draw();
  }

  // Shannon's two bounds, from how often each number of guesses was needed.
  function bounds() {
    const times = least.map((_, rank) => found.filter((letter) => letter.guesses === rank).length);
    return {
      low: sum(found.map((letter) => least[letter.guesses])) / found.length,
      high: (spread[found.length] - sum(times.map((n) => spread[n]))) / found.length,
    };
  }

  function draw() {
    const [before, after] = passages[place()];
    const done = mine.length === LENGTH;
    title.textContent = `Passage ${at + 1}: ${done ? "complete" : `letter ${mine.length + 1} of ${LENGTH}`}`;
    text.replaceChildren(
      "… ",
      before,
      make("b", {}, after.slice(0, mine.length)),
      done ? " …" : make("span", { class: "gap", "aria-hidden": "true" }, "?"),
    );
    const cell = (look, content, words) =>
      make("span", { class: look }, make("span", { "aria-hidden": "true" }, content), told(words));
    slots.replaceChildren(
      make(
        "li",
        { class: "names", "aria-hidden": "true" },
        make("span", {}, ""),
        make("span", {}, "you"),
        make("span", {}, "model"),
      ),
      ...[...after].map((letter, k) => {
        const known = k < mine.length;
        if (!known)
          return make(
            "li",
            { class: k === mine.length ? "here" : "", "aria-hidden": "true" },
            cell("box", "", ""),
            cell("mine", "", ""),
            cell("theirs", "", ""),
          );
        return make(
          "li",
          {},
          cell("box", letter === " " ? "␣" : letter, called(letter)),
          cell("mine", mine[k], `you ${mine[k]}`),
          cell("theirs", guesses[place()][k], `the model ${guesses[place()][k]}`),
        );
      }),
    );
    keys.forEach((key, k) => key.setAttribute("aria-disabled", done || tried.includes(SYMBOLS[k])));
    const n = found.length;
    head.textContent = n
      ? `Bits a letter, over the ${count(n, "letter")} found so far (shorter is better):`
      : "Bits a letter (shorter is better):";
    const rows = Object.entries(bits).map(([name, table]) => ({
      name,
      mean: n ? sum(found.map(({ place, k }) => table[place][k])) / n : null,
    }));
    const { low, high } = n ? bounds() : {};
    const row = (look, name, parts, amount) =>
      make(
        "li",
        { class: look },
        name,
        make("span", { class: "bar", "aria-hidden": "true" }, ...parts),
        make("span", {}, amount),
      );
    board.replaceChildren(
      row(
        "you",
        "you",
        n ? [piece("i", Math.min(low, high), "sure"), piece("i", Math.abs(high - low), "range")] : [],
        !n ? "–" : low > high ? "too early" : `${shown(low)} – ${shown(high)}`,
      ),
      ...rows.map(({ name, mean }) => row("", name, n ? [piece("i", mean)] : [], n ? shown(mean) : "–")),
      row("", "knows nothing", [piece("i", nothing, "flat")], shown(nothing)),
    );
    note.textContent =
      low > high
        ? `You: too few letters yet. Shannon's lower bound, ${shown(low)}, lies above the upper one, ${shown(high)}: they have crossed, and mean nothing. Play on.`
        : "You: Shannon's lower and upper bound of 1951, from how often you needed one guess, two, three … They are rough while the letters are few. The models: what they really pay.";
  }

  begin();
}
export default { render };
