// The Evaluation page: values come from ui/evaluation.py. Put behind kit.js, run.js and review.js.

const MODES = {
  answers: t("Answers by the model"), extractive: t("Quotations"), retrieval: t("Search only"),
};
const WORDS = {
  starting: t("Getting ready"), files: t("Reading documents"), vectors: t("Indexing paragraphs"),
  answering: t("Answering questions"),
};

// ---- A new run ------------------------------------------------------------------------------

const gold = select([]);
const goldHint = el("p", "pc-hint");
const mode = select([]);
const sample = el("input", { className: "pc-input pc-narrow", type: "number", min: 1, placeholder: t("all") });
const starter = button(t("Start"), "pc-primary", begin);
const job = progress(() => ask("cancel"));

const usable = (file) => file.items > 0 && !file.elsewhere;

function drawOffer(offer) {
  gold.replaceChildren(...offer.gold.map((file) =>
    el("option", { value: file.label, disabled: !usable(file) },
      `${t(file.label)} (${counted("{count} question", "{count} questions", file.items)})`
        + (file.elsewhere ? ` – ${t("on other documents")}` : ""))));
  gold.value = offer.gold.find(usable)?.label ?? "";
  goldHint.textContent = gold.value ? "" : t("None on these documents yet. Say in Chat whether an answer "
    + "was right, and accept the draft below, or put a gold file (.jsonl) into {folder}.",
    { folder: offer.folder });
  const modes = offer.model ? ["answers", "extractive", "retrieval"] : ["extractive", "retrieval"];
  mode.replaceChildren(...modes.map((value) =>
    el("option", { value }, value === "answers" ? `${MODES.answers}: ${offer.model}` : MODES[value])));
  starter.disabled = !gold.value;
}

async function begin() {
  if (!sample.checkValidity()) return sample.reportValidity();
  const begun = await ask("start",
    { gold: gold.value, mode: mode.value, sample: sample.valueAsNumber || 0 });
  if (begun) watch();
}

async function resume(run) {
  if (await ask("resume", { run })) watch();
}

function watch() {
  starter.disabled = true;
  say("");
  follow("follow", (state) => job.show(state, (s) => WORDS[s.what] ?? s.what), async (state) => {
    job.show(null);
    starter.disabled = false;
    if (state?.stage === "failed") say(state.message, "bad");
    if (state?.stage === "cancelled") say(t("Stopped. What was answered is kept: the run can go on."));
    await list();
    if (state?.stage === "finished") {
      say([t("The run is finished."), ...state.notes].join(" "));
      open(state.result.run);
    }
  });
}

// ---- The runs there are -----------------------------------------------------------------------

const table = el("table", "pc-table pc-cards");
const runsBox = el("div", "pc-boxed", table);
const noRuns = el("p", "pc-empty-state",
  t("No run yet. Choose questions above and start one: searching alone takes seconds, a model about "
  + "ten seconds a question."));
let runs = [];

async function list() {
  runs = (await ask("runs")) ?? [];
  runsBox.hidden = runs.length === 0;
  noRuns.hidden = runs.length > 0;
  const heads = [t("Run"), t("Questions"), t("How"), t("Done"), t("Correct or found"), ""];
  table.replaceChildren(el("caption", "pc-unseen", t("Runs")),
    el("thead", "", el("tr", "", ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", "", ...runs.map(drawRun)));
}

function drawRun(run) {
  const act = run.finished ? button(t("Open"), "", () => open(run.run))
    : button(t("Go on"), "", () => resume(run.run));
  const time = when(run.started);
  act.setAttribute("aria-label", run.finished ? t("Open the run of {time}", { time })
    : t("Go on with the run of {time}", { time }));
  const cells = [
    [t("Run"), "pc-doc", el("span", "pc-doc-name", time), el("span", "pc-hint", run.model)],
    [t("Questions"), "", run.gold], [t("How"), "", MODES[run.mode] ?? run.mode],
    [t("Done"), "pc-number", t("{count} of {total}", { count: run.done, total: run.items })],
    [t("Correct or found"), "pc-number", run.correct || "–"], ["", "pc-row-end", act],
  ];
  return el("tr", "", ...cells.map(([label, kind, ...inside]) => {
    const cell = el("td", kind, ...inside);
    if (label) cell.dataset.label = label;
    return cell;
  }));
}

async function start() {
  const offer = await ask("offer");
  if (!offer) return app.replaceChildren(news);
  drawOffer(offer);
  const choices = el("div", "pc-run-choices",
    field(t("Questions"), gold), field(t("What is measured"), mode),
    field(t("How many"), sample, t("A sample of them, or all.")), starter);
  gold.after(goldHint);
  app.replaceChildren(choices, job, news,
    section(t("Runs"), noRuns, runsBox), opened, await reviewSection());
  await list();
  ready();
  if (offer.job && ["running", "cancelling"].includes(offer.job.stage)) watch();
}

start();
