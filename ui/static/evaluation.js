// The Evaluation page: values come from ui/evaluation.py. Put behind kit.js, run.js and review.js.

const MODES = { answers: "Answers by the model", extractive: "Quotations", retrieval: "Search only" };
const WORDS = {
  starting: "Getting ready", files: "Reading documents", vectors: "Indexing paragraphs",
  answering: "Answering questions",
};

// ---- A new run ------------------------------------------------------------------------------

const gold = select([]);
const mode = select([]);
const sample = el("input", { className: "pc-input pc-narrow", type: "number", min: 1, placeholder: "all" });
const starter = button("Start", "pc-primary", begin);
const job = progress(() => ask("cancel"));

function drawOffer(offer) {
  gold.replaceChildren(...offer.gold.map((file) =>
    el("option", { value: file.label, disabled: !file.items },
      `${file.label} (${counted(file.items, "question")})`)));
  gold.value = offer.gold.find((file) => file.items)?.label ?? "";
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
    if (state?.stage === "cancelled") say("Stopped. What was answered is kept: the run can go on.");
    await list();
    if (state?.stage === "finished") {
      say("The run is finished.");
      open(state.result.run);
    }
  });
}

// ---- The runs there are -----------------------------------------------------------------------

const table = el("table", "pc-table pc-cards");
const runsBox = el("div", "pc-boxed", table);
const noRuns = el("p", "pc-empty-state",
  "No run yet. Choose questions above and start one: searching alone takes seconds, a model about "
  + "ten seconds a question.");
let runs = [];

function when(iso) {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso
    : time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

async function list() {
  runs = (await ask("runs")) ?? [];
  runsBox.hidden = runs.length === 0;
  noRuns.hidden = runs.length > 0;
  const heads = ["Run", "Questions", "How", "Done", "Correct or found", ""];
  table.replaceChildren(el("caption", "pc-unseen", "Runs"),
    el("thead", "", el("tr", "", ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", "", ...runs.map(drawRun)));
}

function drawRun(run) {
  const act = run.finished ? button("Open", "", () => open(run.run))
    : button("Go on", "", () => resume(run.run));
  act.setAttribute("aria-label", `${run.finished ? "Open" : "Go on with"} the run of ${when(run.started)}`);
  const cells = [
    ["Run", "pc-doc", el("span", "pc-doc-name", when(run.started)), el("span", "pc-hint", run.model)],
    ["Questions", "", run.gold], ["How", "", MODES[run.mode] ?? run.mode],
    ["Done", "pc-number", `${numbers.format(run.done)} of ${numbers.format(run.items)}`],
    ["Correct or found", "pc-number", run.correct || "–"], ["", "pc-row-end", act],
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
    field("Questions", gold), field("What is measured", mode),
    field("How many", sample, "A sample of them, or all."), starter);
  app.replaceChildren(choices, job, news,
    section("Runs", noRuns, runsBox), opened, await reviewSection());
  await list();
  ready();
  if (offer.job && ["running", "cancelling"].includes(offer.job.stage)) watch();
}

start();
