"""The Chat page: Gradio components, and the wires between them and ``ui.chat``.

Measured facts about Gradio 6.31 that shape this file: an exception in a handler leaves the page
disabled, so each handler catches at its edge; a Handlebars template runs document text as code, so
the templates hold no value and the scripts build the elements themselves; raw values of
``gr.HTML`` are not sanitised, so ``ui.shell`` escapes them. The built-in chat component draws all
messages anew with each piece of an answer, so the transcript is drawn by a script of ours.
"""

import functools
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import gradio as gr

from ui.actions import act
from ui.chat import Chat, Screen
from ui.context import Context
from ui.following import news
from ui.pages import feedback
from ui.pages.header import drawn
from ui.render import inert
from ui.security import owner_of
from ui.session import Tab
from ui.shell import CHAT
from ui.static_files import static
from ui.streamed import streamable
from ui.views import NOTHING_YET
from ui.worded import element
from ui.words import language, phrase, speak

log = logging.getLogger(__name__)

# Not in the public API; no spinner; no click is dropped because an earlier one, perhaps of a
# connection that broke, has not come back.
PRIVATE: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "trigger_mode": "multiple",
}
# Beside the queue, so that no click waits on an answer.
AT_ONCE = {**PRIVATE, "queue": False}
FOLLOWING = {**PRIVATE, "concurrency_limit": None}


@dataclass(frozen=True)
class Parts:
    """The components a screen is shown on, in the order of ``_updates``."""

    header: gr.HTML
    transcript: gr.HTML
    panel: gr.HTML
    shelf: gr.HTML
    scope: gr.HTML
    box: gr.Textbox
    status: gr.HTML
    send: gr.Button
    stop: gr.Button

    def all(self) -> list[Any]:
        """The components as a list of outputs."""
        return [getattr(self, field.name) for field in fields(self)]


def build(context: Context, header: gr.HTML) -> None:
    """Add the page's parts. Each action brings the header along: it may tell something new."""
    feedback.build(context)
    parts = _parts(header, context.filters)
    _wire(context.chat, gr.State(Tab()), parts, lambda: drawn(context, CHAT))


def _parts(header: gr.HTML, filters: bool) -> Parts:
    gr.HTML(element("h1", 'class="pc-unseen"', phrase("Chat")), js_on_load=None, elem_id="pc-title")
    with gr.Row(elem_id="pc-main"):
        with gr.Column(elem_id="pc-shelf", min_width=0):
            shelf = _drawn("shelf", {})
        with gr.Column(elem_id="pc-talk", min_width=0):
            with gr.Column(elem_id="pc-chat"):
                transcript = _drawn("transcript", {})
            with gr.Column(elem_id="pc-composer"):
                status = gr.HTML("", elem_id="pc-status", js_on_load=None)
                with gr.Row(elem_id="pc-ask"):
                    box = _box()
                    send = gr.Button("Send", variant="primary", elem_id="pc-send", scale=0)
                    stop = gr.Button("Stop", elem_id="pc-stop", scale=0, visible=False)
                with gr.Row(elem_id="pc-actions"):
                    gr.HTML(
                        _ACTIONS, js_on_load=None, apply_default_css=False, elem_id="pc-buttons"
                    )
                    scope = _drawn("scope", {}, visible=filters)
        with gr.Column(elem_id="pc-side", min_width=0):
            panel = _drawn("panel", asdict(NOTHING_YET))
    return Parts(header, transcript, panel, shelf, scope, box, status, send, stop)


# What a server started anew under the open page does not know, and a change of the filters that may
# still be on its way.
_WITH_KEPT = """async (tab, question) => {
    const { here, filters, opening } = window.pincite;
    await opening?.();
    return [tab, question, { conversation: here.get(), filters: filters.get() }];
}"""
_SHELF_OPEN = 'type="button" id="pc-shelf-open" class="pc-tool" aria-expanded="false"'
_RETRY = 'type="button" id="pc-retry" class="pc-tool" disabled'
_ACTIONS = element("button", _SHELF_OPEN, phrase("Conversations")) + element(
    "button", _RETRY, phrase("Retry")
)


def _drawn(name: str, value: dict[str, Any], visible: bool = True) -> gr.HTML:
    """A part that ``static/<name>.js`` draws from its value."""
    return gr.HTML(
        value,
        html_template=f'<div class="pc-{name}"></div>',
        js_on_load=static(f"{name}.js"),
        apply_default_css=False,
        elem_id=f"pc-{name}-part",
        visible=visible,
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


def _wire(chat: Chat, tab: gr.State, parts: Parts, header: Callable[[], str]) -> None:
    outputs = parts.all()

    kept = gr.JSON(visible=False)  # Filled in by the browser with what it shows.

    def begin(tab: Tab, question: str, kept: object, request: gr.Request) -> Screen:
        action = {**kept, "name": "send", "question": question} if isinstance(kept, Mapping) else {}
        return act(chat, tab, owner_of(request.cookies), action)

    def acted(tab: Tab, event: gr.EventData, request: gr.Request) -> Screen:
        action = event._data
        owner = owner_of(request.cookies)
        return act(chat, tab, owner, action) if isinstance(action, Mapping) else Screen()

    async def follow(tab: Tab) -> AsyncIterator[list[Any]]:
        # Gradio's queue runs it in a task of its own, which no request's language reaches.
        speak(tab.language)
        yield [gr.skip()] * len(outputs)  # Gradio empties the outputs of one that yields nothing.
        try:
            async for screen in news(chat, tab):
                yield _updates(screen, None, streaming=True)
        except Exception as error:  # an exception would leave the page disabled
            log.exception("following an answer failed")
            yield _updates(chat.failed(tab, error), None)

    for happened, step, inputs, js in (
        ([parts.box.submit, parts.send.click], begin, [tab, parts.box, kept], _WITH_KEPT),
        ([parts.transcript.click], acted, [tab], None),
    ):
        done = gr.on(happened, _handler(chat, step, header), inputs, outputs, js=js, **AT_ONCE)
        done.then(follow, [tab], outputs, **FOLLOWING)
    parts.stop.click(_handler(chat, chat.stop, header), [tab], outputs, **AT_ONCE)


def _handler(
    chat: Chat, step: Callable[..., Screen], header: Callable[[], str]
) -> Callable[..., list[Any]]:
    """A Gradio handler of a step that takes the tab first; it never raises."""

    @functools.wraps(step)  # Gradio reads the signature to see which event data is wanted.
    def handler(tab: Tab, *values: Any, **more: Any) -> list[Any]:
        tab.language = language()
        try:
            return _updates(step(tab, *values, **more), header())
        except Exception as error:  # an exception would leave the page disabled
            log.exception("%s failed", step.__name__)
            return _updates(chat.failed(tab, error), None)

    return handler


def _updates(screen: Screen, header: str | None, *, streaming: bool = False) -> list[Any]:
    """The header and all of a screen, one update for each of ``Parts``."""

    def or_skip(value: Any, **more: Any) -> Any:
        return gr.skip() if value is None else streamable({**asdict(value), **more})

    busy = screen.busy
    return [
        gr.skip() if header is None else header,
        or_skip(screen.transcript),
        or_skip(screen.view, as_of=screen.as_of),
        or_skip(screen.shelf),
        or_skip(screen.scope),
        gr.skip() if screen.box is None else screen.box,
        gr.skip() if streaming and not screen.status else inert(screen.status),
        gr.skip() if busy is None else gr.update(visible=not busy),
        gr.skip() if busy is None else gr.update(visible=busy),
    ]
