// Who is at the end of the conversation stays there, whatever gets another size above it. The browser
// holds what it sees in its place instead, and goes far astray where that is a turn which was the last
// one until now and is laid out anew for it. Of a last turn that is higher than its room the beginning
// is seen, of one with a long question that of its answer: what comes below an answer does not push it
// away from who reads it.
{
  const NEAR = 80;
  const room = () => document.getElementById("pc-chat");
  let held = true;

  // How far it is scrolled where the end is seen.
  function end() {
    const last = room().querySelector(".pc-turn:last-child");
    const bottom = room().scrollHeight - room().clientHeight;
    if (!last) return bottom;
    const [question, answer] = last.children;
    const first = question.offsetHeight < room().clientHeight / 2 ? last : answer;
    const top = first.getBoundingClientRect().top - room().getBoundingClientRect().top;
    return Math.min(bottom, room().scrollTop + top);
  }

  function hold(near) {
    held = near;
    room().style.overflowAnchor = near ? "none" : "";
  }

  const look = () => hold(Math.abs(end() - room().scrollTop) < NEAR);

  document.addEventListener("scroll", ({ target }) => {
    if (target === room()) look();
  }, { capture: true, passive: true });

  window.pincite.ending = {
    // Whether the reader is there now.
    look() {
      look();
      return held;
    },

    go() {
      hold(true);
      room().scrollTop = end();
    },

    // What somebody has the focus in, such as a question that is edited, is not moved.
    keep(conversation) {
      new ResizeObserver(() => {
        const busy = conversation.contains(document.activeElement);
        if (held && !busy && conversation.isConnected) window.pincite.ending.go();
      }).observe(conversation);
    },
  };
}
