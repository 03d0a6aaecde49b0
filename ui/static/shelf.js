// The list of saved conversations. Values come from ui/views.py (Shelf).

const { el, button, listed } = window.pincite;
const { t, day } = window.pinciteWords;
const root = element.querySelector(".pc-shelf");
const act = (action) => window.pincite.act(action);
const narrow = matchMedia("(max-width: 1180px)");

const search = el("input", "pc-shelf-search");
search.type = "search";
search.placeholder = t("Search conversations");
search.setAttribute("aria-label", t("Search conversations"));
let typing = 0;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => act({ name: "find", words: search.value }), 200);
});
const fresh = button(t("New conversation"), "pc-new", () => {
  window.pincite.here.none();
  act({ name: "open", conversation: "" });
  close();
});
const list = el("ul", "pc-shelf-list");
const shut = button(t("Close"), "pc-tool pc-shelf-close", () => close());
root.append(el("div", "pc-shelf-head", el("h2", "", t("Conversations")), shut), fresh, search, list);

const opener = () => document.getElementById("pc-shelf-open");

// Where it lies over the page it is hidden with the focus in it.
function close() {
  if (narrow.matches && root.contains(document.activeElement)) opener()?.focus();
  document.body.classList.remove("pc-shelf-shown");
  opener()?.setAttribute("aria-expanded", "false");
}

function open(event) {
  if (!event.target.closest?.("#pc-shelf-open")) return;
  const shown = document.body.classList.toggle("pc-shelf-shown");
  opener().setAttribute("aria-expanded", String(shown));
  if (shown) search.focus();
}

window.pinciteShelf?.abort();
window.pinciteShelf = new AbortController();
const listening = { signal: window.pinciteShelf.signal };
document.addEventListener("click", open, listening);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && narrow.matches && root.contains(event.target)) close();
}, listening);

let renaming = false; // A list that comes meanwhile must not take the name away half typed.

// What each entry shows -> the entry. One that shows the same stays, with its menu if that is open.
let drawn = new Map();

function rename(row, item) {
  renaming = true;
  drawn.clear(); // The entry makes room for the box.
  const box = el("input", "pc-shelf-search");
  box.value = row.name;
  box.maxLength = 70;
  box.setAttribute("aria-label", t("Name of the conversation"));
  let done = false;
  const finish = (keep) => {
    if (done) return;
    done = true;
    renaming = false;
    if (keep && box.value.trim()) act({ name: "rename", conversation: row.id, words: box.value });
    else render();
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish(true);
    if (event.key === "Escape") { event.stopPropagation(); finish(false); }
  });
  box.addEventListener("blur", () => finish(true));
  item.replaceChildren(box);
  box.select();
}

function menu(row, item) {
  const links = ["md", "html", "json"].map((ending) => {
    const link = el("a", "pc-tool", { md: "Markdown", html: "HTML", json: "JSON" }[ending]);
    link.href = `/conversations/${row.id}.${ending}`;
    link.download = "";
    link.title = t("Export as {format}", { format: link.textContent });
    return link;
  });
  const remove = button(t("Delete"), "pc-tool pc-delete", () => {
    if (remove.dataset.sure) return act({ name: "remove", conversation: row.id });
    remove.dataset.sure = "yes";
    remove.textContent = t("Really delete?");
  });
  // Whatever comes between the first press and the second forgets the first.
  remove.addEventListener("blur", () => {
    delete remove.dataset.sure;
    remove.textContent = t("Delete");
  });
  return el("div", "pc-shelf-menu", button(t("Rename"), "pc-tool", () => rename(row, item)),
    ...links, remove);
}

function entry(row, here) {
  const item = el("li", row.id === here ? "pc-here" : "");
  item.dataset.id = row.id;
  const name = button(row.name, "pc-shelf-name", () => {
    window.pincite.here.set(row.id, true);
    act({ name: "open", conversation: row.id });
    close();
  });
  if (row.id === here) name.setAttribute("aria-current", "true");
  const more = el("details", "pc-shelf-more");
  const summary = el("summary", "", "⋯");
  summary.setAttribute("aria-label", t("More for {name}", { name: row.name }));
  more.append(summary, menu(row, item));
  more.addEventListener("toggle", () => {
    if (!more.open) more.lastChild.replaceWith(menu(row, item)); // Not every browser tells a blur.
  });
  item.append(name, el("span", "pc-shelf-when", day(row.when)), more);
  return item;
}

// A list drawn anew takes the focus away with what had it: it goes to the same place in the new one.
function refocusing() {
  const focused = list.contains(document.activeElement) && document.activeElement;
  if (!focused) return () => {};
  const { id } = focused.closest("li").dataset;
  const part = focused.matches(".pc-shelf-name") ? ".pc-shelf-name" : "summary";
  return () => {
    const same = focused.isConnected ? focused : list.querySelector(`li[data-id="${id}"] ${part}`);
    (same ?? fresh).focus();
  };
}

function render() {
  const value = listed(props.value);
  if (!value?.rows || renaming) return;
  const refocus = refocusing();
  const of = (row) => JSON.stringify([row, row.id === value.here]);
  drawn = new Map(value.rows.map((row) => [of(row), drawn.get(of(row)) ?? entry(row, value.here)]));
  list.replaceChildren(...drawn.values());
  if (!value.rows.length) {
    const words = value.words ? t("No conversation contains these words.") : t("Nothing saved yet.");
    list.append(el("li", "pc-shelf-empty", words));
  }
  refocus();
}

watch("value", render);
render();
