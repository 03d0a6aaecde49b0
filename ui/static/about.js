// The About page: values come from ui/about.py. Put behind kit.js.

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
      el("span", "pc-hint", `${model.role}, ${bytes(model.size_bytes)}, ${model.licence}`)),
    el("td", "", el("code", "pc-hash", model.sha256)),
    el("td", "", el("span", `pc-badge ${model.here ? "pc-good" : "pc-plain"}`,
      model.here ? "here" : "not here"))));
  const heads = ["Model", "SHA-256 of its weights", "On this machine"]
    .map((label) => el("th", { scope: "col" }, label));
  return el("div", "pc-boxed pc-scroll", el("table", "pc-table",
    el("thead", "", el("tr", "", ...heads)), el("tbody", "", ...rows)));
}

async function start() {
  const about = await ask("about");
  if (!about) return app.replaceChildren(news);
  app.replaceChildren(
    news,
    facts(["Version", about.version], ["Answers", about.model], ["Search", about.embedder],
      ["Leaves this machine", about.leaves]),
    section("How an answer is made",
      steps(
        "Your question is looked up among all paragraphs, by meaning and by words, and the best sentences are shown at once.",
        "The model writes an answer from those sentences, or none is asked and they are quoted.",
        "Each sentence of the answer is compared with the sources: its words, numbers and names must be there. What is not borne out is taken out.",
        "A citation is the place this comparison found, never one the model named: document, paragraph and the exact words.",
        "When the documents do not hold the answer, Pincite says so and shows the nearest paragraphs.")),
    section("Models", el("p", "pc-lead",
      "Fetched once, checked against these hashes, and run on this machine."), modelTable(about.models)),
    section("Licence",
      el("p", "", "Pincite is under the ", outside("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        ". NOTICE, in the folder of the program, names what comes from others and under which licence.")),
    section("More to read",
      el("p", "", "In the folder of the program: README.md for the command line and the settings, "
        + "docs/architecture.md for how it works, docs/quality.md for measured figures.")),
  );
  ready();
}

start();
