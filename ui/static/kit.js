// Shared by the scripts of the pages beside Chat, which are put behind it. Gradio's gr.HTML gives
// `element` and `server`. Elements are built with createElement and textContent only.

const app = element.querySelector(".pc-app");
const { t, counted, day, when, number } = window.pinciteWords;

// el("p", "kind", "text", child) or el("input", { className: "kind", type: "text" }).
function el(tag, given, ...children) {
  const made = document.createElement(tag);
  const { attributes = {}, ...properties } =
    typeof given === "string" ? { className: given } : given ?? {};
  Object.assign(made, properties);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function button(label, kind, onclick, given = {}) {
  const made = el("button", { type: "button", className: `pc-button ${kind}`, ...given }, label);
  made.addEventListener("click", onclick);
  return made;
}

function field(label, control, hint = "") {
  control.id ||= `pc-f${(field.count = (field.count ?? 0) + 1)}`;
  const named = el("label", { className: "pc-label", htmlFor: control.id }, label);
  return el("div", "pc-field", named, control, hint && el("p", "pc-hint", hint));
}

function select(options, chosen) {
  const made = el("select", "pc-input");
  for (const [value, label] of options) made.append(el("option", { value }, label));
  if (chosen !== undefined) made.value = chosen;
  return made;
}

function section(heading, ...children) {
  const titled = el("h2", "", heading);
  return el("section", { className: "pc-section" }, titled, ...children);
}

// What may be wider than a narrow screen: it scrolls by itself, with the keyboard too.
function scrolling(label, child) {
  return el("div", { className: "pc-boxed pc-scroll", tabIndex: 0,
    attributes: { role: "region", "aria-label": label } }, child);
}

// Calls an action of the server; returns what it gives as `ok`, or what went wrong as `error`.
async function answerTo(name, values) {
  const gone = { error: t("The server does not answer. Is Pincite still running?") };
  try {
    return (await server.ask({ do: name, ...values })) ?? gone; // Gradio logs an error and gives nothing.
  } catch {
    return gone;
  }
}

// As above; says what went wrong and returns undefined when it failed.
async function ask(name, values = {}) {
  const answer = await answerTo(name, values);
  if (answer.error !== undefined) {
    say(answer.error, "bad");
    return undefined;
  }
  return answer.ok;
}

// One line for what just happened, read out by screen readers; `offer` of a note is a button in it.
const news = el("div", { className: "pc-news", attributes: { role: "status" } });

function say(words, kind = "good") {
  news.classList.remove("pc-afloat");
  news.replaceChildren(...(words ? [note(words, kind)] : []));
  const { top, bottom } = news.getBoundingClientRect();
  // Told of a button far below, it is over the page.
  news.classList.toggle("pc-afloat", bottom < 0 || top > innerHeight);
}

// Of many lines, such as one for each question that cannot be asked, the first few, and the rest on demand.
function linesOf(words) {
  const paragraph = (lines) => el("p", { dir: "auto" }, lines.join("\n"));
  const lines = words.split("\n");
  const few = lines.slice(0, lines.length > 5 ? 3 : 5);
  const rest = lines.slice(few.length);
  return [paragraph(few), rest.length ? el("details", "",
    el("summary", "", counted("{count} more line", "{count} more lines", rest.length)), paragraph(rest)) : ""];
}

function note(words, kind, offer = null) {
  const close = button("×", "pc-quiet", () => made.remove(), { attributes: { "aria-label": t("Dismiss") } });
  const made = el("div", `pc-note pc-${kind}`, el("div", "pc-told", ...linesOf(words)), offer, close);
  return made;
}

function bytes(size) {
  if (size < 1000) return t("{count} B", { count: size });
  if (size < 1e6) return t("{count} kB", { count: Math.round(size / 1e3) });
  return t("{count} MB", { count: Math.round(size / 1e5) / 10 });
}

function duration(seconds) {
  if (seconds < 1) return t("less than a second");
  if (seconds < 90) return counted("{count} second", "{count} seconds", Math.round(seconds));
  return seconds < 5400
    ? counted("{count} minute", "{count} minutes", Math.round(seconds / 60))
    : counted("{count} hour", "{count} hours", Math.round(seconds / 360) / 10);
}

// A job's bar: what it does, how far it is, how fast, how long still, and a way to end it.
function progress(oncancel) {
  const bar = el("progress", { max: 1, attributes: { "aria-label": t("Progress") } });
  const words = el("p", "pc-progress-words");
  const cancel = button(t("Cancel"), "", oncancel);
  const made = el("div", { className: "pc-job", hidden: true }, words, bar, cancel);
  let said = "";
  made.show = (job, wording) => {
    made.hidden = !job || !["running", "cancelling"].includes(job.stage);
    if (made.hidden) return;
    if (job.total) bar.value = job.done / job.total;
    else bar.removeAttribute("value");
    cancel.disabled = job.stage === "cancelling";
    const parts = [job.stage === "cancelling" ? t("Stopping…") : wording(job)];
    if (job.total) parts.push(t("{count} of {total}", { count: job.done, total: job.total }));
    if (job.rate) parts.push(t("{count} a second", { count: Math.round(job.rate * 10) / 10 }));
    if (job.left_s && job.stage === "running") parts.push(t("{time} left", { time: duration(job.left_s) }));
    const now = parts.join(" · ");
    if (now !== said) words.textContent = said = now;
  };
  return made;
}

// Asks for a job's state until it is over; `shown` gets each, `ended` the last.
let following = 0;
async function follow(action, shown, ended) {
  const turn = ++following;
  for (;;) {
    const job = await ask(action);
    if (turn !== following || !app.isConnected) return;
    if (job === undefined) return ended(null);
    shown(job);
    if (!job || !["running", "cancelling"].includes(job.stage)) return ended(job);
    await new Promise((resume) => setTimeout(resume, 400));
  }
}

function ready() {
  app.removeAttribute("aria-busy");
}
