// The conversation. Runs once, inside Gradio's gr.HTML, which provides `element`, `props`,
// `trigger` and `watch`. Values come from ui/views.py (Transcript): each names all turns in order
// and brings those to draw, so a value that was missed is noticed and the whole is asked for.

const { address, answers, el, button, copier, ending, here, listed, say } = window.pincite;
const { t } = window.pinciteWords;
const root = element.querySelector(".pc-transcript");
const nodes = new Map();
const views = new Map();
let shown = "";
let order = []; // The ids of the turns shown, oldest first.
let wanted = ""; // The conversation to be shown: what comes of another one is on its way out.

// A question sent while a conversation is being opened waits for that: served before it, it would be
// asked in another one. Not for ever, for opening may fail.
const OPENING_MS = 5000;
let opening = Promise.resolve();
let opened = () => {};
window.pincite.opening = () => opening;

function act(action) {
  if (action.name === "open") {
    wanted = action.conversation ?? wanted;
    opening = new Promise((resolve) => {
      opened = resolve;
      setTimeout(resolve, OPENING_MS);
    });
  }
  const filters = window.pincite.filters.get();
  trigger("click", { conversation: shown, shown: order, filters, ...action });
}
window.pincite.act = act;

const isOpen = (turn) => turn.kind === "progress" || turn.kind === "draft";

function tools(turn) {
  const made = el("div", "pc-tools");
  const worded = turn.text || turn.sentences.length; // Stopped at once, it has nothing to judge.
  if (worded) made.append(copier(t("Copy"), "pc-tool", () => answers.plain(turn), t("Copied"),
    t("Copy the answer with its sources")));
  if (turn.found) {
    made.append(button(t("Sources"), "pc-tool", () => window.pincite.panel("cards", turn.id),
      t("Show the paragraphs found for this question")));
  }
  if (turn.receipt) {
    for (const [ending, label] of [["html", t("Receipt")], ["json", "JSON"]]) {
      const link = el("a", "pc-tool", label);
      link.href = `${turn.receipt}.${ending}`;
      link.download = "";
      link.title = t("The answer with its quotations and the hashes of the documents, to verify later");
      made.append(link);
    }
  }
  // One that was stopped is no answer yet that could be right or wrong.
  if (turn.meta && window.pincite.feedback && (turn.kind === "answer" || turn.kind === "refusal")) {
    made.append(window.pincite.feedback(turn, shown));
  }
  made.append(button(t("Delete"), "pc-tool pc-delete", (event) => confirmDelete(turn, event.target),
    t("Delete this question and its answer")));
  return made;
}

// The first press asks, the second deletes; anything else forgets it.
function confirmDelete(turn, pressed) {
  if (pressed.dataset.sure) return act({ name: "delete", turn: turn.id });
  pressed.dataset.sure = "yes";
  pressed.textContent = t("Really delete?");
  pressed.addEventListener("blur", () => {
    delete pressed.dataset.sure;
    pressed.textContent = t("Delete");
  }, { once: true });
}

function question(turn) {
  const made = el("div", "pc-question");
  made.dataset.testid = "user";
  const asked = el("div", "pc-text pc-message", turn.question);
  asked.dir = "auto";
  made.append(el("h2", "pc-unseen", t("You asked")), asked);
  if (turn.scope.length) made.append(el("div", "pc-asked-of", t("Only in: {scope}", { scope: turn.scope.join(", ") })));
  const change = button(t("Edit"), "pc-tool pc-edit", () => edit(turn, made), t("Edit this question"));
  // Its place is kept while the answer is written, so that nothing jumps afterwards.
  change.disabled = isOpen(turn);
  made.append(change);
  return made;
}

