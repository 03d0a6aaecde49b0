// What the scripts of the pages share. Elements are built with createElement and textContent
// only: no text of a document, a question or a model is ever parsed as markup.
window.pincite = {
  el(tag, kind, ...children) {
    const made = document.createElement(tag);
    if (kind) made.className = kind;
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  },

  button(label, kind, onclick, name) {
    const made = window.pincite.el("button", kind, label);
    made.type = "button";
    if (name) {
      made.setAttribute("aria-label", name);
      made.title = name;
    }
    made.addEventListener("click", onclick);
    return made;
  },

  // What the server sends, with its lists: they come as {length, 0: …, 1: …}, see ui/streamed.py.
  listed(value) {
    const { listed } = window.pincite;
    if (typeof value !== "object" || value === null) return value;
    if ("length" in value) return Array.from(value, listed);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, listed(each)]));
  },

  // Works without the clipboard interface too, which plain http addresses do not have.
  async copy(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: words });
      area.style.position = "fixed";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  },

  // A button that copies what words() gives, and says so for a moment.
  copier(label, kind, words, told, name) {
    const { t } = window.pinciteWords;
    const made = window.pincite.button(label, kind, async () => {
      await window.pincite.copy(words());
      window.pincite.say(told);
      made.textContent = t("Copied");
      setTimeout(() => { made.textContent = label; }, 1500);
    }, name);
    return made;
  },

  // What was hidden a moment ago, as a sheet that opens is, takes the focus only some frames later.
  focusOnceSeen(node, frames = 30) {
    node.focus({ preventScroll: true });
    if (document.activeElement === node || !node.isConnected || !frames) return;
    requestAnimationFrame(() => window.pincite.focusOnceSeen(node, frames - 1));
  },

  // Says something to screen readers alone.
  say(words) {
    let live = document.getElementById("pc-live");
    if (!live) {
      live = window.pincite.el("div", "pc-unseen");
      live.id = "pc-live";
      live.setAttribute("role", "status");
      document.body.append(live);
    }
    live.textContent = words;
  },

  // Which conversation this tab shows: its id alone, which opens nothing in another browser.
  here: {
    get: () => window.pincite.here.named()
      || sessionStorage.getItem("pincite-conversation") || "",
    named: () => new URLSearchParams(location.search).get("c") ?? "",
    // `after`: the reader goes to it from another one, to which Back leads.
    set(id, after = false) {
      sessionStorage.setItem("pincite-conversation", id);
      const query = new URLSearchParams(location.search);
      if (query.get("c") === id) return;
      query.set("c", id);
      if (after) history.pushState(null, "", `?${query}`);
      else history.replaceState(history.state, "", `?${query}`);
    },
    none() {
      sessionStorage.removeItem("pincite-conversation");
      if (window.pincite.here.named()) history.pushState(null, "", location.pathname);
    },
  },

  // The filters of this tab's questions, kept with the tab like its conversation.
  filters: {
    get: () => Object.fromEntries(
      new URLSearchParams(sessionStorage.getItem("pincite-filters") ?? "")),
    set: (values) =>
      sessionStorage.setItem("pincite-filters", String(new URLSearchParams(values))),
  },
};
