"""What a browser fetches beside the pages: receipts, conversations, pictures of pages.

Receipts and conversations are given to their owner alone. A corpus file itself is never sent.
"""

import logging

from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse, Response

from rag.receipt import to_json
from ui.context import Context
from ui.export import EXPORTS
from ui.receipt_page import receipt_page
from ui.security import owner_of
from ui.words import phrase, t

log = logging.getLogger(__name__)

PIXELS_A_POINT = 2.0
CACHED = {"Cache-Control": "private, max-age=300"}
NOT_FOUND = phrase("There is no such file for you.")
TYPES = {"html": "text/html", "json": "application/json", "md": "text/markdown"}


def add_downloads(app: FastAPI, context: Context) -> None:
    """Add the routes. Files are sent as attachments: no document is shown on our origin."""

    @app.get("/receipts/{conversation_id}/{name}")
    def receipt(conversation_id: str, name: str, request: Request) -> Response:
        turn_id, _, ending = name.partition(".")
        found = context.conversations.get(owner_of(request.cookies), conversation_id)
        turn = found.turn(turn_id) if found else None
        if turn is None or turn.receipt is None or ending not in ("html", "json"):
            return PlainTextResponse(t(NOT_FOUND), 404)
        page = receipt_page(turn.receipt) if ending == "html" else to_json(turn.receipt)
        return _attachment(page, f"receipt-{turn_id}", ending)

    @app.get("/page-image")
    def page_image(document: str, number: int) -> Response:
        images = context.page_images
        try:
            image = images.image(document, number, PIXELS_A_POINT) if images else None
        except Exception:  # one page that cannot be drawn must not end the viewing
            log.exception("drawing a page failed")
            image = None
        if image is None:
            return PlainTextResponse(t(NOT_FOUND), 404)
        return Response(image, media_type="image/png", headers=CACHED)

    @app.get("/conversations/{name}")
    def conversation(name: str, request: Request) -> Response:
        id_, _, ending = name.partition(".")
        found = context.conversations.get(owner_of(request.cookies), id_)
        if found is None or ending not in EXPORTS:
            return PlainTextResponse(t(NOT_FOUND), 404)
        return _attachment(EXPORTS[ending](found), "conversation", ending)


def _attachment(text: str, name: str, ending: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{ending}"',
        # It is where its reader has put it, and nowhere else.
        "Cache-Control": "no-store",
    }
    return Response(text, media_type=TYPES[ending], headers=headers)
