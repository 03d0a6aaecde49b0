// What an answer says, sentence by sentence with the numbers of its sources. Values come from
// ui/views.py (TurnView).
(() => {
  const { el } = window.pincite;
  const { t } = window.pinciteWords;

  function mark(turn, cited) {
    const link = el("a", "pc-cite", `[${cited.number}]`);
    link.href = `#src-${turn.id}-${cited.number}`;
    link.dataset.quote = cited.quote;
    link.dataset.place = `${cited.name}, ${cited.place}`;
    link.setAttribute("aria-label", t("Source {number}: {name}, {place}", cited));
    return link;
  }

  function sentence(turn, said) {
    const words = el("span", `pc-words pc-${said.verdict}`, said.text);
    const item = said.numbered ? " pc-item pc-numbered" : said.item ? " pc-item" : "";
    const made = el("span", `pc-sentence${item}`, words);
    if (said.marks.length) made.append(el("sup", "", ...said.marks.map((one) => mark(turn, one))));
    if (said.label) {
      const label = el("span", "pc-verdict", said.label);
      label.title = said.why;
      made.append(label);
    }
    return made;
  }

  function text(turn) {
    if (!turn.text && !turn.sentences.length) return null;
    const kind = turn.kind === "progress" ? "pc-progress" : "pc-text";
    const made = el("div", turn.kind === "draft" ? "pc-text pc-draft" : kind);
    made.dir = "auto";
    if (!turn.sentences.length) made.append(turn.text);
    turn.sentences.forEach((said, i, all) => {
      // A blank between two lines would be a line of its own.
      const together = i > 0 && !said.item && !all[i - 1].item;
      made.append(together ? " " : "", sentence(turn, said));
    });
    return made;
  }

  // The sources of an answer; those that follow each other in one paragraph share its name.
  function sources(turn) {
    const groups = [];
    for (const cited of turn.sources) {
      const [before] = groups.at(-1) ?? [];
      if (before?.name === cited.name && before.place === cited.place) groups.at(-1).push(cited);
      else groups.push([cited]);
    }
    return groups.map((group) => source(turn, group));
  }

  function source(turn, group) {
    const [{ name, place }] = group;
    const link = ({ number }, words) => {
      const made = el("a", "", words);
      made.href = `#src-${turn.id}-${number}`;
      return made;
    };
    if (group.length === 1) {
      const made = link(group[0], `[${group[0].number}] ${name}, ${place}`);
      made.className = "pc-source";
      return made;
    }
    const numbers = group.map((cited) => {
      const made = link(cited, `[${cited.number}]`);
      made.setAttribute("aria-label", t("Source {number}: {name}, {place}", cited));
      return made;
    });
    return el("span", "pc-source pc-of-one", ...numbers.flatMap((one) => [one, " "]), `${name}, ${place}`);
  }

  // The answer as plain text, with its sources numbered below it and what else is told of it.
  function plain(turn) {
    const said = turn.sentences.map((one, i, all) =>
      (i === 0 ? "" : one.item || all[i - 1].item ? "\n" : " ") + (one.item && !one.numbered ? "- " : "")
        + one.text + one.marks.map((cited) => `[${cited.number}]`).join("")
        + (one.label ? ` (${one.label})` : ""));
    const sources = turn.sources.map((cited) =>
      `[${cited.number}] ${cited.name}, ${cited.place}: “${cited.quote}”`);
    return [said.length ? said.join("") : turn.text, ...sources, ...turn.notes].join("\n");
  }

  window.pincite.answers = { text, sources, plain };
})();
