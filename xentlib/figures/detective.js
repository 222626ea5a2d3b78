function render({ model, el }) {
  const weathers = model.get("weathers");
  const climates = model.get("climates"); // days in eight: south, north
  const evidence = model.get("evidence"); // of a night, for the southern lamp, in bits
  const cases = model.get("cases"); // whether the lamp is northern, and its nights
  const waste = model.get("waste"); // bits a night that give each lamp away
  const drift = model.get("drift"); // the same until the last night
  const predicted = model.get("predicted"); // nights until so many bits, for each lamp
  const sure = model.get("sure");
  const oneIn = model.get("one_in"); // accusations that sure are wrong once in so many
  const alarms = model.get("false_alarms"); // their price, round by round
  const patience = model.get("patience"); // wrong, nights and bills of who waits for one bit, two, …
  const scales = model.get("scales"); // how far the plot reaches, and its marks
  const says = model.get("says");
  const LAMPS = ["southern", "northern"];
  const ROUND = 6;

  let at = ROUND * drawn, // the first case
    past = [],
    closed = [],
    open = true,
    round = 0;
  const { status, say } = set_up(el, "detective");
  const night = button("Another night", wait, { class: "lead" });
  const accuse = LAMPS.map((name, k) =>
    button(`${name[0].toUpperCase()}${name.slice(1)} lamp`, () => decide(k), { class: name }),
  );
  const habits = make(
    "ul",
    { class: "habits" },
    ...weathers.map((weather, w) => {
      const speaks =
        evidence[w] > 0
          ? `${count(evidence[w], "bit")} south`
          : evidence[w] < 0
            ? `${count(-evidence[w], "bit")} north`
            : "says nothing";
      return make(
        "li",
        {},
        icon(weather),
        make(
          "span",
          {},
          weather,
          told(`: ${climates[0][w]} of 8 southern days, ${climates[1][w]} of 8 northern; `),
        ),
        make(
          "span",
          { class: "pair", "aria-hidden": "true" },
          piece("i", climates[0][w], "p"),
          piece("i", climates[1][w], "q"),
        ),
        make("b", {}, speaks),
      );
    }),
  );
  const caption = make(
    "p",
    { class: "small" },
    "Days in eight, southern (left) and northern (right), and what such a night speaks for:",
  );
  const table = make("div", { class: "patience n" });
  const title = make("p", { class: "title n" });
  const plot = make("div", { class: "plot", "aria-hidden": "true" });
  const signs = make("ol", { class: "signs", "aria-label": "the nights so far" });
  const ledger = make("ol", { class: "ledger n", "aria-label": "the cases of this round" });
  const rule = make("p", { class: "rule" });
  el.append(
    rule,
    make("div", { class: "stack" }, make("div", {}, caption, habits), table),
    title,
    plot,
    signs,
    make("div", { class: "go" }, night, ...accuse),
    status,
    ledger,
  );

  const bits = () => sum(past.map((w) => evidence[w]));
  const spoken = (b) =>
    b ? `${count(Math.abs(b), "bit")} for the ${LAMPS[b > 0 ? 0 : 1]}` : "nothing for either";
  const truth = () => cases[at % cases.length][0];
  const total = () => sum(closed.map(({ bill }) => bill));
  const turn = () => round % alarms.length;
  const alarm = () => alarms[turn()];

  function wait() {
    const nights = cases[at % cases.length][1];
    if (!open) return next();
    if (past.length === nights.length) return say("He signals no more: decide now.");
    const w = Number(nights[past.length]);
    past.push(w);
    const now = evidence[w] ? `${spoken(evidence[w])}` : "which speaks for neither";
    say(`Night ${past.length}: ${weathers[w]}, ${now}. Together: ${spoken(bits())}.`);
    draw();
  }

  function decide(lamp) {
    if (!open) return say("This case is closed. Next case brings another lamp.");
    open = false;
    const right = lamp === truth();
    const had = lamp ? -bits() : bits();
    const bill = past.length + (right ? 0 : alarm());
    closed.push({ right, bill, nights: past.length });
    const most = Math.min(Math.abs(had), sure.length - 1);
    const weight =
      had > 0
        ? `${count(had, "bit")} for it: ${sure[most]} sure`
        : had < 0
          ? `${count(-had, "bit")} against it`
          : "no evidence at all: as good as a coin";
    const took =
      right && had > 0
        ? ` At ${waste[lamp]} bits a night the average line reaches that after ${predicted[lamp][had].toFixed(1)} nights; it took ${past.length}.`
        : "";
    const odds = !right && had > 0 ? ` Of accusations as sure as that, ${oneIn[most]} is wrong.` : "";
    say(
      `${right ? "Right" : "No"}, it is the ${LAMPS[truth()]}. You had ${weight}.${took}${odds} Bill: ${bill}.`,
    );
    draw();
  }

  function next() {
    at++;
    past = [];
    open = true;
    if (closed.length === ROUND) {
      round++;
      closed = [];
      say(`A false alarm costs ${alarm()} from now on. A new lamp. Wait, or accuse?`);
    } else say(`Case ${closed.length + 1}. A new lamp; the coin has no memory. Wait, or accuse?`);
    draw();
  }

  function draw() {
    const over = closed.length === ROUND;
    night.textContent = open ? "Another night" : over ? "New round" : "Next case";
    accuse.forEach((choice) => choice.setAttribute("aria-disabled", !open));
    title.textContent = `Case ${closed.length + (open ? 1 : 0)} of ${ROUND}, ${count(past.length, "night")}: ${spoken(bits())}`;
    const path = past.map((_, k) => [k + 1, sum(past.slice(0, k + 1).map((w) => evidence[w]))]);
    const line = [[0, 0], ...path].map(([x, b]) => `${x},${-b}`).join(" ");
    const slope = [24, truth() ? drift[1] : -drift[0]];
    const far = Math.max(...path.map(([, b]) => Math.abs(b)), 0);
    const [top, ...marks] = scales.find(([reach]) => far < reach);
    plot.style.setProperty("--top", top);
    rule.textContent = model.get("rule") + says[turn()];
    plot.innerHTML = `<svg viewBox="0 ${-top} 24 ${2 * top}" preserveAspectRatio="none"><rect class="p" width="24" y="${-top}" height="${top}"/><rect class="q" width="24" height="${top}"/>
<path d="M0 0H24"/>${open ? "" : `<path class="slope" d="M0 0L${slope}"/>`}<polyline points="${line}"/></svg><span class="south">southern</span><span class="north">northern</span>`;
    if (!open) plot.append(make("span", { class: truth() ? "key" : "key low" }, says.slope[truth()]));
    plot.append(...[...marks, 0, ...marks.map((n) => -n)].map((n) => mark(n)));
    plot.querySelectorAll(".at").forEach((label) => (label.textContent = label.textContent.replace("-", "")));
    signs.replaceChildren(...past.map((w) => make("li", {}, icon(weathers[w]), told(weathers[w]))));
    ledger.replaceChildren(
      ...[...Array(ROUND)].map((_, k) => {
        const done = closed[k];
        const look = done ? (done.right ? "hit" : "miss") : "";
        return make(
          "li",
          { class: look },
          done ? `${done.right ? "✓" : "✗"} ${done.bill}` : "·",
          told(
            done
              ? ` ${done.right ? "right" : "wrong"}, ${count(done.nights, "night")}`
              : ` case ${k + 1}, not yet`,
          ),
        );
      }),
      make("li", { class: "sum" }, `Bill: ${total() + (open ? past.length : 0)}`),
    );
    habits.parentElement.classList.toggle("gone", over);
    const bills = patience.map(([, , ...all]) => all[turn()]);
    const cheapest = Math.min(...bills);
    const row = (texts, look = "") =>
      make("li", { class: look }, ...texts.map((text) => make("span", {}, text)));
    const rows = patience.map(([wrong, nights], k) =>
      row(
        [count(k + 1, "bit"), nights.toFixed(1), `${wrong.toFixed(1)}%`, shown(bills[k])],
        bills[k] === cheapest ? "cheapest" : "",
      ),
    );
    table.replaceChildren(
      ...(over
        ? [
            make(
              "p",
              {},
              `Six cases, ${count(closed.filter((done) => !done.right).length, "false alarm")} at ${alarm()}: you paid ${shown(total() / ROUND)} a case. In the long run:`,
            ),
            make(
              "ul",
              {},
              row(["who waits for", "takes nights", "is wrong", "pays a case"], "small"),
              ...rows,
            ),
            make("p", { class: "small" }, says.note),
          ]
        : []),
    );
  }

  say("A lamp in the dark. Wait for a night, or accuse at once?");
  draw();
}
export default { render };
