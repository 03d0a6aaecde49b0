"""The documents and folders that can be chosen as a filter."""

import logging
from pathlib import PurePosixPath

from index.filters import pattern_of
from rag.engine import Engine
from ui.render import shown_name
from ui.scope import MAX_GLOB
from ui.views import ScopeChoice

log = logging.getLogger(__name__)

MOST = 300


def choices(engine: Engine) -> tuple[ScopeChoice, ...]:
    """Folders as ``folder/*`` and then documents, at most 300 in all."""
    try:
        paths = [d.path for d in engine.documents() if d.searchable]
    except Exception:  # the page must open even when the index does not
        log.exception("listing the documents failed")
        return ()
    folders = sorted({str(PurePosixPath(path).parent) for path in paths} - {"."})
    listed = [(f"{folder}/*", f"{pattern_of(folder + '/')}*") for folder in folders]
    listed += [(path, pattern_of(path)) for path in paths]
    # A pattern that is cut would find something else.
    fitting = [(path, pattern) for path, pattern in listed if len(pattern) <= MAX_GLOB]
    return tuple(ScopeChoice(shown_name(path), pattern) for path, pattern in fitting[:MOST])
