// What a reader says of an answer. Runs inside Gradio's gr.HTML, which gives `server`; the
// transcript calls `pincite.feedback(turn, conversation)` for the buttons below an answer.

(() => {
  const { el, button } = window.pincite;
  const { t } = window.pinciteWords;

  async function give(values) {
    try {
      const answer = await server.ask({ do: "give", right_answer: "", ...values });
      return answer.error ?? answer.ok;
    } catch {
      return t("The server does not answer. Is Pincite still running?");
    }
  }

  function correction(about, done, leave) {
    const area = el("textarea", "pc-edit-box");
    area.rows = 2;
    area.maxLength = 2000;
    area.dir = "auto";
    area.placeholder = t("The right answer, if you know it");
    area.setAttribute("aria-label", t("The right answer"));
    const send = () => done(give({ ...about, said: "wrong", right_answer: area.value }));
    const missing = () => done(give({ ...about, said: "not held" }));
    const form = el("div", "pc-correction", area, el("div", "pc-tools",
      button(t("Send"), "pc-tool pc-strong", send),
      button(t("The documents do not hold it"), "pc-tool", missing),
      button(t("Cancel"), "pc-tool", leave)));
    form.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
    setTimeout(() => area.focus());
    return form;
  }

  window.pincite.feedback = (turn, conversation) => {
    const about = { conversation, turn: turn.id };
    const place = el("span", "pc-feedback");
    const done = async (told) => {
      const words = el("span", "pc-note", "…");
      words.setAttribute("role", "status");
      words.tabIndex = -1;
      const focused = place.contains(document.activeElement);
      place.replaceChildren(words);
      if (focused) words.focus(); // What was pressed has gone.
      words.textContent = await told;
    };
    const why = el("a", "pc-tool", t("Not found?"));
    why.href = window.pincite.address.to("/documents", "question", turn.searched || turn.question);
    why.title = t("See why a paragraph you expected was not found");
    const right = button(t("Right"), "pc-tool", () => done(give({ ...about, said: "right" })),
      t("This answer is right"));
    const wrong = button(t("Wrong"), "pc-tool",
      () => place.replaceChildren(correction(about, done, offer)), t("This answer is wrong"));
    function offer() {
      place.replaceChildren(right, wrong, why);
      wrong.focus();
    }
    place.append(right, wrong, why);
    return place;
  };
})();
