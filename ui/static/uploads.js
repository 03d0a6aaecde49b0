// Adding documents: chosen or dropped, sent in pieces, one after another. Put behind kit.js.

const PIECE_BYTES = 512 * 1024;

const chooser = el("input", { type: "file", multiple: true, className: "pc-unseen", tabIndex: -1,
  attributes: { "aria-label": t("Documents to add") } });
const adder = button(t("Add documents"), "pc-primary", () => chooser.click());
const drop = el("div", "pc-drop", adder, el("p", "pc-hint", ""), chooser);
chooser.addEventListener("change", () => {
  add([...chooser.files]);
  chooser.value = "";
});

function base64(buffer) {
  let text = "";
  const all = new Uint8Array(buffer);
  for (let i = 0; i < all.length; i += 0x8000) {
    text += String.fromCharCode(...all.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

// Returns the name it got in the folder as `ok`, why it was not taken as `error`, or neither when
// it was stopped.
async function addOne(file, told) {
  if (file.size > folder.max_bytes) {
    return { error: t("{name} is larger than {size}.", { name: file.name, size: bytes(folder.max_bytes) }) };
  }
  const begun = await answerTo("begin", { name: file.name });
  if (begun.error !== undefined) return begun;
  const token = begun.ok;
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = stopped ? null : await bytesOf(file.slice(at, at + PIECE_BYTES));
    if (!piece) {
      await ask("drop", { token });
      return stopped ? {} : { error: t("{name}: it could not be read", { name: file.name }) };
    }
    const taken = await answerTo("piece", { token, data: base64(piece) });
    if (taken.error !== undefined) return taken;
    told(Math.min(at + PIECE_BYTES, file.size));
  }
  return answerTo("keep", { token });
}

// Its bytes, or null: a file that was changed, moved or locked since it was chosen, or a folder.
async function bytesOf(piece) {
  try {
    return await piece.arrayBuffer();
  } catch {
    return null;
  }
}

const takesFiles = () => !folder.problem && folder.max_files > 0;

// Files dropped while others are being added come after them.
let adding = Promise.resolve();
function add(files) {
  const begin = () => addAll(files);
  adding = adding.then(begin, begin);
}

let stopped = false;
const sending = progress(() => {
  stopped = true;
  sending.show({ stage: "cancelling" });
});

async function addAll(files) {
  if (!files.length) return;
  adder.disabled = true;
  stopped = false;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const added = [];
  const problems = [];
  let before = 0;
  for (const file of files) {
    const show = (done) => sending.show(
      { stage: stopped ? "cancelling" : "running", done: added.length, total: files.length },
      () => t("Adding {name} ({percent} %)",
        { name: file.name, percent: Math.round((100 * (before + done)) / Math.max(total, 1)) }));
    show(0);
    const { ok, error } = await addOne(file, show);
    if (ok !== undefined) added.push(ok);
    if (error !== undefined) say(error, "bad");
    if (error !== undefined && !stopped) problems.push(error);
    if (stopped) break;
    before += file.size;
  }
  const refused = problems.join(" ");
  adder.disabled = !takesFiles();
  sending.show(null);
  tell(added, refused, stopped && added.length < files.length);
  if (added.length) read(Boolean(refused) || stopped);
}

function tell(added, refused, early) {
  const whole = added.length === 1 && !refused && !early;
  const told = whole ? t("{name} added.", { name: added[0] })
    : counted("{count} document added.", "{count} documents added.", added.length);
  say([early && t("Adding was stopped."), told, refused && t("Not added: {names}", { names: refused })]
    .filter(Boolean).join(" "), refused ? "bad" : "good");
}

for (const kind of ["dragenter", "dragover"]) {
  element.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("pc-over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  element.addEventListener(kind, () => drop.classList.remove("pc-over"));
}
element.addEventListener("drop", (event) => {
  event.preventDefault();
  add([...event.dataTransfer.files]);
});