function edit(turn, place) {
  const area = el("textarea", "pc-edit-box");
  area.value = turn.question;
  area.rows = 3;
  area.maxLength = 2000;
  area.setAttribute("aria-label", t("Edit the question"));
  const close = () => {
    const now = views.get(turn.id);
    views.delete(turn.id);
    draw(now);
    nodes.get(turn.id).querySelector(".pc-edit").focus();
  };
  const send = () => act({ name: "edit", turn: turn.id, question: area.value });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  });
  const buttons = el("div", "pc-tools", button(t("Ask"), "pc-tool pc-strong", send),
    button(t("Keep as it was"), "pc-tool", close));
  buttons.append(el("span", "pc-note pc-later", laterThan(turn.id)));
  place.replaceChildren(area, buttons);
  area.focus();
}

// What editing a turn takes out besides it; other tabs may add to that while it is edited.
const laterThan = (id) => (order[order.length - 1] === id ? "" : t("Later turns will be removed."));

function answer(turn) {
  const made = el("div", `pc-message pc-answer pc-is-${turn.kind}`);
  made.dataset.testid = "bot";
  made.append(el("h2", "pc-unseen", t("Answer")));
  if (turn.searched) {
    const searched = el("q", "", turn.searched);
    searched.dir = "auto";
    made.append(el("div", "pc-searched", t("Searched for:"), " ", searched));
  }
  const said = answers.text(turn);
  if (said) made.append(said);
  if (turn.sources.length) {
    made.append(el("div", "pc-sources", ...answers.sources(turn)));
  }
  for (const note of turn.notes) made.append(el("div", "pc-note", note));
  if (turn.meta) made.append(el("div", "pc-meta", turn.meta));
  if (!isOpen(turn)) made.append(tools(turn));
  offer(turn, made);
  return made;
}

function offer(turn, made) {
  made.querySelector(".pc-follow-ups")?.remove();
  if (!turn.follow_ups.length) return;
  made.append(el("div", "pc-follow-ups", ...turn.follow_ups.map(followUp)));
}

// Asked in English whatever the page speaks (ui/followups.py says why), and pronounced so.
function followUp(asked) {
  const made = button(asked, "pc-chip", () => act({ name: "ask", question: asked }));
  made.lang = "en";
  return made;
}

// While the text grows its element stays, so that nothing is laid out anew and a selection holds.
function grow(turn, before) {
  const draft = nodes.get(turn.id)?.querySelector(".pc-draft");
  if (!draft || before?.kind !== "draft" || turn.kind !== "draft") return false;
  draft.textContent = turn.text;
  return true;
}

// Questions to ask next come some time after the answer: what was begun in its turn meanwhile, such as
// an edit or a right answer, stays.
function extend(turn, before) {
  if (JSON.stringify({ ...before, follow_ups: turn.follow_ups }) !== JSON.stringify(turn)) return false;
  offer(turn, nodes.get(turn.id).querySelector(".pc-answer"));
  return true;
}

function draw(turn) {
  const before = views.get(turn.id);
  if (before && JSON.stringify(before) === JSON.stringify(turn)) return;
  views.set(turn.id, turn);
  if (grow(turn, before) || (before && extend(turn, before))) return;
  const made = el("article", "pc-turn", question(turn), answer(turn));
  made.dataset.turn = turn.id;
  made.tabIndex = -1;
  nodes.get(turn.id)?.replaceWith(made);
  nodes.set(turn.id, made);
  if (turn.kind === "answer" || turn.kind === "refusal") say(t("Answer: {text}", turn).slice(0, 500));
}

function welcome(value) {
  if (value.unready) return beforeDocuments();
  return el("div", "pc-welcome", el("h2", "", t("Ask your documents")),
    el("p", "", t("Ask what they say: who, what, when, how many, or for a summary of one of them. "
      + "Press the number behind a sentence of the answer to check it in its source.")),
    el("div", "pc-examples", ...value.examples.map((asked) =>
      button(asked, "pc-example", () => act({ name: "ask", question: asked })))));
}

function beforeDocuments() {
  const link = el("a", "pc-example pc-first-step", t("Add documents"));
  link.href = "/documents";
  return el("div", "pc-welcome", el("h2", "", t("There is nothing to ask about yet")),
    el("p", "", t("Drop your files on the Documents page and let them be read. Then ask here: every "
      + "sentence of an answer can be checked in its source.")),
    el("div", "pc-examples", link));
}

