// The sources panel. Runs once, inside Gradio's gr.HTML, which provides `element`, `props` and
// `watch`. Values come from ui/views.py. On a narrow screen the panel is a sheet over the page.

const { address, el, button, copier, focusOnceSeen, listed, passages, sheet } = window.pincite;
const { t, counted, day } = window.pinciteWords;
const SMOOTH = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
// Buttons that go away, or are switched off, with the focus on them once they are pressed.
const GOING = "#pc-send, #pc-stop, #pc-retry, .pc-follow-ups button, button.pc-example";
const LINK = /^#(src|hit)-(t\d+)-(\d+)$/;

// What to do with focus and scroll once the next view is drawn; set by the click that asks for it.
let intent = null;
let awaited = ""; // The link whose document that click asked for.
let shown = "";
let current = null; // The view that is drawn: `props.value` may be an older one that came late.
let asOf = 0;

// An address may name a paragraph or a document: it comes with the conversation, which transcript.js
// opens.
if (address.get("paragraph") || address.get("document")) {
  intent = "focus";
  sheet.open(false);
}

function send(name, rest, next, link = "") {
  intent = next;
  awaited = link;
  sheet.open(true);
  // Counted for the page, which this script may be run in again.
  window.pincite.pressed = (window.pincite.pressed ?? 0) + 1;
  window.pincite.act({ name, pressed: window.pincite.pressed, ...rest });
}

window.pincite.panel = (name, turn) => send(name, { turn }, "top");

function closeSheet() {
  sheet.close();
  if (current) toAnswer(current);
}

function head(title, subtitle, ...buttons) {
  const heading = el("h2", "", title);
  heading.tabIndex = -1;
  const top = el("div", "pc-panel-head", heading);
  if (subtitle) top.append(el("p", "pc-subtitle", subtitle));
  const close = button(t("Close"), "pc-nav pc-sheet-close", closeSheet);
  top.prepend(el("div", "pc-panel-nav", ...buttons, close));
  return top;
}

function backToCards(view) {
  if (!view.turn) return null;
  return button(t("← All sources"), "pc-nav", () => send("cards", { turn: view.turn }, "top"));
}

function asPage(view) {
  if (!view.page) return null;
  return button(t("Page"), "pc-nav", () => send("page", { number: view.page }, "focus"),
    t("Show the page as a picture"));
}

function backToAnswer(view) {
  if (!view.opener.startsWith("#src-")) return null;
  return button(t("Back to answer"), "pc-nav pc-back", () => {
    sheet.close();
    toAnswer(view);
  });
}

// The citations of the answer the open one belongs to, in reading order.
function citations(opener) {
  const turn = LINK.exec(opener)?.[2];
  const all = document.querySelectorAll(`#pc-chat .pc-cite[href^="#src-${turn}-"]`);
  return [...new Set([...all].map((link) => link.getAttribute("href")))];
}

function neighbour(opener, step) {
  const all = citations(opener);
  return all[all.indexOf(opener) + step];
}

function steps(view) {
  if (!view.opener.startsWith("#src-")) return [];
  return [[-1, "‹", t("Previous citation (p)")], [1, "›", t("Next citation (n)")]].map(
    ([step, label, name]) => {
      const made = button(label, "pc-nav pc-step", () => go(neighbour(view.opener, step)), name);
      made.disabled = !neighbour(view.opener, step);
      return made;
    });
}

function go(href) {
  const named = href && LINK.exec(href);
  if (!named) return;
  const name = named[1] === "src" ? "source" : "hit";
  send(name, { turn: named[2], number: Number(named[3]) }, "focus", href);
}

// To the citation that opened the view, or to the answer whose paragraphs it shows.
function toAnswer({ opener, turn }) {
  const link = opener && document.querySelector(`#pc-chat a[href="${CSS.escape(opener).replace(/^\\#/, "#")}"]`);
  if (link) link.focus();
  else document.querySelector(`#pc-chat [data-turn="${turn}"]`)?.focus({ preventScroll: true });
}

