// The Documents page: values come from ui/documents.py. Put behind uploads.js and why.js.

const COLUMNS = [
  ["path", t("Document")], ["state", t("State")], ["paragraphs", t("Paragraphs")], ["date", t("Date")],
  ["coverage", t("Pages with text")], ["size", t("Size")],
];

const STATES = {
  indexed: t("searchable"), duplicate: t("duplicate"), empty: t("empty"),
  "no text layer": t("no text layer"), encrypted: t("encrypted"), failed: t("failed"),
  skipped: t("skipped"), "too large": t("too large"),
};

const view = { words: "", only: "", sort: "path", descending: false, page: 1 };
let folder = null;
let shown = 0;
let typing = 0;

// ---- The list -------------------------------------------------------------------------------

const search = el("input", {
  className: "pc-input", type: "search", placeholder: t("Find a document"),
  attributes: { "aria-label": t("Find a document") },
});
const kinds = el("div", { className: "pc-kinds", attributes: { role: "group", "aria-label": t("Show") } });
const table = el("table", "pc-table pc-cards");
const pager = el("nav", { className: "pc-pager", attributes: { "aria-label": t("Pages of the list") } });
const listed = el("div", "pc-listed", el("div", "pc-list-tools", search, kinds), table, pager);

async function list(change = {}) {
  clearTimeout(typing);
  Object.assign(view, change, { words: search.value });
  const turn = ++shown;
  const found = await ask("list", view);
  if (!found || turn !== shown) return; // A later request overtook this one.
  view.page = found.page;
  const empty = found.searchable + found.unread === 0;
  listed.hidden = empty;
  drop.classList.toggle("pc-first", empty);
  guide.hidden = !empty;
  waiting.hidden = !empty || !folder.files || reader.disabled;
  drawKinds(found);
  drawTable(found.rows);
  drawPager(found);
  ready();
}

function drawKinds(found) {
  const options = [
    ["", t("All"), found.searchable + found.unread], ["searchable", t("Searchable"), found.searchable],
    ["unread", t("Not searchable"), found.unread],
  ];
  kinds.replaceChildren(...options.map(([only, label, count]) =>
    button(`${label} ${number(count)}`, "pc-kind", () => list({ only, page: 1 }), {
      attributes: { "aria-pressed": String(view.only === only) },
    })));
}

function drawTable(rows) {
  const heads = COLUMNS.map(([sort, label]) => {
    const by = view.sort === sort;
    const arrow = by ? el("span", { attributes: { "aria-hidden": "true" } }, view.descending ? " ↓" : " ↑") : "";
    const sorter = button(label, "pc-sort", () => {
      list({ sort, descending: by && !view.descending, page: 1 });
    });
    sorter.append(arrow);
    const order = by ? (view.descending ? "descending" : "ascending") : "none";
    return el("th", { scope: "col", attributes: { "aria-sort": order } }, sorter);
  });
  heads.push(el("th", { scope: "col" }, el("span", "pc-unseen", t("Remove"))));
  const body = rows.length ? rows.map(drawRow)
    : [el("tr", "", el("td", { colSpan: COLUMNS.length + 1, className: "pc-none" }, t("No document fits.")))];
  table.replaceChildren(
    el("caption", "pc-unseen", t("Documents of the folder")),
    el("thead", "", el("tr", "", ...heads)), el("tbody", "", ...body),
  );
}

function cell(label, kind, ...children) {
  const made = el("td", kind, ...children);
  made.dataset.label = label;
  return made;
}

function drawRow(row) {
  const name = el(row.opens ? "a" : "span", "pc-doc-name", row.name);
  if (row.opens) name.href = window.pincite.address.to("/", "document", row.path);
  name.dir = "auto";
  const title = row.title && el("span", "pc-doc-title", row.title);
  const kind = row.state === "indexed" ? "pc-good" : row.searchable ? "pc-plain" : "pc-warn";
  const remover = button(t("Remove"), "pc-quiet", () => remove(row, remover), {
    attributes: { "aria-label": t("Remove {name}", { name: row.name }) },
  });
  return el("tr", "",
    cell(t("Document"), "pc-doc", name, title),
    cell(t("State"), "", el("span", `pc-badge ${kind}`, STATES[row.state] ?? row.state),
      row.reason && el("span", "pc-reason", row.reason)),
    cell(t("Paragraphs"), "pc-number", number(row.paragraphs)),
    cell(t("Date"), row.date ? "pc-nowrap" : "pc-absent", day(row.date) || "–"),
    cell(t("Pages with text"), row.coverage ? "pc-nowrap" : "pc-absent", row.coverage || "–"),
    cell(t("Size"), "pc-number pc-nowrap", bytes(row.size_bytes)),
    el("td", "pc-row-end", remover));
}