function earlier(count) {
  const label = t("Show earlier questions ({count})", { count });
  return button(label, "pc-more", () => act({ name: "earlier" }));
}

// Where what has the focus is drawn anew, deleted or replaced, the focus goes to what has its place.
function refocusing() {
  const focused = document.activeElement;
  if (!root.contains(focused)) return () => {};
  const more = focused.matches(".pc-more");
  const held = more ? order[0] : focused.closest(".pc-turn")?.dataset.turn;
  const at = order.indexOf(held);
  return () => {
    if (!held || document.activeElement !== document.body) return;
    const turn = [held, order[at], order[at - 1]].map((id) => nodes.get(id)).find(Boolean);
    const node = (more && root.querySelector(".pc-more")) || turn;
    if (node) node.focus({ preventScroll: true });
    else if (matchMedia("(hover: hover)").matches) document.querySelector("#pc-box textarea")?.focus();
  };
}

function render() {
  const value = listed(props.value);
  if (!value?.conversation) return;
  if (value.conversation !== shown) {
    if (shown && !value.opened) return;
    nodes.clear();
    views.clear();
    order = [];
    shown = value.conversation;
    if (!value.order.length) wanted = shown; // A new one: nobody knew its name.
    else if (shown === wanted) here.set(shown);
  }
  if (value.opened && shown === wanted) opened();
  const scroller = element.closest("#pc-chat");
  const atEnd = ending.look();
  const asked = value.order.some((id) => !nodes.has(id)) && value.busy;
  const height = scroller.scrollHeight;
  const refocus = refocusing();
  value.turns.forEach(draw);
  for (const id of [...nodes.keys()]) {
    if (!value.order.includes(id)) { nodes.delete(id); views.delete(id); }
  }
  if (value.order.some((id) => !nodes.has(id))) return act({ name: "open" });
  order = value.order;
  const turns = order.map((id) => nodes.get(id));
  place(value, turns);
  refocus();
  for (const note of root.querySelectorAll(".pc-later")) {
    note.textContent = laterThan(note.closest(".pc-turn").dataset.turn);
  }
  document.getElementById("pc-retry")?.toggleAttribute("disabled", value.busy || !turns.length);
  if (asked && shown === wanted) here.set(shown);
  window.pincite.awaited(value.busy);
  if (atEnd || asked) ending.go();
  else if (turns[0] !== first) scroller.scrollTop += scroller.scrollHeight - height;
  first = turns[0];
}

let first = null;

// Only what is not in its place is moved: moving an element closes what is open in it.
function place(value, turns) {
  const wanted = turns.length ? turns : [welcome(value)];
  if (value.earlier) wanted.unshift(earlier(value.earlier));
  wanted.forEach((node, i) => {
    if (root.children[i] !== node) root.insertBefore(node, root.children[i] ?? null);
  });
  while (root.children.length > wanted.length) root.lastChild.remove();
}

window.pinciteTranscript?.abort();
window.pinciteTranscript = new AbortController();
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#pc-retry")) act({ name: "retry" });
}, { signal: window.pinciteTranscript.signal });

// "ask" is a question to start from, named in the address: it is put in the box, not sent.
function open(named = {}) {
  const ask = address.take("ask") || window.pincite.unsent();
  act({ name: "open", conversation: here.get(), ask, ...named });
}

addEventListener("popstate", () => {
  const conversation = here.named();
  if (!conversation) here.none(); // Nor is what was shown before to come back with a reload.
  if (conversation !== (wanted !== shown || order.length ? wanted : "")) act({ name: "open", conversation });
}, { signal: window.pinciteTranscript.signal });

addEventListener("hashchange", () => { if (address.get("ask")) open(); },
  { signal: window.pinciteTranscript.signal });
watch("value", render);
ending.keep(root);
open({ paragraph: address.get("paragraph"), document: address.get("document") });
