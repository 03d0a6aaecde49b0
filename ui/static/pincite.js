// The sources panel and what the page needs around it. Runs once, inside Gradio's gr.HTML, which
// provides `element`, `props`, `trigger` and `watch`. Values come from ui/views.py. Elements are
// built with createElement and textContent only: no text of a document is ever parsed as markup.

const SMOOTH = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const LINK = /^#(src|hit)-(t\d+)-(\d+)$/;

// What to do with focus and scroll once the next view is drawn; set by the click that asks for it.
let intent = null;

function el(tag, kind, ...children) {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}

function send(name, rest, next) {
  intent = next;
  trigger("click", { name, ...rest });
}

function button(label, kind, onclick) {
  const made = el("button", kind, label);
  made.type = "button";
  made.addEventListener("click", onclick);
  return made;
}

function text(segments) {
  const paragraph = el("p", "pc-passage-text");
  paragraph.dir = "auto";
  for (const [part, marked] of segments) paragraph.append(marked ? el("mark", "", part) : part);
  return paragraph;
}

function head(title, subtitle, ...buttons) {
  const heading = el("h2", "", title);
  heading.tabIndex = -1;
  const top = el("div", "pc-panel-head", heading);
  if (subtitle) top.append(el("p", "pc-subtitle", subtitle));
  const shown = buttons.filter(Boolean);
  if (shown.length) top.prepend(el("div", "pc-panel-nav", ...shown));
  return top;
}

function backToCards(view) {
  if (!view.turn) return null;
  return button("← All sources", "pc-nav", () => send("cards", { turn: view.turn }, "top"));
}

function backToAnswer(view) {
  if (!view.opener.startsWith("#src-")) return null;
  return button("Back to answer", "pc-nav", () => toAnswer(view.opener));
}

function toAnswer(opener) {
  document.querySelector(`#pc-chat a[href="${CSS.escape(opener).replace(/^\\#/, "#")}"]`)?.focus();
}

const draw = {
  empty: (view) => [head("Sources", ""), el("p", "pc-empty", view.text)],

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
      if (card.headings) made.append(el("div", "pc-headings", card.headings));
      made.append(text(card.segments));
      parts.push(made);
    }
    return parts;
  },

  document(view) {
    const parts = [head(view.name, view.subtitle, backToCards(view), backToAnswer(view))];
    if (view.note) parts.push(el("p", "pc-note", view.note));
    if (view.earlier) parts.push(more("earlier", view.earlier));
    for (const passage of view.passages) {
      for (const heading of passage.headings) parts.push(el("h3", "pc-heading", heading));
      const number = el("span", "pc-ordinal", String(passage.ordinal));
      number.title = passage.place;
      const made = el("section", "pc-passage", number, text(passage.segments));
      made.dataset.ordinal = passage.ordinal;
      if (passage.source) {
        made.classList.add("pc-source-passage");
        made.tabIndex = -1;
        made.setAttribute("aria-label", `Source, ${passage.place}`);
      }
      parts.push(made);
    }
    if (view.later) parts.push(more("later", view.later));
    return parts;
  },

  files(view) {
    const parts = [head(view.title, view.subtitle, backToCards(view))];
    const list = el("ul", "pc-file-list");
    for (const row of view.rows) {
      const detail = row.problem ? `${row.problem}: ${row.detail}` : row.detail;
      const name = row.problem
        ? el("span", "pc-file-name", row.name)
        : button(row.name, "pc-file-name", () =>
            send("file", { document: row.name, turn: view.turn }, "top"));
      list.append(el("li", row.problem ? "pc-bad" : "", name, el("span", "pc-detail", detail)));
    }
    parts.push(list);
    if (view.note) parts.push(el("p", "pc-note", view.note));
    return parts;
  },
};

function more(name, count) {
  const label = `Show ${Math.min(count, 20)} ${name} paragraph${count === 1 ? "" : "s"}`;
  return button(label, "pc-more", () => send(name, {}, { keep: anchor(name) }));
}

// A passage that is on screen before and after more are shown, so that nothing jumps.
function anchor(name) {
  const passages = [...element.querySelectorAll(".pc-passage")];
  const at = name === "earlier" ? passages[0] : passages[passages.length - 1];
  return { ordinal: at.dataset.ordinal, top: at.getBoundingClientRect().top };
}

