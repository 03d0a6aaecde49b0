// The Settings page: values come from ui/configuration.py. Put behind kit.js.

// ---- The model ------------------------------------------------------------------------------

const models = el("div", { className: "pc-choices", attributes: { role: "radiogroup" } });
const modelNote = el("p", "pc-hint");
const modelSection = section(t("Answers come from"), models, modelNote);
modelSection.querySelector("h2").id = "pc-model-heading";
models.setAttribute("aria-labelledby", "pc-model-heading");

const QUOTING = "extractive"; // The name of the model where there is none.

function drawModels(found) {
  // Where the settings decide, the choice that is theirs.
  const chosen = found.choices.some((c) => c.llm === found.chosen) ? found.chosen : "";
  models.replaceChildren(...found.choices.map((choice) => {
    const radio = el("input", { type: "radio", name: "pc-model", value: choice.llm });
    radio.checked = isChosen(choice, chosen, found.in_use);
    radio.disabled = !choice.here || Boolean(found.fixed);
    radio.addEventListener("change", () => choose(choice));
    const missing = choice.here ? "" : ` ${t("Not on this machine: run “pincite models pull”.")}`;
    return el("label", "pc-choice", radio, el("span", "", el("strong", "", choice.name),
      el("span", "pc-hint", choice.detail + missing)));
  }));
  modelNote.textContent = found.fixed || inUse(found);
}

function inUse(found) {
  if (found.in_use === QUOTING && found.notice) return found.notice; // It says so itself.
  const model = found.in_use === QUOTING ? t("No language model") : found.in_use;
  return `${t("In use: {model}.", { model })} ${found.notice}`.trim();
}

function isChosen(choice, chosen, inUse) {
  if (chosen) return choice.llm === chosen;
  if (choice.llm === "none") return inUse === QUOTING;
  return choice.llm === "" || inUse.startsWith(`${choice.llm} `);
}

async function choose(choice) {
  for (const radio of models.querySelectorAll("input")) radio.disabled = true;
  modelNote.textContent = t("Loading {model}… An answer under way is finished first.",
    { model: choice.name });
  const found = await ask("choose", { llm: choice.llm });
  // Told in any case: a choice that could not be kept is in force all the same.
  window.pincite.headerChanged?.();
  if (found) say(t("Answers now come from: {model}.", { model: choice.name }));
  const now = found ?? (await ask("models"));
  if (now) drawModels(now);
  else for (const radio of models.querySelectorAll("input")) radio.disabled = false;
  models.querySelector("input:checked")?.focus();
}

// ---- The look -------------------------------------------------------------------------------

const theme = select([["system", t("As the system")], ["light", t("Light")], ["dark", t("Dark")]],
  window.pinciteTheme.chosen());
theme.addEventListener("change", () => window.pinciteTheme.set(theme.value));
// Each language is called by its own name, which its readers know.
const { names, language, chosen: chosenLanguage, set: setLanguage } = window.pinciteWords;
const tongue = select(
  [["auto", t("Automatic (as the browser)")], ...Object.entries(names)], chosenLanguage());
for (const option of tongue.options) option.lang = option.value in names ? option.value : language;
tongue.addEventListener("change", () => setLanguage(tongue.value));
const look = section(t("Look"), el("div", "pc-looks", field(t("Theme"), theme, t("Kept in this browser.")),
  field(t("Language"), tongue, t("Of the pages. Answers are in the language of the question."))));

// ---- Health ---------------------------------------------------------------------------------

const health = el("ul", "pc-health");
const job = progress(() => ask("cancel"));
const checker = button(t("Check the index"), "", check);

function drawHealth(found) {
  health.replaceChildren(...found.map((thing) => el("li", "",
    el("span", `pc-badge ${thing.well ? "pc-good" : "pc-warn"}`, thing.well ? t("well") : t("look")),
    el("strong", "", thing.name), el("span", "", thing.words))));
}

async function check() {
  if (!(await ask("check"))) return;
  checker.disabled = true;
  follow("follow", (state) => job.show(state, () => t("Comparing the vector index with the catalog")),
    (state) => {
      job.show(null);
      checker.disabled = false;
      if (state?.stage === "failed") say(state.message, "bad");
      if (state?.stage !== "finished") return;
      const problems = state.result.problems;
      if (problems.length) say(`${problems.join("\n")}\n${t("Read the folder again to mend it.")}`, "warn");
      else say(t("The vector index holds exactly what the catalog holds."));
    });
}

// ---- The settings in force ------------------------------------------------------------------

function drawSettings(found) {
  const rows = found.map((setting) => el("tr", "",
    el("th", { scope: "row" }, el("code", "", setting.name), el("span", "pc-hint", setting.description)),
    el("td", "", setting.value ? el("span", "pc-value", setting.value) : el("span", "pc-hint", t("not set")))));
  const heads = [t("Setting"), t("Value")].map((label) => el("th", { scope: "col" }, label));
  return section(t("Settings in force"),
    el("p", "pc-lead", t("From pincite.toml, PINCITE_* variables and flags; secrets are masked. "
      + "Change them there and start Pincite again.")),
    el("div", "pc-boxed", el("table", "pc-table", el("thead", "", el("tr", "", ...heads)),
      el("tbody", "", ...rows))));
}

async function start() {
  const [found, well, settings] = [await ask("models"), await ask("health"), await ask("settings")];
  if (found) drawModels(found);
  if (well) drawHealth(well);
  app.replaceChildren(news, modelSection, look,
    section(t("Health"), el("div", "pc-boxed", health), el("div", "pc-row", checker, job)),
    ...(settings ? [drawSettings(settings)] : []));
  ready();
}

start();
