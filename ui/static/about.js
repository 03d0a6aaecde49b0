// The About page: values come from ui/about.py. Put behind kit.js.

const ROLES = { embedder: t("embedder"), llm: t("language model") };

function facts(...pairs) {
  return el("dl", "pc-facts", ...pairs.flatMap(([name, value]) =>
    [el("dt", "", name), el("dd", "", value)]));
}

function steps(...words) {
  return el("ol", "pc-steps", ...words.map((line) => el("li", "", line)));
}

function outside(label, href) {
  return el("a", { href, rel: "noreferrer noopener", target: "_blank" }, label);
}

function modelTable(models) {
  const rows = models.map((model) => el("tr", "",
    el("th", { scope: "row" }, el("span", "pc-doc-name", model.name),
      el("span", "pc-hint", `${ROLES[model.role] ?? model.role}, ${bytes(model.size_bytes)}, ${model.licence}`)),
    el("td", "", el("code", "pc-hash", model.sha256)),
    el("td", "", el("span", `pc-badge ${model.here ? "pc-good" : "pc-plain"}`,
      model.here ? t("here") : t("not here")))));
  const heads = [t("Model"), t("SHA-256 of its weights"), t("On this machine")]
    .map((label) => el("th", { scope: "col" }, label));
  return scrolling(t("Model"), el("table", "pc-table",
    el("thead", "", el("tr", "", ...heads)), el("tbody", "", ...rows)));
}

async function start() {
  const about = await ask("about");
  if (!about) return app.replaceChildren(news);
  app.replaceChildren(
    news,
    facts([t("Version"), about.version], [t("Answers"), about.model], [t("Search"), about.embedder],
        [t("Close reading"), about.reader],
      [t("Leaves this machine"), about.leaves]),
    section(t("How an answer is made"),
      steps(
        t("Your question is looked up among all paragraphs, by meaning and by words, and the best sentences are shown at once."),
        t("The model writes an answer from those sentences, or none is asked and they are quoted."),
        t("Each sentence of the answer is compared with the sources: its words, numbers and names must be there. What is not borne out is taken out."),
        t("A citation is the place this comparison found, never one the model named: document, paragraph and the exact words."),
        t("When the documents do not hold the answer, Pincite says so and shows the nearest paragraphs."))),
    section(t("Models"), el("p", "pc-lead",
      t("Fetched once, checked against these hashes, and run on this machine.")), modelTable(about.models)),
    section(t("Licence"),
      el("p", "", t("Pincite is under this licence:"), " ",
        outside("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"), ". ",
        t("NOTICE, in the folder of the program, names what comes from others and under which licence."))),
    section(t("More to read"),
      el("p", "", t("In the folder of the program: README.md for the command line and the settings, "
        + "docs/architecture.md for how it works, docs/quality.md for measured figures."))),
  );
  ready();
}

start();
