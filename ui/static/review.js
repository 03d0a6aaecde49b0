// The review of drafted questions: values come from ui/review.py. Put behind kit.js and run.js.

const drafts = el("div", "pc-drafts");

async function reviewSection() {
  const made = section(t("Drafts to review"),
    el("p", "pc-lead", t("Questions made from what readers said of answers. An accepted one is measured "
      + "with from the next run on.")), drafts);
  await review();
  return made;
}

async function review() {
  const found = await ask("drafts");
  if (!found) return;
  drafts.replaceChildren(...(found.length ? found.map(drawDraft) : [el("p", "pc-empty-state",
    t("Nothing to review. Say in Chat whether an answer was right, or what the right one is."))]));
}

function quoteFields(quote) {
  const source = el("input", { className: "pc-input", value: quote?.document ?? "",
    placeholder: t("folder/document.txt"), attributes: { "aria-label": t("Document") } });
  const words = el("textarea", { className: "pc-input", rows: 2, value: quote?.quote ?? "", dir: "auto",
    placeholder: t("Words copied from it"), attributes: { "aria-label": t("Words of the document") } });
  const made = el("div", "pc-quote", source, words);
  made.read = () => ({ document: source.value, quote: words.value });
  return made;
}

function drawDraft(draft) {
  const question = el("textarea", { className: "pc-input", rows: 2, value: draft.question, dir: "auto" });
  const answers = el("textarea", { className: "pc-input", rows: 2, value: draft.answers.join("\n"), dir: "auto" });
  const quotes = [...draft.evidence, null].map(quoteFields);
  const held = el("input", { type: "checkbox", checked: draft.answerable });
  const answered = el("div", "pc-draft-fields",
    field(t("Accepted answers"), answers, t("One a line; short ones are best.")),
    el("div", "pc-field", el("span", "pc-label", t("Words that bear it out")), ...quotes));
  const show = () => { answered.hidden = !held.checked; };
  held.addEventListener("change", show);
  show();

  async function save() {
    const evidence = quotes.map((quote) => quote.read());
    return ask("edit", { gold: draft.gold, id: draft.id, question: question.value,
      answers: answers.value.split("\n"), evidence, answerable: held.checked });
  }

  async function accept() {
    if (!(await save())) return;
    const done = await ask("accept", { gold: draft.gold, id: draft.id });
    if (done === undefined) return;
    say(t("Accepted. It is measured with from the next run on."));
    await review();
    drawOffer(await ask("offer"));
  }

  async function drop() {
    if ((await ask("drop", { gold: draft.gold, id: draft.id })) === undefined) return;
    say(t("Dropped."));
    await review();
  }

  return el("article", "pc-miss", draft.note && el("p", "pc-hint", draft.note),
    draft.turns.length ? el("p", "pc-hint", t("After: {turns}", { turns: draft.turns.join(" / ") })) : null,
    field(t("Question"), question),
    el("label", "pc-check", held, " ", t("The documents hold the answer")), answered,
    el("div", "pc-row", button(t("Accept"), "pc-primary", accept), button(t("Drop"), "", drop),
      openInChat(draft.question)));
}
