// The words of the pages in the language chosen, or the first of the browser's languages there is.
// Keys are the English sentences; what a catalogue lacks is shown in English. Translations only
// ever become text: textContent and attributes, never markup. `pinciteCatalogues` comes from
// ui/word_files.py.
window.pinciteWords = (() => {
  const KEY = "pincite-language";
  const { names, files } = window.pinciteCatalogues;

  function chosen() {
    try {
      const kept = localStorage.getItem(KEY);
      return Object.hasOwn(names, kept) ? kept : "auto";
    } catch {
      return "auto"; // Storage is switched off in this browser.
    }
  }

  function automatic() {
    const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
    return wanted.find((code) => Object.hasOwn(names, code)) ?? "en";
  }

  // Waits for the answer, so that no script draws in English first; the browser keeps it for good.
  function fetched(code) {
    if (code === "en") return null;
    const request = new XMLHttpRequest();
    try {
      request.open("GET", files[code], false);
      request.send();
      return request.status === 200 ? JSON.parse(request.responseText) : null;
    } catch {
      return null;
    }
  }

  const wanted = chosen() === "auto" ? automatic() : chosen();
  const words = fetched(wanted);
  const language = words ? wanted : "en"; // Rather English than a page that is half of each.
  const locale = language === "en" ? "en-GB" : language;
  const catalogue = new Map(Object.entries(words ?? {}));
  const numbers = new Intl.NumberFormat(locale);
  const forms = new Intl.PluralRules(locale);

  // What a page shows is partly made by the server, which is told here, and told again when the
  // reader comes back from a tab in another language.
  const tell = () => {
    document.cookie = `${KEY}=${language}; Path=/; SameSite=Lax; Max-Age=31536000`;
  };
  tell();
  window.addEventListener("focus", tell);

  // Gradio sets it to the browser's own language, and may do so after us.
  const named = () => {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  };
  named();
  new MutationObserver(named).observe(document.documentElement, { attributeFilter: ["lang"] });

  function set(code) {
    try {
      if (code === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, code);
    } catch { /* Then the browser's own languages go on counting. */ }
    location.reload();
  }

  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? numbers.format(value) : String(value);
  });

  function t(sentence, values = {}) {
    const found = catalogue.get(sentence);
    return filled(typeof found === "string" ? found : sentence, values);
  }

  // The form that fits the count: `one` is the key, and both forms are English.
  function counted(one, more, count, values = {}) {
    const found = catalogue.get(one);
    const [single, other] = Array.isArray(found) ? found : [one, more];
    return filled(forms.select(count) === "one" ? single : other, { count, ...values });
  }

  // Of a day (2024-03-14), a month (2024-03) or a year, as documents state it.
  function day(iso) {
    const found = /^(\d{4})-(\d\d)(-\d\d)?$/.exec(iso);
    const time = found ? new Date(`${found[1]}-${found[2]}${found[3] ?? "-01"}T00:00Z`) : null;
    if (!time || Number.isNaN(time.getTime())) return iso;
    const shown = found[3] ? { dateStyle: "medium" } : { year: "numeric", month: "long" };
    return time.toLocaleDateString(locale, { ...shown, timeZone: "UTC" });
  }

  function when(iso) {
    const time = new Date(iso);
    return Number.isNaN(time.getTime()) ? iso
      : time.toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  }

  // What stands in the pages from the start carries its sentences with it (ui/worded.py).
  function dress(one) {
    for (const [name, [sentence, more, count]] of Object.entries(JSON.parse(one.dataset.words))) {
      const said = more ? counted(sentence, more, count) : t(sentence);
      if (name === "text") one.textContent = said;
      else one.setAttribute(name, said);
    }
  }

  // And what Gradio draws is known by its place. Its nodes stay: it goes on using them.
  const drawn = [["#pc-send", t("Send")], ["#pc-stop", t("Stop")], ["#pc-box label > span", t("Question")],
    [".toast-title.error", t("Error")]];
  // What it says of a lost connection comes from its own program, in English and in three points.
  const lost = t("Connection to the server was lost. Attempting reconnection...");
  const asking = t("Ask about the documents");

  function dressGradio() {
    for (const [place, said] of drawn) {
      const nodes = document.querySelector(place)?.childNodes ?? [];
      const text = [...nodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (text && text.data !== said) text.data = said;
    }
    const told = document.querySelector(".toast-message-text")?.firstChild;
    if (told?.data?.startsWith("Connection to the server was lost") && told.data !== lost) told.data = lost;
    const box = document.querySelector("#pc-box textarea");
    if (box && box.placeholder !== asking) box.placeholder = asking;
  }

  function look(changes) {
    for (const added of changes.flatMap((change) => [...change.addedNodes])) {
      if (!(added instanceof Element)) continue;
      if (added.dataset.words) dress(added);
      added.querySelectorAll("[data-words]").forEach(dress);
    }
    dressGradio();
  }

  // Before the next picture is drawn, so that no English is seen first.
  if (language !== "en") {
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  }

  return { language, names, chosen, set, t, counted, day, when, number: numbers.format };
})();
