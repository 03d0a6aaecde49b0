// One run opened, and what changed since another: values come from ui/runs_view.py. Behind kit.js.

const MISSES_SHOWN = 20;
const opened = el("section", { className: "pc-section", hidden: true });

async function open(run, first = 0, every = false) {
  const page = await ask("show", { run, first, every });
  if (!page) return;
  const heading = el("h2", { tabIndex: -1 }, `${page.row.gold}, ${when(page.row.started)}`);
  const others = runs.filter((other) => other.finished && other.run !== run);
  const before = select([["", t("Compare with…")], ...others.map((other) =>
    [other.run, `${other.gold}, ${MODES[other.mode] ?? other.mode}, ${when(other.started)}`])]);
  before.setAttribute("aria-label", t("Compare with an earlier run"));
  const changed = el("div", { className: "pc-compared", attributes: { "aria-live": "polite" } });
  before.addEventListener("change", () => compare(before.value, run, changed));
  opened.replaceChildren(heading,
    el("p", "pc-lead", `${MODES[page.row.mode] ?? page.row.mode}, ${page.row.model}`),
    figureTable(page.figures),
    page.rest.length ? el("details", "", el("summary", "", t("All other figures")), figureTable(page.rest)) : null,
    el("div", "pc-row", button(t("Open the report"), "", () => show(page.row, { target: "_blank" })),
      button(t("Download the report"), "", () =>
        show(page.row, { download: `${page.row.gold}-${page.row.mode}-report.html` })),
      others.length ? before : null),
    changed, ...drawItems(page, run, first, every));
  opened.hidden = false;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

function rowsOf(heads, rows) {
  return scrolling(heads[0], el("table", "pc-table",
    el("thead", "", el("tr", "", ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", "", ...rows)));
}

const ARROWS = { higher: t("higher is better"), lower: t("lower is better"), neither: "" };

function figureTable(figures) {
  return rowsOf([t("Figure"), t("Value"), t("95 % interval"), t("Questions")], figures.map((figure) => el("tr", "",
    el("th", { scope: "row" }, figure.name, " ", el("span", "pc-hint", ARROWS[figure.better])),
    el("td", "pc-number", figure.value), el("td", "pc-number", figure.interval || "–"),
    el("td", "pc-number", number(figure.n)))));
}

// A tab of its own for the report: the address is of this page, and so is its security policy.
async function show(row, link) {
  const report = await ask("report", { run: row.run });
  if (report === undefined) return;
  const address = URL.createObjectURL(new Blob([report], { type: "text/html" }));
  el("a", { href: address, ...link }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function drawItems(page, run, first, every) {
  const heading = every ? counted("{count} question", "{count} questions", page.total)
    : page.total ? counted("{count} question went wrong", "{count} questions went wrong", page.total)
      : t("No question went wrong.");
  const turn = (label, at, possible) =>
    button(label, "", () => open(run, at, every), { disabled: !possible });
  const pager = page.total > MISSES_SHOWN ? el("nav", { className: "pc-pager",
    attributes: { "aria-label": t("Pages of the list") } },
    turn(t("Previous"), first - MISSES_SHOWN, first > 0),
    turn(t("Next"), first + MISSES_SHOWN, first + MISSES_SHOWN < page.total)) : null;
  const other = button(every ? t("Show only what went wrong") : t("Show every question"), "",
    () => open(run, 0, !every));
  return [el("h3", "", heading), el("div", "pc-row", other), ...page.shown.map(drawItem), pager]
    .filter(Boolean);
}

function drawItem(miss) {
  const lines = [[t("Went"), miss.reasons.join("; ") || t("right")],
    [t("Expected"), miss.expected.join(" | ") || "–"], [t("Answer"), miss.answer || "–"],
    ...miss.places.map((place) => [t("Right source"), ...drawPlace(place)])];
  const question = el("p", "pc-miss-question", miss.question);
  question.dir = "auto";
  return el("article", "pc-miss", question,
    el("dl", "pc-facts pc-bare", ...lines.flatMap(([name, ...values]) => {
      const shown = el("dd", "", ...values);
      shown.dir = "auto";
      return [el("dt", "", name), shown];
    })),
    miss.follow_up ? el("p", "pc-hint", t("Asked in a conversation, which Chat does not repeat.")) : null,
    openInChat(miss.question));
}

function drawPlace(place) {
  return [el("a", { href: window.pincite.address.to("/", "paragraph", place.paragraph) }, place.name),
    " ", el("span", "pc-hint", place.found)];
}

function openInChat(question) {
  return el("a", { href: window.pincite.address.to("/", "ask", question) }, t("Ask it in Chat"));
}

async function compare(before, after, shown) {
  if (!before) return shown.replaceChildren();
  shown.replaceChildren(el("p", "pc-hint", t("Comparing…")));
  const found = await ask("flips", { before, after });
  shown.replaceChildren(...(found ? drawComparison(found) : []));
}

function drawComparison(found) {
  const kinds = { better: "pc-good", worse: "pc-bad" };
  const verdicts = {
    better: t("better"), worse: t("worse"), differs: t("differs"), unclear: t("unclear"),
  };
  const changes = rowsOf([t("Figure"), t("Before"), t("After"), t("Change"), t("Questions"), ""],
    found.changes.map((row) => el("tr", "", el("th", { scope: "row" }, row.name),
      ...[row.before, row.after, row.change, number(row.n)].map((v) => el("td", "pc-number", v)),
      el("td", "", el("span", `pc-badge ${kinds[row.verdict] ?? "pc-plain"}`,
        verdicts[row.verdict] ?? row.verdict)))));
  const flips = found.flips.map((flip) => el("li", "",
    el("span", `pc-badge ${flip.better ? "pc-good" : "pc-bad"}`, flip.better ? t("better") : t("worse")),
    " ", el("bdi", "", flip.question), " ", el("span", "pc-hint", flip.figure),
    " ", openInChat(flip.question)));
  return [
    el("p", "", t("{questions}, {changes}. A change of a figure counts only when it is marked better or "
      + "worse.", { questions: counted("{count} question", "{count} questions", found.items),
      changes: counted("{count} change", "{count} changes", found.flips.length) })),
    found.settings.length ? el("p", "pc-hint", t("Made differently: {settings}", { settings: found.settings.join(", ") })) : null,
    found.changes.length ? changes : null, flips.length ? el("ul", "pc-flips", ...flips) : null,
  ].filter(Boolean);
}
