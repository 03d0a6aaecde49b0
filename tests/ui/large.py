"""A document of hundreds of pages in a real index, with one sentence deep in it to ask for."""

from pathlib import Path

from index.search import Searcher
from index.store import Store
from index.sync import sync
from rag.abstain import load_refusal
from rag.answer import EXTRACTIVE, AnswerChain
from rag.document_engine import DocumentEngine
from rag.engine import Engine
from rag.models.token_limits import Limits
from tests.index.fakes import HashEmbedder
from tests.ui.pdf import PARAGRAPHS_A_PAGE, write_pdf

PAGES = 200
DEEP_PAGE = 187
LARGE = "large.pdf"
QUOTE = "The lighthouse keeper counted 4711 gulls on the breakwater."
ASK_DEEP = "How many gulls did the lighthouse keeper count on the breakwater?"


def large_engine(folder: Path) -> Engine:
    """A real index of the document written to ``folder``, and answers quoted from it."""
    texts = [
        f"Entry {n} of the log tells of watch {n % 7}, which the mate kept from the upper deck "
        f"until the bell rang. Nothing of note was seen in hour {n % 24}, neither ships nor ice "
        f"nor birds. The wind stood at {n % 12} knots."
        for n in range(PAGES * PARAGRAPHS_A_PAGE)
    ]
    texts[(DEEP_PAGE - 1) * PARAGRAPHS_A_PAGE + 4] += f" {QUOTE}"
    write_pdf(folder / LARGE, texts)
    store = Store.create(folder.parent / "large-state")
    sync(store, folder, HashEmbedder())
    searcher = Searcher(store, HashEmbedder())
    chain = AnswerChain(searcher, None, load_refusal(0.0), Limits(1000, 100))
    return DocumentEngine(
        store, searcher, chain, model_name=EXTRACTIVE, notice="", closing=[store.close]
    )
