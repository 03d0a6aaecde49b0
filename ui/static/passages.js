// Draws the text of documents: parts, tables and headings of ui/views.py, with createElement and
// textContent alone. Shapes and styles are looked up here: a name that is not known does nothing.
{
  const { el } = window.pincite;
  const { t } = window.pinciteWords;
  const TAGS = {
    strong: "strong", emphasis: "em", struck: "del", code: "code", link: "span", address: "span",
    image: "span", label: "span",
  };
  const KNOWN = Object.keys(TAGS);

  function run(one) {
    if (one.styles.includes("break")) return el("br");
    return one.styles.filter((style) => KNOWN.includes(style)).reverse()
      .reduce((inner, style) => el(TAGS[style], `pc-s-${style}`, inner), one.text);
  }

  // The runs of a mark, however many looks they have, are one mark.
  function filled(made, runs) {
    made.dir = "auto";
    let mark = null;
    for (const one of runs) {
      if (!one.marked) mark = null;
      else if (!mark) made.append((mark = el("mark")));
      (mark ?? made).append(run(one));
    }
    return made;
  }

  function table({ rows, place: where }) {
    const made = rows.map((cells, i) =>
      el("tr", "", ...cells.map((cell) => filled(el(i ? "td" : "th"), cell))));
    // It may scroll, and has to by keyboard too.
    const place = el("div", "pc-table", el("table", "", el("tbody", "", ...made)));
    place.tabIndex = 0;
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", `${t("Table")}, ${where}`);
    return place;
  }

  function part(one) {
    switch (one.shape) {
      case "code": return filled(el("pre", "pc-passage-text pc-code"), one.runs);
      case "heading": return filled(el("p", "pc-passage-text pc-prose pc-inner-heading"), one.runs);
      case "plain": return filled(el("p", "pc-passage-text"), one.runs);
      default: return filled(el("p", "pc-passage-text pc-prose"), one.runs);
    }
  }

  const isItem = (one) => one.shape === "bullet" || one.shape === "numbered";

  function item(one) {
    const made = el("li", one.shape === "bullet" ? "pc-bullet" : "", part(one));
    made.style.marginInlineStart = `${(one.indent - 1) * 1.3}em`;
    return made;
  }

  // Items that follow each other are one list, however deep; what belongs to an item goes into it.
  function parts(all) {
    const made = el("div", "pc-parts");
    let room = made;
    let list = null;
    all.forEach((one, i) => {
      const before = all[i - 1];
      if (one.quoted !== (before?.quoted ?? 0)) {
        list = null;
        room = made;
        if (one.quoted) {
          made.append((room = el("blockquote", "pc-quote")));
          room.style.marginInlineStart = `${(one.quoted - 1) * 1.3}em`;
        }
      }
      if (!one.indent) {
        list = null;
        room.append(part(one));
        return;
      }
      if (!list) room.append((list = el("ul", "pc-list")));
      if (!isItem(one) && list.lastChild && before.indent === one.indent) {
        list.lastChild.append(part(one));
      } else {
        list.append(item(one));
      }
    });
    return made;
  }

  window.pincite.passages = {
    parts,
    body: (passage) => (passage.rows.length ? table(passage) : parts(passage.parts)),
    heading(one) {
      return filled(el("h3", `pc-heading pc-level-${Math.min(one.level, 3)}`), one.runs);
    },
  };
}
