// Asks for the header anew when this tab, or another one of this browser, has changed what it tells:
// the model in use, say. Runs once, inside Gradio's gr.HTML, which provides `trigger`. What was
// changed from another browser comes to Chat with the next action (ui/pages/chat.py).

// Gradio may mount the header again (after a lost connection): what listened before must not.
window.pinciteHeader?.close();
window.pinciteHeader = new BroadcastChannel("pincite-header");
window.pinciteHeader.addEventListener("message", () => trigger("click"));

// The tabs, the bookmarks and the history of a browser go by it.
{
  const here = element.querySelector("[aria-current=page]");
  if (here) document.title = `${window.pinciteWords.t(JSON.parse(here.dataset.words).text[0])} · Pincite`;
}

window.pincite.headerChanged = () => {
  trigger("click");
  window.pinciteHeader.postMessage("changed");
};
