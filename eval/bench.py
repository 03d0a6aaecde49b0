"""Speed, side by side with a named baseline in the same run: ``python -m eval.bench [N]``.

Search against a bare Chroma query for the same vectors; answers with the model's prompt cache
against the same questions without it. Medians over the seeds questions; machines are noisy, so the
ratios and the counts are what to compare.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from eval.gold.load import load_gold
from eval.relevance import read_corpus
from index.store import Store
from index.sync import sync
from rag.build import build_embedder, build_engine, open_index
from rag.document_engine import DocumentEngine
from rag.settings import Settings
from rag.types import Answer, Finished

_GOLD = Path(__file__).with_name("gold") / "seeds.jsonl"


def main(argv: Sequence[str]) -> None:
    """Print one line a figure."""
    count = int(argv[0]) if argv else 10
    with tempfile.TemporaryDirectory() as state:
        settings = Settings(state=Path(state), corpus=Path("seeds"))
        _write(f"sync of seeds: {_sync(settings):.2f} s")
        with _engine(settings, prompt_cache=True) as engine:
            gold = load_gold(_GOLD, read_corpus(engine))
            questions = [g.item.question for g in gold.items if not g.item.history][:count]
            cached = [_ask(engine, question) for question in questions]
        with _engine(settings, prompt_cache=False) as engine:
            bare = [_ask(engine, question) for question in questions]
        _search(settings, questions)
        _answers("with the prompt cache", cached)
        _answers("without it", bare)
        ratio = _first_token(bare) / max(_first_token(cached), 1e-9)
        _write(f"first token comes {ratio:.2f} times sooner with the cache, n={len(questions)}")


def _sync(settings: Settings) -> float:
    store = Store.create(settings.state)
    try:
        return _seconds(sync, store, settings.corpus, build_embedder(settings))
    finally:
        store.close()


def _search(settings: Settings, questions: Sequence[str]) -> None:
    store, searcher = open_index(settings)
    embedder = build_embedder(settings)
    try:
        searcher.search(questions[0])
        vectors = [embedder.query(question) for question in questions]
        ours = [_seconds(searcher.search, q) for q in questions]
        embedding = [_seconds(embedder.query, q) for q in questions]
        chroma = [_seconds(store.nearest, v, 50) for v in vectors]
    finally:
        store.close()
    ratio = median(ours) / (median(embedding) + median(chroma))
    _write(
        f"search: {1000 * median(ours):.1f} ms, {ratio:.2f} times embedding the question and"
        f" asking Chroma alone ({1000 * median(embedding):.1f} + {1000 * median(chroma):.1f} ms)"
    )


def _answers(label: str, answers: Sequence[Answer]) -> None:
    _write(
        f"answers {label}: evidence after {median(a.timings.retrieve for a in answers):.0f} ms,"
        f" first token {_first_token(answers):.0f} ms,"
        f" all {median(a.timings.total for a in answers):.0f} ms;"
        f" prompt tokens {median(a.tokens.prompt for a in answers):.0f},"
        f" of them cached {median(a.tokens.cached for a in answers):.0f},"
        f" written {median(a.tokens.completion for a in answers):.0f}"
    )


def _first_token(answers: Sequence[Answer]) -> float:
    return median(a.timings.first_token or a.timings.total for a in answers)


@contextmanager
def _engine(settings: Settings, *, prompt_cache: bool) -> Iterator[DocumentEngine]:
    engine = build_engine(settings, prompt_cache=prompt_cache)
    try:
        # The first call loads the embedder and warms the model.
        _ask(engine, "What is this about?")
        yield engine
    finally:
        engine.close()


def _ask(engine: DocumentEngine, question: str) -> Answer:
    return next(e.answer for e in engine.stream(question) if isinstance(e, Finished))


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    begun = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - begun


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
