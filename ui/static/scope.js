// The filters of the next question, as chips. Values come from ui/views.py (ScopeView). The fields
// are built once: drawing them anew would take away what is being typed in one of them.

const { el, button, filters, listed } = window.pincite;
const { t } = window.pinciteWords;
const root = element.querySelector(".pc-scope");
const KEYS = ["glob", "after", "before"];

const fields = { glob: field("glob", "text"), after: field("after", "date"), before: field("before", "date") };
fields.glob.setAttribute("list", "pc-scope-choices");
fields.glob.placeholder = t("all documents");
const choices = el("datalist");
choices.id = "pc-scope-choices";
const opener = el("summary", "pc-chip", t("Filter"));
const details = el("details", "pc-scope-details", opener, el("div", "pc-scope-fields",
  el("label", "pc-scope-label", t("Document or folder"), fields.glob), choices,
  el("label", "pc-scope-label", t("Dated from"), fields.after),
  el("label", "pc-scope-label", t("before"), fields.before)));
const chips = el("span", "pc-scope-chips");
root.replaceChildren(details, chips);

const shut = () => { details.open = false; };
details.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !details.open) return;
  opener.focus();
  shut();
});
details.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !details.contains(event.relatedTarget)) shut();
});
// Gradio may mount this again (after a lost connection): the listener of before must go.
window.pinciteScope?.abort();
window.pinciteScope = new AbortController();
document.addEventListener("pointerdown", (event) => {
  if (!details.contains(event.target)) shut();
}, { signal: window.pinciteScope.signal });

// What the fields say is told in whole, one time after another: two at once may overtake each other.
// A question that is asked meanwhile brings it along by itself.
let underWay = 0;
let again = false;

function send() {
  // Of a date that is half typed the field has no value yet.
  const said = KEYS.map((key) =>
    [key, fields[key].validity.badInput ? props.value?.[key] ?? "" : fields[key].value]);
  filters.set(Object.fromEntries(said));
  if (underWay) return void (again = true);
  underWay = setTimeout(next, 3000); // An answer that is lost must not end it.
  window.pincite.act({ name: "scope", ...filters.get() });
}

function next() {
  clearTimeout(underWay);
  underWay = 0;
  if (!again) return false;
  again = false;
  send();
  return true;
}

function clear(key) {
  fields[key].value = "";
  send();
  opener.focus(); // The chip is gone in a moment, and the focus would be with it.
}

function field(key, type) {
  const input = el("input", "pc-scope-field");
  input.type = type;
  const commit = () => {
    if (!input.validity.badInput && input.value !== (props.value?.[key] ?? "")) send();
  };
  if (type === "date") onceTyped(input, commit);
  else input.addEventListener("change", commit);
  return input;
}

// On its way to 2023 a date that is typed goes through the years 2, 20 and 202, each a change: it
// counts once the field is left, or with Enter. One that is picked counts at once.
function onceTyped(input, commit) {
  let typing = false;
  input.addEventListener("keydown", (event) => {
    typing = event.key !== "Enter";
    if (!typing) commit();
  });
  input.addEventListener("change", () => { if (!typing) commit(); });
  input.addEventListener("blur", () => {
    typing = false;
    commit();
  });
}

function render() {
  const value = listed(props.value);
  if (!value?.labels || next()) return;
  filters.set({ glob: value.glob, after: value.after, before: value.before });
  for (const key of KEYS) {
    if (document.activeElement !== fields[key]) fields[key].value = value[key];
  }
  choices.replaceChildren(...value.choices.map((choice) => new Option(choice.name, choice.pattern)));
  const keys = KEYS.filter((key) => value[key]);
  chips.replaceChildren(...value.labels.map((label, i) =>
    button(`${label} ×`, "pc-chip pc-chip-on", () => clear(keys[i]), t("Remove: {label}", { label }))));
}

watch("value", render);
render();