function drawPager(found) {
  const from = (found.page - 1) * 50 + 1;
  const words = found.found
    ? t("{from}–{to} of {total}", { from, to: from + found.rows.length - 1, total: found.found })
    : "";
  const turn = (label, page, possible) =>
    button(label, "", () => list({ page }), { disabled: !possible });
  pager.hidden = found.pages === 1;
  pager.replaceChildren(
    turn(t("Previous"), found.page - 1, found.page > 1), el("span", "pc-hint", words),
    turn(t("Next"), found.page + 1, found.page < found.pages),
  );
}

search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => list({ page: 1 }), 120);
});

// ---- Removing -------------------------------------------------------------------------------

// Each removal has a line of its own: what happens next does not take its Undo away.
const removals = el("div", { className: "pc-removals", attributes: { role: "status" } });

async function remove(row, remover) {
  remover.disabled = true;
  const ticket = await ask("remove", { document: row.path });
  if (ticket === undefined) return void (remover.disabled = false);
  const undo = button(t("Undo"), "", async () => {
    const back = await ask("restore", { ticket });
    if (back === undefined) return;
    told.remove();
    say(t("{name} is back in the folder.", { name: back }));
    read();
  });
  const told = note(t("{name} was moved to the trash of the index.", { name: row.name }), "good", undo);
  remover.closest("tr").classList.add("pc-gone");
  say("");
  removals.prepend(told);
  search.focus();
  read(true);
}

// ---- Reading the folder ---------------------------------------------------------------------

const WORDS = {
  starting: t("Getting ready"), files: t("Reading documents"), vectors: t("Indexing paragraphs"),
  texts: t("Indexing a long document"),
  "files embedded anew": t("Reading every document anew"),
};
const job = progress(() => ask("cancel"));
const reader = button(t("Read the folder again"), "", () => read());

async function read(quiet = false) {
  const begun = await ask("read");
  if (begun) watch(quiet);
}

function watch(quiet) {
  reader.disabled = waiting.hidden = true;
  follow("follow", (state) => job.show(state, (s) => WORDS[s.what] ?? s.what), async (state) => {
    job.show(null);
    reader.disabled = false;
    if (state?.stage === "failed") say(state.message, "bad");
    if (state?.stage === "cancelled") say(t("Stopped. What was read is kept; read again for the rest."));
    if (state?.stage === "finished" && !quiet) say(readingDone(state.result));
    window.pincite.headerChanged?.();
    await list();
    // What was added meanwhile is read next, by itself.
    if ((await ask("follow"))?.stage === "running") watch(quiet);
  });
}

function readingDone(result) {
  const changes = [
    result.added && t("{count} added", { count: result.added }),
    result.changed && t("{count} changed", { count: result.changed }),
    result.removed && t("{count} removed", { count: result.removed }),
  ].filter(Boolean);
  return t("The folder was read: {changes}. {files}, {paragraphs}.", {
    changes: changes.length ? changes.join(", ") : t("nothing had changed"),
    files: counted("{count} file", "{count} files", result.documents),
    paragraphs: counted("{count} paragraph", "{count} paragraphs", result.paragraphs),
  });
}

// ---- First run, and the whole page ----------------------------------------------------------

const waiting = el("div", { className: "pc-note pc-warn", hidden: true });

const guide = el("ol", { className: "pc-guide", hidden: true },
  el("li", "", el("strong", "", t("Add documents.")), " ", t("Drop files here, or copy them into the folder.")),
  el("li", "", el("strong", "", t("Let them be read.")), " ",
    t("Each is cut into paragraphs and indexed on this machine.")),
  el("li", "", el("strong", "", t("Ask.")), " ", t("Every sentence of an answer cites the paragraph it comes from.")));

async function start() {
  folder = await ask("folder");
  if (!folder) return;
  drop.querySelector(".pc-hint").textContent =
    t("or drop them here: {endings}, up to {size} each. They are copied into {folder} and stay on "
      + "this machine.", { endings: folder.endings.join(", "), size: bytes(folder.max_bytes),
      folder: folder.folder });
  if (folder.problem) say(folder.problem, "bad");
  adder.disabled = !takesFiles();
  app.replaceChildren(
    drop, sending, job, news, removals, waiting, guide, listed, whySection());
  adder.after(reader);
  waiting.append(el("p", "", counted("{count} file in the folder, not read yet.",
    "{count} files in the folder, not read yet.", folder.files)),
    button(t("Read now"), "pc-primary", () => read()));
  await list();
  if (folder.job && ["running", "cancelling"].includes(folder.job.stage)) watch(false);
}

start();