const draw = {
  // The picture keeps its place from the start, so that nothing moves when it comes.
  page(view) {
    const image = el("img", "pc-page-image");
    Object.assign(image, { src: view.image, alt: t("Page {number} of {name}", view) });
    image.addEventListener("error", () => send("text", {}, "focus"));
    const sheet = el("div", "pc-sheet-of-paper", image);
    sheet.style.aspectRatio = `${view.width} / ${view.height}`;
    for (const box of view.boxes) {
      const made = el("div", "pc-box");
      for (const side of ["left", "top", "width", "height"]) made.style[side] = `${box[side] * 100}%`;
      sheet.append(made);
    }
    if (view.quote && view.boxes.length) {
      sheet.classList.add("pc-source-passage");
      sheet.tabIndex = -1;
      sheet.setAttribute("aria-label", t("Page {number}, marked: {quote}", view));
    }
    return [pageHead(view), sheet];
  },

  empty: (view) => [head(t("Sources"), ""), el("p", "pc-empty", t(view.text))],
  waiting: (view) => draw.empty(view),

  cards(view) {
    const parts = [head(view.title, view.subtitle)];
    let group = "";
    for (const card of view.cards) {
      if (card.group !== group) parts.push(el("h3", "pc-group", (group = card.group)));
      const link = el("a", "pc-card-link", card.name);
      link.href = card.href;
      const line = el("div", "pc-card-head", link, el("span", "pc-place", card.place));
      if (card.number) line.prepend(el("span", "pc-number", `[${card.number}]`));
      const made = el("article", card.number ? "pc-card pc-cited" : "pc-card", line);
      if (card.date) line.append(el("span", "pc-place", day(card.date)));
      if (card.headings) made.append(el("div", "pc-headings", card.headings));
      made.append(passages.parts(card.parts));
      parts.push(made);
    }
    return parts;
  },

  document(view) {
    const parts = [head(view.name, view.subtitle, backToCards(view), ...steps(view), backToAnswer(view), asPage(view))];
    if (view.note) parts.push(el("p", "pc-note", view.note));
    if (view.changed) parts.push(button(t("Show the document as it is now"), "pc-more", () => send("now", {}, "top")));
    if (view.earlier) parts.push(more("before", view.earlier));
    for (const passage of view.passages) {
      for (const heading of passage.headings) parts.push(passages.heading(heading));
      const number = el("span", "pc-ordinal", String(passage.ordinal));
      number.title = passage.place;
      const made = el("section", "pc-passage", number, passages.body(passage), linkTo(passage));
      made.dataset.ordinal = passage.ordinal;
      if (passage.source) {
        made.classList.add("pc-source-passage");
        made.tabIndex = -1;
        made.setAttribute("aria-label", t("Source, {place}", passage));
      }
      parts.push(made);
    }
    if (view.later) parts.push(more("after", view.later));
    return parts;
  },
};

function linkTo(passage) {
  if (!passage.id) return null;
  const link = () => address.to(location.origin + location.pathname, "paragraph", passage.id);
  return copier(t("Copy link"), "pc-nav pc-link-to", link, t("Link copied"),
    t("Copy link to paragraph {number}", { number: passage.ordinal }));
}

function pageHead(view) {
  const turn = (number, label) => {
    const made = button(label, "pc-nav", () => send("page", { number }, "top"));
    made.disabled = !number;
    return made;
  };
  return head(view.name, view.subtitle, backToCards(view), ...steps(view), backToAnswer(view),
    turn(view.before, t("Page before")), turn(view.after, t("Page after")),
    button(t("Text"), "pc-nav", () => send("text", {}, "focus"), t("Show the text of the document")));
}

function more(name, count) {
  const label = name === "before"
    ? counted("Show {count} earlier paragraph", "Show {count} earlier paragraphs", Math.min(count, 20))
    : counted("Show {count} later paragraph", "Show {count} later paragraphs", Math.min(count, 20));
  const made = button(label, "pc-more", () => send(name, {}, { keep: anchor(name) }));
  made.dataset.more = name;
  return made;
}

// A passage that is on screen before and after more are shown, so that nothing jumps.
function anchor(name) {
  const at = [...element.querySelectorAll(".pc-passage")].at(name === "before" ? 0 : -1);
  return { ordinal: at.dataset.ordinal, top: at.getBoundingClientRect().top };
}