function scroller() {
  const side = document.getElementById("pc-side");
  const scrolls = side && getComputedStyle(side).overflowY === "auto";
  return scrolls ? side : document.scrollingElement;
}

function render() {
  const view = props.value;
  const root = element.querySelector(".pc-panel");
  if (!root || !view || !draw[view.kind]) return;
  root.replaceChildren(...draw[view.kind](view));
  root.dataset.kind = view.kind;
  // Evidence may arrive between a click and the document it opens: keep the click's wish for that.
  if (intent === "focus" && view.kind === "cards") return;
  settle(root, intent);
  intent = null;
}

function settle(root, wanted) {
  if (wanted?.keep) {
    const at = root.querySelector(`[data-ordinal="${wanted.keep.ordinal}"]`);
    if (at) scroller().scrollBy(0, at.getBoundingClientRect().top - wanted.keep.top);
    return;
  }
  const source = root.querySelector(".pc-source-passage");
  if (wanted === "focus" && source) {
    source.focus({ preventScroll: true });
    (source.querySelector("mark") ?? source).scrollIntoView({ block: "center", behavior: SMOOTH });
    return;
  }
  const heading = root.querySelector("h2");
  if (wanted && heading) {
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  }
  document.getElementById("pc-side")?.scrollTo(0, 0);
}

// A copied message is its text, not the markup that Gradio was given for it.
function plain(copied) {
  if (!copied.startsWith('<div class="pc-message')) return copied;
  const parsed = new DOMParser().parseFromString(copied, "text/html");
  for (const link of parsed.querySelectorAll(".pc-source")) link.prepend("\n");
  for (const mark of parsed.querySelectorAll(".pc-verdict")) mark.replaceWith(` (${mark.textContent})`);
  return [...parsed.querySelectorAll(".pc-message > *")].map((e) => e.textContent.trim()).join("\n");
}

// Gradio names a message by the markup it was given; and it never announces our status line.
function describe() {
  const labels = { user: "Your question", bot: "Answer" };
  for (const message of document.querySelectorAll("#pc-chat [data-testid][aria-label]")) {
    const label = labels[message.dataset.testid];
    if (label && message.getAttribute("aria-label") !== label) {
      message.setAttribute("aria-label", label);
    }
  }
  const status = document.getElementById("pc-status");
  if (status && !status.role) Object.assign(status, { role: "status", ariaLive: "polite" });
}

// Gradio may mount the panel again (after a lost connection): the listeners of before must go.
window.pinciteListeners?.abort();
window.pinciteListeners = new AbortController();
const listening = { capture: true, signal: window.pinciteListeners.signal };

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#src-"], a[href^="#hit-"]');
  const named = link && LINK.exec(link.getAttribute("href"));
  if (named) {
    event.preventDefault();
    event.stopPropagation();
    const name = named[1] === "src" ? "source" : "hit";
    send(name, { turn: named[2], number: Number(named[3]) }, "focus");
  } else if (event.target.closest?.('[data-pincite="files"]')) {
    send("files", { turn: props.value?.turn ?? "" }, "top");
  } else if (event.target.closest?.("#pc-stop") && matchMedia("(hover: hover)").matches) {
    // The button goes away with the focus on it.
    document.querySelector("#pc-box textarea")?.focus();
  }
}, listening);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && element.contains(event.target) && props.value?.opener) {
    toAnswer(props.value.opener);
  }
}, listening);

document.addEventListener("copy", (event) => {
  const copied = event.target.value;
  if (typeof copied !== "string" || plain(copied) === copied) return;
  event.clipboardData.setData("text/plain", plain(copied));
  event.preventDefault();
}, listening);

if (navigator.clipboard && !window.pinciteClipboard) {
  window.pinciteClipboard = navigator.clipboard.writeText.bind(navigator.clipboard);
  navigator.clipboard.writeText = (copied) => window.pinciteClipboard(plain(String(copied)));
}

// The other components may be mounted after this one, so the whole page is watched.
window.pinciteObserver?.disconnect();
window.pinciteObserver = new MutationObserver(describe);
window.pinciteObserver.observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"],
});
describe();
watch("value", render);
render();
