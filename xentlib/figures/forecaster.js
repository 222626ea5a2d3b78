function render({ model, el }) {
  // Prices go by the chips on what came; harbours have each bet's long run; rivals: at first, later.
  const tables = ["weathers", "price", "rounds", "harbours", "rivals", "says"];
  const [weathers, price, rounds, harbours, rivals, says] = tables.map((name) => model.get(name));
  const LAST = rounds[0][1].length;

  let [bet, before, past, round] = [[2, 2, 2, 2], [], [], 0];
  const hidden = rounds.slice(1);
  const coast = new Map(); // and the waste there
  const { status, say } = set_up(el, "forecaster");
  const rule = make("p", { class: "rule" });
  const rows = weathers.map((weather, i) => {
    const label = `chips on ${weather}`;
    const input = make("input", { type: "range", max: 8, "aria-label": label, oninput: () => put(i, +input.value) });
    const slots = [...Array(8)].map(() => make("i"));
    const chips = make("span", { class: "chips" }, ...slots, input);
    grip(chips, i);
    const cost = make("span", { class: "n" });
    const truth = make("span", { class: "truth" });
    const step = (by, sign, words) =>
      button(sign, () => put(i, bet[i] + by), { "aria-label": `one chip ${words} on ${weather}`, tabindex: -1 });
    const who = make("span", { class: "who" }, icon(weather), weather);
    const row = make("div", { class: "bet" }, who, step(-1, "−", "less"), chips, step(1, "+", "more"), truth, cost);
    return { row, input, slots, cost, truth };
  });
  const hand = make("span");
  const undo = button("Undo", () => {
    if (!before.length) return say(says.still);
    bet = before.pop();
    say(`Back to ${held(bet)}.`);
    draw();
  });
  const one = button("Let the day come", () => come(1), { class: "lead" });
  const five = button("Five days", () => come(5));
  const again = button("Next harbour", begin);
  const days = make("ol", { class: "days", "aria-label": says.days });
  const signs = make("div", { class: "signs", "aria-hidden": "true" });
  const board = make("ul", { class: "board" });
  const small = (text) => make("p", { class: "small n" }, text);
  const found = small("");
  const hold = make("div", { class: "hand" }, hand, undo);
  const go = make("div", { class: "go" }, one, five, again);
  el.append(rule, ...rows.map(({ row }) => row), hold, go, status, small(says.board), board);
  el.append(small(says.days), days, signs, found);

  const held = (chips) => weathers.map((weather, i) => `${weather} ${chips[i]}`).join(", ");
  const over = () => past.length === LAST;
  const free = () => 8 - sum(bet);
  const kept = () => `${count(free(), "chip")} in your hand`;

  // Brings n chips to a weather: from the hand first, then from where most lie, but no last one.
  function put(i, n) {
    if (n < 0 || n === bet[i]) return draw();
    before.push([...bet]);
    lay(i, n);
  }

  function lay(i, n) {
    bet[i] = Math.min(n, bet[i]);
    while (bet[i] < n) {
      if (!free()) {
        const others = bet.map((chips, k) => (k === i ? -1 : chips));
        const most = Math.max(...others);
        if (most < 2) break;
        bet[others.indexOf(most)]--;
      }
      bet[i]++;
    }
    say(bet[i] < n ? says.last : `Now ${held(bet)}${free() ? `, and ${kept()}` : ""}.`);
    draw();
  }

  // A tap or swipe brings the chips up to its slot; a swipe to another row brings a chip there.
  function grip(chips, i) {
    let from = null;
    const at = ({ clientX, clientY }) => {
      const { left, top, width, height } = chips.getBoundingClientRect();
      return [(8 * (clientX - left)) / width + 0.5, i + (clientY - top) / height - 0.5].map((n) => +n.toFixed(0));
    };
    chips.onpointerdown = (event) => {
      from = { at: at(event), bet };
      chips.setPointerCapture(event.pointerId);
    };
    chips.onpointermove = (event) => {
      if (!from) return;
      const [n, row] = at(event);
      from.moved ||= `${[n, row]}` !== `${from.at}`;
      if (!from.moved) return;
      bet = [...from.bet];
      if (row === i || !(row in bet) || !bet[i]) return lay(i, Math.max(0, Math.min(8, n)));
      bet[i]--;
      lay(row, bet[row] + 1);
    };
    chips.onpointerup = () => {
      if (from?.moved) before.push(from.bet);
      else if (from) put(i, from.at[0] - (from.at[0] === bet[i]));
      from = null;
    };
    chips.onpointercancel = () => {
      bet = from.bet;
      from = draw();
    };
  }

  function come(n) {
    if (over()) return say(says.ended);
    if (free()) return say(`First put the ${kept()} somewhere.`);
    const first = past.length;
    while (n-- && !over()) {
      const weather = +game()[1][(past.length + (round ? 0 : drawn)) % LAST];
      past.push({ weather, bet: [...bet], cost: price[bet[weather]] });
    }
    const { weather, cost } = past.at(-1);
    const came = past.slice(first);
    const list = came.map((day) => `${weathers[day.weather]} ${shown(day.cost)}`).join(", ");
    const laid = bet[weather] ? count(bet[weather], "chip") : "No chip";
    const one = `Day ${past.length}: ${weathers[weather]}. ${laid} lay on it: you pay ${shown(cost)}`;
    const all = came[1] ? `Days ${first + 1} to ${past.length}: ${list}` : one;
    say(`${all}.${list.includes("∞") ? says.came : ""}`);
    if (over()) finish();
    draw();
  }

  // The average; after an ∞, also of the other days.
  function paid(costs) {
    const finite = costs.filter((cost) => cost !== null);
    const rest = finite.length ? sum(finite) / finite.length : null;
    return { rest, days: finite.length, mean: finite.length < costs.length ? null : rest };
  }
  const mine = () => paid(past.map((day) => day.cost));
  const theirs = ({ chips }) => paid(past.map((day, k) => price[chips ? chips[day.weather] : game()[2][k]]));
  const game = () => (round ? hidden[(5 * drawn + round - 1) % hidden.length] : rounds[0]);
  const harbour = () => harbours[game()[0]];
  const keeper = () => theirs(harbour()).mean;
  const others = () => [{ ...harbour(), name: "keeper" }, ...rivals[round ? 1 : 0]];

  function finish() {
    const { name, floor, long_run } = harbour();
    const { mean, rest } = mine();
    const ahead = sum(past.map((day) => long_run[day.bet.join("")])) / LAST || null; // after a never
    const wasted = ahead && ahead - floor;
    const amounts = [mean, rest, keeper(), ahead, floor, wasted, game()[3], keeper() - mean].map(shown);
    const tell = (key) => says[key].replace(/\d/g, (k) => amounts[k]);
    const now = tell(mean === null ? "never" : mean < keeper() ? "luck" : "paid");
    rule.textContent = `It was the ${name}. ${now} ${tell(ahead ? "long" : "endless")}`;
    status.textContent += tell(!round ? "over" : ahead && wasted < game()[3] ? "won" : "lost");
    coast.set(name, wasted);
    rule.scrollIntoView({ block: "nearest" });
  }

  function begin() {
    if (past.length) round++;
    past = [];
    before = [];
    rule.textContent = round ? says.hidden : model.get("rule");
    say(round ? says.begin : says.first);
    draw();
  }

  function draw() {
    const climate = over() ? harbour().chips : bet;
    el.classList.toggle("over", over());
    const known = [...coast].map(([name, waste]) => `${name} ${shown(waste)}`).join(", ");
    found.textContent = `${says.coast} ${known || "–"}. Unknown harbours: ${harbours.length - coast.size}.`;
    rows.forEach(({ input, slots, cost, truth }, i) => {
      slots.forEach((slot, k) => (slot.className = k < bet[i] ? "on" : ""));
      input.value = bet[i];
      input.setAttribute("aria-valuetext", `${bet[i]} of 8, costs ${shown(price[bet[i]])} if it comes`);
      const came = past.filter((day) => day.weather === i).length;
      const mean = sum(past.map((day) => day.bet[i])) / LAST;
      cost.textContent = over() ? "" : shown(price[bet[i]]);
      const days = line((came * 8) / LAST, "came", `came on ${count(came, "day")}`);
      const laid = line(mean, "yours", `you ${mean.toFixed(1)}`);
      truth.replaceChildren(line(climate[i], "", `climate ${climate[i]}`), laid, days);
    });
    hand.textContent = free() ? kept() : says.placed;
    undo.setAttribute("aria-disabled", !before.length);
    for (const go of [one, five]) go.setAttribute("aria-disabled", over() || free() > 0);
    const bars = past.map(({ weather, cost }, k) => {
      const day = told(`day ${k + 1}: ${weathers[weather]}, ${shown(cost)}`);
      return make("li", { class: cost === null ? "day never" : "day" }, piece("i", cost), day);
    });
    days.replaceChildren(...[1, 2, 3].map((n) => mark(n, "li")), ...bars);
    signs.replaceChildren(...past.map(({ weather }) => icon(weathers[weather])));
    const all = [{ name: "you", ...mine() }, ...others().map((other) => ({ ...other, ...theirs(other) }))];
    board.replaceChildren(...all.map(standing));
  }

  const line = (n, look, text) => make("span", {}, piece("i", n, look), text);

  function standing({ name, chips, mean, rest, days }) {
    const never = days < past.length;
    const [bar, laid] = [make("div"), make("small")];
    const part = (n, look) => bar.append(piece("i", n, look));
    const [look, more] = [mean < keeper() ? "saved" : "hatched", Math.abs(mean - keeper())];
    if (never) part(3, "hatched");
    else if (over() && name === "you") {
      part(Math.min(mean, keeper()), "floor");
      part(more, look);
      laid.append(piece("i", 0, `key ${look}`), `${says[look]} ${shown(more)}`);
    } else if (days) part(mean);
    const amount = make("span", { class: "amount n" }, past.length ? shown(mean) : "–");
    if (never && days) amount.append(make("small", {}, `${shown(rest)} on the other ${days}`));
    if (over() && chips)
      laid.append(make("span", { "aria-hidden": "true" }, chips.join(" · ")), told(held(chips)));
    return make("li", { class: never ? `${name} never` : name }, name, make("div", { class: "bar" }, bar, laid), amount);
  }

  begin();
}
export default { render };
