"""An index with nothing in it yet, so that the page can open before the first sync."""

from pathlib import Path

from index.embedding import Embedder
from index.lock import writer_lock
from index.scan import check_root
from index.store import CATALOG_FILE, Store
from index.sync import index_fingerprint


def check_first_root(state: Path, root: Path) -> None:
    """Raise ``CorpusError`` where there is no index yet and the folder cannot be one.

    To be asked before the state is opened for writing: that alone would leave an index behind.
    """
    if not (state / CATALOG_FILE).exists():
        check_root(root)


def begin_index(state: Path, root: Path, embedder: Embedder) -> None:
    """Make the index of a folder without reading it; one that is there stays as it is.

    Raises ``CorpusError`` when the folder cannot be one, ``StateBusyError`` when another process
    is writing the index.
    """
    root = check_root(root)
    with writer_lock(state):
        store = Store.create(state)
        try:
            store.check_corpus(root)
            if not store.catalog.get("fingerprint"):
                store.catalog.put_all(
                    {
                        "corpus": store.relative(root),
                        "embedder": embedder.fingerprint,
                        "fingerprint": index_fingerprint(embedder),
                    }
                )
        finally:
            store.close()
