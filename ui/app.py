"""The chat page: Gradio components, and the wires between them and ``ui.chat``.

Measured facts about Gradio 6.31 that shape this file: an exception in a handler leaves the page
disabled, so each handler catches at its edge; a Handlebars template runs document text as code, so
the panel's template holds no value and its script builds the elements itself; raw values of
``gr.HTML`` are not sanitised, so ``ui.header`` and ``ui.render`` escape them.
"""

import functools
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import gradio as gr

from rag.engine import Engine
from ui.chat import Chat, Screen, failed, told
from ui.render import inert, messages
from ui.session import Session
from ui.static_files import static
from ui.views import NOTHING_YET, Empty

log = logging.getLogger(__name__)

QUEUE_SIZE = 20
CANNOT_OPEN = Empty("This could not be opened. The details are in the log of the server.")
PLACEHOLDER = (
    '<div class="pc-welcome"><h2>Ask your documents</h2>'
    "<p>Every sentence of an answer cites the exact paragraph it comes from.</p></div>"
)
# Not in the public API; no spinner; beside the queue, so that no click waits on an answer.
AT_ONCE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
QUEUED: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": 1,
    "concurrency_id": "answer",
}


@dataclass(frozen=True)
class Parts:
    """The components a screen is shown on, in the order of ``_updates``."""

    chatbot: gr.Chatbot
    panel: gr.HTML
    box: gr.Textbox
    status: gr.HTML
    send: gr.Button
    stop: gr.Button
    retry: gr.Button
    clear: gr.Button

    def all(self) -> list[Any]:
        """The components as a list of outputs."""
        return [getattr(self, field.name) for field in fields(self)]


def theme() -> gr.themes.Base:
    """Gradio's plainest theme without its font files; ``pincite.css`` sets colours and type."""
    return gr.themes.Base(font=["sans-serif"], font_mono=["monospace"])


def build_page(engine: Engine, corpus_label: str, examples: Sequence[str]) -> gr.Blocks:
    """The chat page over an engine."""
    chat = Chat(engine, corpus_label)
    with gr.Blocks(title="Pincite", analytics_enabled=False, fill_width=True) as page:
        page.queue(max_size=QUEUE_SIZE)
        session = gr.State(Session(), delete_callback=Session.clear)
        header = gr.HTML(chat.header(), elem_id="pc-header", js_on_load=None)
        _wire(chat, session, _parts(examples))
        page.load(chat.header, None, header, **AT_ONCE)
    return page


def _parts(examples: Sequence[str]) -> Parts:
    with gr.Row(elem_id="pc-main"):
        with gr.Column(elem_id="pc-talk", scale=6, min_width=300):
            chatbot = _chatbot(examples)
            with gr.Column(elem_id="pc-composer"):
                status = gr.HTML("", elem_id="pc-status", js_on_load=None)
                with gr.Row(elem_id="pc-ask"):
                    box = _box()
                    send = gr.Button("Send", variant="primary", elem_id="pc-send", scale=0)
                    stop = gr.Button("Stop", elem_id="pc-stop", scale=0, visible=False)
                with gr.Row(elem_id="pc-actions"):
                    retry = gr.Button("Retry", elem_id="pc-retry", interactive=False)
                    clear = gr.Button("Clear", elem_id="pc-clear", interactive=False)
        with gr.Column(elem_id="pc-side", scale=5, min_width=300):
            panel = gr.HTML(
                asdict(NOTHING_YET),
                html_template='<div class="pc-panel"></div>',
                js_on_load=static("pincite.js"),
                elem_id="pc-panel",
            )
    return Parts(chatbot, panel, box, status, send, stop, retry, clear)


def _chatbot(examples: Sequence[str]) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="pc-chat",
        label="Conversation",
        show_label=False,
        container=False,
        height="100%",
        buttons=["copy"],
        latex_delimiters=[],
        allow_tags=False,
        allow_file_downloads=False,
        feedback_options=[],
        placeholder=PLACEHOLDER,
        examples=[{"text": example} for example in examples],
    )


def _box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="pc-box",
        label="Question",
        placeholder="Ask about the documents",
        show_label=False,
        container=False,
        lines=1,
        max_lines=6,
        autofocus=True,
        scale=1,
    )


def _wire(chat: Chat, session: gr.State, parts: Parts) -> None:
    outputs = parts.all()

    def begin_example(state: Session, chosen: gr.SelectData) -> Screen:
        value = chosen.value
        text = value.get("text") if isinstance(value, Mapping) else None
        return chat.begin(state, text if isinstance(text, str) else "")

    def answer(state: Session) -> Iterator[list[Any]]:
        yield [gr.skip()] * len(outputs)  # Gradio empties the outputs of one that yields nothing.
        try:
            for screen in chat.answer(state):
                yield _streamed(screen)
        except Exception as error:  # an exception would leave the page disabled
            log.exception("answering failed")
            yield _updates(failed(state, told(error)))

    def act(state: Session, event: gr.EventData) -> Any:
        try:
            action = event._data
            view = chat.act(state, action) if isinstance(action, Mapping) else None
        except Exception:  # an exception would leave the panel disabled
            log.exception("opening a source failed")
            view = CANNOT_OPEN
        return gr.skip() if view is None else asdict(view)

    asked = [parts.box.submit, parts.send.click]
    begun = (
        gr.on(asked, _handler(chat.begin), [session, parts.box], outputs, **AT_ONCE),
        parts.chatbot.example_select(_handler(begin_example), [session], outputs, **AT_ONCE),
        parts.retry.click(_handler(chat.retry), [session], outputs, **AT_ONCE),
    )
    for begin in begun:
        answered = begin.then(answer, [session], outputs, **QUEUED)
        answered.failure(_handler(chat.interrupted), [session], outputs, **AT_ONCE)
    parts.stop.click(_handler(chat.stop), [session], outputs, **AT_ONCE)
    parts.clear.click(_handler(chat.clear), [session], outputs, **AT_ONCE)
    parts.panel.click(act, [session], parts.panel, **AT_ONCE)


def _handler(step: Callable[..., Screen]) -> Callable[..., list[Any]]:
    """A Gradio handler of a step that takes the session first; it never raises."""

    @functools.wraps(step)  # Gradio reads the signature to see which event data is wanted.
    def handler(session: Session, *values: Any) -> list[Any]:
        try:
            return _updates(step(session, *values))
        except Exception as error:  # an exception would leave the page disabled
            log.exception("%s failed", step.__name__)
            return _updates(failed(session, told(error)))

    return handler


def _updates(screen: Screen) -> list[Any]:
    """All of a screen, one update for each of ``Parts``."""
    asked = bool(screen.turns)
    return [
        messages(screen.turns),
        gr.skip() if screen.view is None else asdict(screen.view),
        gr.skip() if screen.box is None else screen.box,
        inert(screen.status),
        gr.update(visible=not screen.busy),
        gr.update(visible=screen.busy),
        gr.update(interactive=asked and not screen.busy),
        gr.update(interactive=asked),
    ]


def _streamed(screen: Screen) -> list[Any]:
    """A screen while the answer is written: what the user types and reads is left alone."""
    updates = _updates(screen)
    updates[2:4] = [gr.skip(), gr.skip()]
    if screen.busy:
        updates[4:] = [gr.skip()] * 4
    return updates
