function render({ model, el }) {
  const weathers = model.get("weathers");
  const price = model.get("price"); // of a day on which so many chips lay
  const rounds = model.get("rounds");
  const rivals = model.get("rivals");
  const { chips: climate, floor } = model.get("climate");
  const longRun = model.get("long_run"); // what chips that leave nothing out cost on average
  const LAST = rounds[0].length;

  let bet = [2, 2, 2, 2],
    before = [],
    past = [],
    round = 0,
    best = null;
  const { status, say } = set_up(el, "forecaster");
  const rule = make("p", { class: "rule" });
  const rows = weathers.map((weather, i) => {
    const input = make("input", {
      type: "range",
      min: 0,
      max: 8,
      "aria-label": `chips on ${weather}`,
      oninput: () => put(i, Number(input.value)),
    });
    const slots = [...Array(8)].map((_, k) =>
      make("i", { onclick: () => put(i, bet[i] === k + 1 ? k : k + 1) }),
    );
    const cost = make("span", { class: "n" });
    const truth = make("span", { class: "truth" });
    const step = (by, sign, words) =>
      button(sign, () => put(i, bet[i] + by), {
        "aria-label": `one chip ${words} on ${weather}`,
        tabindex: -1,
      });
    const row = make(
      "div",
      { class: "bet" },
      make("span", { class: "who" }, icon(weather), weather),
      step(-1, "−", "less"),
      make("span", { class: "chips" }, ...slots, input),
      step(1, "+", "more"),
      truth,
      cost,
    );
    return { row, input, slots, cost, truth };
  });
  const hand = make("span");
  const undo = button("Undo", () => {
    if (!before.length) return say("There is nothing to undo.");
    bet = before.pop();
    say(`Back to ${held(bet)}.`);
    draw();
  });
  const one = button("Let the day come", () => come(1), { class: "lead" });
  const five = button("Five days", () => come(5));
  const again = button("New round", begin);
  const days = make("ol", { class: "days", "aria-label": "what each day cost you" });
  const signs = make("div", { class: "signs", "aria-hidden": "true" });
  const board = make("ul", { class: "board" });
  el.append(
    rule,
    ...rows.map(({ row }) => row),
    make("div", { class: "hand" }, hand, undo),
    make("div", { class: "go" }, one, five, again),
    status,
    make("p", { class: "small" }, "What each day cost you:"),
    days,
    signs,
    make("p", { class: "small" }, "Paid a day, on average (shorter is better):"),
    board,
  );

  const held = (chips) => weathers.map((weather, i) => `${weather} ${chips[i]}`).join(", ");
  const free = () => 8 - sum(bet);

  // Brings the chips on one weather to n: from the hand first, then from where most of them lie.
  function put(i, n) {
    if (n < 0 || n > 8 || n === bet[i]) return draw();
    before.push([...bet]);
    while (bet[i] < n) {
      if (!free()) {
        const others = bet.map((chips, k) => (k === i ? -1 : chips));
        bet[others.indexOf(Math.max(...others))]--;
      }
      bet[i]++;
    }
    bet[i] = n;
    say(`Now ${held(bet)}${free() ? `, and ${count(free(), "chip")} in your hand` : ""}.`);
    draw();
  }

  function come(n) {
    if (past.length === LAST) return say("The twenty days are over. A new round brings new ones.");
    if (free()) return say(`First put the ${count(free(), "chip")} in your hand somewhere.`);
    const first = past.length;
    while (n-- && past.length < LAST) {
      const weather = Number(rounds[round % rounds.length][past.length]);
      past.push({ weather, bet: [...bet], cost: price[bet[weather]] });
    }
    const { weather, cost } = past.at(-1);
    const came = past.slice(first);
    const never = " You had said never, and it came.";
    const laid = bet[weather];
    const list = came.map((day) => `${weathers[day.weather]} ${shown(day.cost)}`).join(", ");
    if (came.length > 1)
      say(`Days ${first + 1} to ${past.length}: ${list}.${list.includes("∞") ? never : ""}`);
    else
      say(
        `Day ${past.length}: ${weathers[weather]}. ` +
          (laid
            ? `${count(laid, "chip")} lay on it: you pay ${shown(cost)}.`
            : `No chip lay on it: you pay ∞.${never}`),
      );
    if (past.length === LAST) finish();
    draw();
  }

  // The average of those costs; after an ∞, also of the days that had a price.
  function paid(costs) {
    const finite = costs.filter((cost) => cost !== null);
    const rest = finite.length ? sum(finite) / finite.length : null;
    return { rest, days: finite.length, mean: finite.length < costs.length ? null : rest };
  }
  const mine = () => paid(past.map((day) => day.cost));
  const theirs = ({ chips }) => paid(past.map((day) => price[chips[day.weather]]));
  const keeper = () => theirs(rivals[0]).mean;

  function finish() {
    const { mean, rest } = mine();
    const waste = mean - keeper();
    const ahead = sum(past.map((day) => longRun[day.bet.join("")])) / LAST; // not a number after a never
    const long = ahead
      ? `A thousand days with your chips would cost about ${shown(ahead)} each: ${shown(floor)} is the weather's own, ${shown(ahead - floor)} wasted.`
      : "On some evening a weather had no chip. Over a thousand days that is paid for: ∞.";
    const now =
      mean === null
        ? `You paid ∞ (${shown(rest)} on the other days); the keeper, who knows the climate, ${shown(keeper())} on all.`
        : waste < 0
          ? `You paid ${shown(mean)} a day, ${shown(-waste)} less than the keeper, who knows the climate. That was luck.`
          : `You paid ${shown(mean)} a day: ${shown(keeper())} the keeper paid, who knows the climate, ${shown(waste)} you wasted.`;
    rule.textContent = `${now} ${long} (The unit, the price of one halving, is a bit.)`;
    status.textContent += " The round is over: above, your bill and the climate.";
    if (mean !== null && (best === null || mean < best)) best = mean;
  }

  function begin() {
    const played = past.length;
    const last = mine().mean;
    const record = best === null || best === last ? "" : `, your best ${shown(best)}`;
    const beat = played === LAST ? `Last time ${shown(last)}${record}: beat it. ` : "";
    if (played) round++;
    past = [];
    before = [];
    rule.textContent = model.get("rule");
    say(
      `${beat}${round ? "New days, the same harbour." : "You don't know this harbour yet."} Where do you put your chips?`,
    );
    draw();
  }

  function draw() {
    const over = past.length === LAST;
    el.classList.toggle("over", over);
    rows.forEach(({ input, slots, cost, truth }, i) => {
      slots.forEach((slot, k) => (slot.className = k < bet[i] ? "on" : ""));
      input.value = bet[i];
      input.setAttribute("aria-valuetext", `${bet[i]} of 8, costs ${shown(price[bet[i]])} if it comes`);
      const came = past.filter((day) => day.weather === i).length;
      const mean = sum(past.map((day) => day.bet[i])) / LAST;
      cost.textContent = over ? "" : shown(price[bet[i]]);
      truth.replaceChildren(
        ...(over
          ? [
              line(climate[i], "", `climate ${climate[i]}`),
              line(mean, "yours", `you ${mean.toFixed(1)}`),
              line((came * 8) / LAST, "came", `came on ${count(came, "day")}`),
            ]
          : []),
      );
    });
    hand.textContent = free()
      ? `${count(free(), "chip")} in your hand`
      : "All eight are placed. Right: the price if it comes.";
    undo.setAttribute("aria-disabled", !before.length);
    for (const go of [one, five]) go.setAttribute("aria-disabled", over || free() > 0);
    days.replaceChildren(
      ...[1, 2, 3].map((n) => mark(n, "li")),
      ...past.map(({ weather, cost }, k) =>
        make(
          "li",
          { class: cost === null ? "day never" : "day" },
          piece("i", cost, cost === null ? "hatched" : ""),
          told(`day ${k + 1}: ${weathers[weather]}, ${shown(cost)}`),
        ),
      ),
    );
    signs.replaceChildren(...past.map(({ weather }) => icon(weathers[weather])));
    const players = [
      { name: "you", kind: "you", ...mine() },
      ...rivals.map((rival, k) => ({ ...rival, kind: k ? "" : "keeper", ...theirs(rival) })),
    ];
    board.replaceChildren(...players.map((player) => standing(player, over)));
  }

  const line = (n, look, text) => make("span", {}, piece("i", n, look), text);

  function standing({ name, kind, chips, mean, rest, days }, over) {
    const never = days < past.length;
    const bar = make("div");
    const part = (n, look) => bar.append(piece("i", n, look));
    if (never) part(3, "hatched");
    else if (over && kind === "you") {
      part(Math.min(mean, keeper()), "floor");
      part(Math.abs(mean - keeper()), mean < keeper() ? "saved" : "hatched");
    } else if (days) part(mean);
    const amount = make("span", { class: "amount n" }, past.length ? shown(mean) : "–");
    if (never && days) amount.append(make("small", {}, `${shown(rest)} on the other ${days}`));
    const laid = make("small");
    if (over && chips)
      laid.append(make("span", { "aria-hidden": "true" }, chips.join(" · ")), told(held(chips)));
    return make(
      "li",
      { class: `${kind}${never ? " never" : ""}` },
      name,
      make("div", { class: "bar" }, bar, laid),
      amount,
    );
  }

  begin();
}
export default { render };
