"""A part of a page that its own script draws, and the one function of the server it may call.

The script builds elements from values with ``createElement`` and ``textContent``: no text of a
document is ever parsed as markup, and none goes through Gradio's templates, which run it as code.
"""

import gradio as gr

from ui.calls import Calls
from ui.static_files import static


def panel(name: str, actions: Calls, *scripts: str) -> None:
    """Add the part drawn by ``scripts`` in this order; its element has the id ``pc-NAME``."""

    def ask(request: object) -> object:
        return actions.call(request)

    gr.HTML(
        None,
        html_template='<div class="pc-app" aria-busy="true"></div>',
        js_on_load="\n".join(static(script) for script in ("kit.js", *scripts)),
        apply_default_css=False,
        elem_id=f"pc-{name}",
        server_functions=[ask],
    )
