// "Why was this not found?": values come from ui/why.py. Put behind kit.js.

function whySection() {
  const question = el("textarea", { className: "pc-input", rows: 2, dir: "auto" });
  const passage = el("textarea", { className: "pc-input", rows: 3, dir: "auto" });
  question.value = window.pincite.address.take("question");
  const result = el("div", { className: "pc-why-result", attributes: { "aria-live": "polite" } });
  const asker = button(t("Explain"), "pc-primary", explain);

  async function explain() {
    if (!question.value.trim() || !passage.value.trim()) {
      result.replaceChildren(el("p", "pc-hint", t("Fill in both fields.")));
      return;
    }
    asker.disabled = true;
    result.replaceChildren(el("p", "pc-hint", t("Comparing with every paragraph…")));
    const found = await ask("why", { question: question.value, passage: passage.value });
    asker.disabled = false;
    result.replaceChildren(...(found ? drawWhy(found) : []));
  }

  return section(t("Why was this not found?"),
    el("p", "pc-lead", t("See how a paragraph ranks for a question, among all paragraphs of the index.")),
    field(t("Question"), question),
    field(t("Sentence you expected"), passage, t("Paste its words, or a paragraph’s id or link.")),
    asker, result);
}

function drawWhy(found) {
  return found.note ? [el("p", "pc-note pc-warn", found.note)]
    : found.cards.map((card) => drawCard(card, found.paragraphs));
}

function drawCard(card, total) {
  const text = el("p", "pc-why-text", card.before, el("mark", "", card.best), card.after);
  text.dir = "auto";
  const rows = card.rows.map((row) => el("tr", "",
    el("th", { scope: "row" }, row.name), el("td", "pc-number", row.value),
    el("td", "pc-number", t("{count} of {total}", { count: row.rank, total }))));
  const head = el("tr", "", ...[t("Signal"), t("Value"), t("Rank")].map((h) => el("th", { scope: "col" }, h)));
  return el("article", "pc-why-card",
    el("h3", "", card.name, " ", el("span", "pc-hint", card.place)), text,
    el("p", "pc-verdict", card.verdict),
    card.reasons.length ? el("ul", "", ...card.reasons.map((reason) => el("li", "", reason))) : null,
    el("table", "pc-table pc-small", el("thead", "", head), el("tbody", "", ...rows)));
}
