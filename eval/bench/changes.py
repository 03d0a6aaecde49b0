"""Syncs after the first one: nothing changed among many files, and one paragraph changed."""

from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from eval.bench.data import Data
from eval.bench.measure import REPEATS, TimedEmbedder, seconds
from eval.bench.scaled import ScaledEmbedder, original, write_scaled
from index.store import Store
from index.sync import sync
from rag.build import build_embedder
from rag.settings import Settings


def no_change(data: Data, work: Path, files: int) -> dict[str, Any]:
    """A sync of ``files`` small files of which none changed."""
    state, corpus = work / "state", work / "corpus"
    full = build_embedder(Settings(state=state))
    source = original([p for ps in data.read().paragraphs.values() for p in ps])
    originals = full.documents(source.sentences)
    recipe = write_scaled(corpus, source, files, per_file=1)
    with closing(Store.create(state)) as store:
        sync(store, corpus, ScaledEmbedder(full, originals, recipe))
    times = []
    embedder = TimedEmbedder(full)
    for _ in range(REPEATS):
        with closing(Store.create(state)) as store:
            times.append(seconds(sync, store, corpus, embedder))
    return {
        "files": files,
        "seconds": round(median(times), 2),
        "texts_embedded": len(embedder.embedded.texts),
    }


def one_edit(data: Data, work: Path) -> dict[str, Any]:
    """A sentence added to one paragraph of the data: what is embedded again, and how long."""
    state, corpus = work / "state", work / "corpus"
    corpus.mkdir()
    texts = data.read().texts
    for number, text in enumerate(texts.values()):
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    full = build_embedder(Settings(state=state))
    times, counts = [], []
    with closing(Store.create(state)) as store:
        sync(store, corpus, full)
        for turn in range(REPEATS):
            file = corpus / f"{turn % len(texts)}.txt"
            first, _, rest = file.read_text(encoding="utf-8").strip().partition("\n")
            file.write_text(
                f"{first} The bench added this as sentence {turn}.\n{rest}", encoding="utf-8"
            )
            embedder = TimedEmbedder(full)
            times.append(seconds(sync, store, corpus, embedder))
            counts.append(len(embedder.embedded.texts))
    return {"seconds": round(median(times), 2), "texts_embedded": counts}
