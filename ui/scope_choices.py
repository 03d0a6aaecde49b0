"""The documents and folders that can be chosen as a filter."""

import logging
from pathlib import PurePosixPath

from index.types import FileState
from rag.engine import Engine
from ui.render import printable

log = logging.getLogger(__name__)

MOST = 300


def choices(engine: Engine) -> tuple[str, ...]:
    """Folders as ``folder/*`` and then documents, at most 300 in all."""
    try:
        paths = [d.path for d in engine.documents() if d.state is FileState.INDEXED]
    except Exception:  # the page must open even when the index does not
        log.exception("listing the documents failed")
        return ()
    folders = {str(PurePosixPath(path).parent) for path in paths} - {"."}
    listed = [*(f"{folder}/*" for folder in sorted(folders)), *paths]
    return tuple(printable(choice) for choice in listed[:MOST])
