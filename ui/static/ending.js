// Who is at the end of the conversation stays there, whatever gets another size above it. The browser
// holds what it sees in its place instead, and goes far astray where that is a turn which was the last
// one until now and is laid out anew for it.
{
  const NEAR = 80;
  const room = () => document.getElementById("pc-chat");
  let held = true;

  const isNear = ({ scrollHeight, scrollTop, clientHeight }) =>
    scrollHeight - scrollTop - clientHeight < NEAR;

  function hold(end) {
    held = end;
    room().style.overflowAnchor = end ? "none" : "";
  }

  document.addEventListener("scroll", ({ target }) => {
    if (target === room()) hold(isNear(target));
  }, { capture: true, passive: true });

  window.pincite.ending = {
    // Whether the reader is there now.
    look() {
      hold(isNear(room()));
      return held;
    },

    go() {
      hold(true);
      room().scrollTop = room().scrollHeight;
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
