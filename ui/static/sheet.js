// On a narrow screen the sources are a sheet over the conversation. While it is open it has an entry of
// its own in the history, so that Back, which a phone offers before any button, closes it and no more.
{
  const SHOWN = "pc-sheet-shown";
  const PRESSED = "a, button, input, textarea, select, summary, label";
  const narrow = matchMedia("(max-width: 899px)");
  const inHistory = () => history.state?.sheet === true;
  const hide = () => document.body.classList.remove(SHOWN);

  window.pincite.sheet = {
    // `asked`: somebody opened it, and may want to go back. Not so where the address did.
    open(asked) {
      document.body.classList.add(SHOWN);
      if (asked && narrow.matches && !inHistory()) history.pushState({ sheet: true }, "");
    },

    close() {
      hide();
      if (inHistory()) history.back();
    },
  };

  addEventListener("popstate", () => {
    if (!inHistory()) hide();
  });

  // It closes when the page behind it is pressed. What is pressed may change the history itself, which
  // going back would cross: then the entry stays, and is used by the next sheet.
  document.addEventListener("pointerdown", (event) => {
    const side = document.getElementById("pc-side");
    if (!narrow.matches || !document.body.classList.contains(SHOWN) || side?.contains(event.target)) return;
    if (event.target.closest?.(PRESSED)) hide();
    else window.pincite.sheet.close();
  }, { capture: true });
}
