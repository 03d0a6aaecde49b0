// Asks for news where none has come for a while, and finds the server again that was started anew
// while an answer was awaited: the page is then loaded anew and opens its conversation as it was
// kept. Gradio does so only where a connection breaks off without a word; a server that ends in
// order says one more, and Gradio leaves it there.
{
  const ASK_AFTER_MS = 2000;
  let timer = 0;

  // The number of the server that answers, 0 while none does; null where it wants the password.
  async function serverId() {
    try {
      const answer = await fetch("/gradio_api/app_id");
      return answer.status === 401 ? null : (await answer.json()).app_id;
    } catch {
      return 0;
    }
  }

  async function look() {
    const id = await serverId();
    if (id === null || (id !== 0 && id !== window.gradio_config.app_id)) return location.reload();
    window.pincite.awaited(true);
    // The same server: news may have been lost on the way, or nobody sends any.
    if (id !== 0) window.pincite.act?.({ name: "follow" });
  }

  // Told with each piece of news; the server is only asked when none has come for a while.
  window.pincite.awaited = (waiting) => {
    clearTimeout(timer);
    if (waiting) timer = setTimeout(look, ASK_AFTER_MS);
  };
}
