// The filters of the next question, as chips. Values come from ui/views.py (ScopeView).

const { el, button } = window.pincite;
const { t } = window.pinciteWords;
const root = element.querySelector(".pc-scope");

function send(change) {
  const { glob, after, before } = { ...props.value, ...change };
  window.pincite.act({ name: "scope", glob, after, before });
}

function field(label, type, value, change) {
  const input = el("input", "pc-scope-field");
  Object.assign(input, { type, value });
  input.addEventListener("change", () => send(change(input.value)));
  return [el("label", "pc-scope-label", label, input), input];
}

function render() {
  const value = props.value;
  if (!value?.labels) return;
  const open = root.querySelector("details")?.open ?? false;
  const had = document.activeElement?.closest?.(".pc-scope-label")?.firstChild?.textContent;
  const keys = ["glob", "after", "before"].filter((key) => value[key]);
  const chips = value.labels.map((label, i) =>
    button(`${label} ×`, "pc-chip pc-chip-on", () => send({ [keys[i]]: "" }), t("Remove: {label}", { label })));
  const [where, input] = field(t("Document or folder"), "text", value.glob, (glob) => ({ glob }));
  input.setAttribute("list", "pc-scope-choices");
  input.placeholder = t("all documents");
  const choices = el("datalist", "", ...value.choices.map((choice) =>
    Object.assign(document.createElement("option"), { value: choice })));
  choices.id = "pc-scope-choices";
  const [after] = field(t("Dated from"), "date", value.after, (date) => ({ after: date }));
  const [before] = field(t("before"), "date", value.before, (date) => ({ before: date }));
  const details = el("details", "pc-scope-details", el("summary", "pc-chip", t("Filter")),
    el("div", "pc-scope-fields", where, choices, after, before));
  details.open = open;
  root.replaceChildren(details, ...chips);
  for (const label of root.querySelectorAll(".pc-scope-label")) {
    if (had && label.firstChild.textContent === had) label.querySelector("input").focus();
  }
}

watch("value", render);
render();
