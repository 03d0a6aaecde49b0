"""The part of the Chat page that takes what readers say of answers; ``feedback.js`` draws it."""

import gradio as gr

from ui.calls import Calls
from ui.context import Context
from ui.feedback import MAX_TURNS, Said, give_feedback
from ui.security import owner_of
from ui.static_files import static


def build(context: Context) -> None:
    """Add the unseen part through which the transcript's buttons reach the server."""

    def give(owner: str, conversation: str, turn: str, said: str, right_answer: str) -> str:
        found = context.conversations.get(owner, conversation)
        about = found.turn(turn) if found else None
        return give_feedback(
            context.state,
            about.answer if about else None,
            found.history(turn)[-MAX_TURNS:] if found else (),
            Said(said),
            right_answer,
        )

    calls = Calls(give=give)

    def ask(values: object, request: gr.Request) -> object:
        given = values if isinstance(values, dict) else {}
        return calls.call({**given, "owner": owner_of(request.cookies)})

    gr.HTML(
        None,
        html_template="<div></div>",
        js_on_load=static("feedback.js"),
        apply_default_css=False,
        elem_id="pc-feedback-part",
        elem_classes="pc-unseen",
        server_functions=[ask],
    )