function scroller() {
  const side = document.getElementById("pc-side");
  return side && getComputedStyle(side).overflowY === "auto" ? side : document.scrollingElement;
}

function render() {
  const { as_of: made = 0, ...view } = listed(props.value ?? {});
  const root = element.querySelector(".pc-panel");
  // The cards of an answer may arrive after a source of it that was opened meanwhile.
  if (!root || !draw[view.kind] || made < asOf) return;
  asOf = made;
  current = view;
  const value = JSON.stringify(view);
  if (value === shown && !intent) return;
  shown = value;
  const refocus = refocusing(root);
  root.replaceChildren(...draw[view.kind](view));
  refocus();
  root.dataset.kind = view.kind;
  root.dataset.opener = view.opener ?? "";
  // Evidence, or what an earlier click opens, may arrive between a click and its document: keep the
  // click's wish for that.
  const other = awaited && view.opener && view.opener !== awaited;
  if (intent === "focus" && (other || ["cards", "waiting"].includes(view.kind))) return;
  settle(root, intent);
  intent = null;
}

// A view drawn anew takes the focus away with what had it: it goes to the same thing in the new one,
// else to the paragraph that stands where it was, else to the heading.
function refocusing(root) {
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const same = held?.dataset.more ? `[data-more="${held.dataset.more}"]`
    : held?.getAttribute("href") && `[href="${CSS.escape(held.getAttribute("href"))}"]`;
  return () => {
    if (!held) return;
    const kept = intent?.keep && root.querySelector(`[data-ordinal="${intent.keep.ordinal}"]`);
    if (kept) kept.tabIndex = -1;
    const next = (same && root.querySelector(same)) ?? kept ?? root.querySelector("h2");
    next?.focus({ preventScroll: true });
  };
}

function settle(root, wanted) {
  if (wanted?.keep) {
    const at = root.querySelector(`[data-ordinal="${wanted.keep.ordinal}"]`);
    if (at) scroller().scrollBy(0, at.getBoundingClientRect().top - wanted.keep.top);
    return;
  }
  const source = root.querySelector(".pc-source-passage");
  if (wanted === "focus" && source) {
    focusOnceSeen(source);
    (source.querySelector("mark, .pc-box") ?? source).scrollIntoView({ block: "center", behavior: SMOOTH });
    return;
  }
  const heading = root.querySelector("h2");
  if (wanted && heading) {
    focusOnceSeen(heading);
    heading.scrollIntoView({ block: "nearest" });
  }
  document.getElementById("pc-side")?.scrollTo(0, 0);
}

// Gradio may mount the panel again (after a lost connection): the listeners of before must go.
window.pinciteListeners?.abort();
window.pinciteListeners = new AbortController();
const listening = { capture: true, signal: window.pinciteListeners.signal };

// Not every browser gives a button the focus that is pressed with the mouse.
const holdsFocus = (pressed) => pressed && [pressed, document.body].includes(document.activeElement);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#src-"], a[href^="#hit-"]');
  if (link && LINK.test(link.getAttribute("href"))) {
    event.preventDefault();
    event.stopPropagation();
    go(link.getAttribute("href"));
  } else if (holdsFocus(event.target.closest?.(GOING)) && matchMedia("(hover: hover)").matches) {
    document.querySelector("#pc-box textarea")?.focus();
  }
}, listening);

// Letters act only while the focus is in the panel, so that they never get in a writer's way.
document.addEventListener("keydown", (event) => {
  if (!element.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const opener = current?.opener;
  if (event.key === "Escape") closeSheet();
  else if (opener && event.key === "n") go(neighbour(opener, 1));
  else if (opener && event.key === "p") go(neighbour(opener, -1));
}, listening);

addEventListener("hashchange", () => {
  const paragraph = address.get("paragraph");
  const named = address.get("document");
  if (paragraph) send("paragraph", { paragraph }, "focus");
  else if (named) send("file", { document: named }, "top");
}, listening);

watch("value", render);
render();
