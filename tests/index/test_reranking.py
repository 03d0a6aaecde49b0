"""The order a reranker gives, with one of ours and with a tiny real cross-encoder."""

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelLoadError
from index.explain import explain
from index.reranking import CrossEncoderReranker, Reranker, passage
from index.search import RERANK, RERANKED, Searcher, rerank
from index.types import Hit, Paragraph
from tests.index.corpora import Library
from tests.index.fakes import SIGNALS
from tests.index.tiny_model import save_tiny_model, save_tiny_reranker

QUERY = "Which ship sails?"


class ScoredBy:
    """A reranker that gives each text what a function says; keeps what it was asked."""

    name = "scored by a function"

    def __init__(self, score: Callable[[str], float]) -> None:
        self._score = score
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, query: str, texts: Sequence[str]) -> np.ndarray:
        self.asked.append((query, list(texts)))
        return np.array([self._score(text) for text in texts])


def number(text: str) -> float:
    """Of a text that ends in "week 12."."""
    return float(text.rstrip(".").split()[-1])


def hit(name: str, score: float, rank: int = 1, heading: str = "") -> Hit:
    headings = (heading,) if heading else ()
    paragraph = Paragraph(name, "a.txt", 1, 0, len(name), name, headings)
    return Hit(paragraph, rank, score, {"dense": 0.5}, 0)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """More paragraphs than a reranker reads. Only to be read."""
    home = tmp_path_factory.mktemp("searched")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    ships = [f"The ship {'sails ' * (n % 4)}in week {n}." for n in range(RERANKED + 10)]
    library.write("a.md", "# Ships\n\n" + "\n\n".join(ships))
    library.sync()
    return library


def search(library: Library, reranker: Reranker | None, top: int = 100) -> tuple[Hit, ...]:
    with library.opened() as store:
        return Searcher(store, library.embedder, reranker).search(QUERY, top)


def test_scores_by_hand() -> None:
    # Old scores 3, 2, 1 and the reranker's 0, 0, 3: standard scores 1.2247, 0, -1.2247 and
    # -.7071, -.7071, 1.4142; sums .5176, -.7071, .1895. The least, -.7071, becomes 1.
    hits = [hit("a", 3.0), hit("b", 2.0), hit("c", 1.0)]
    found = rerank(ScoredBy({"a": 0.0, "b": 0.0, "c": 3.0}.__getitem__), "q", hits)
    assert [(h.paragraph.id, h.rank) for h in found] == [("a", 1), ("c", 2), ("b", 3)]
    assert [h.score for h in found] == pytest.approx([2.224745, 1.896575, 1.0], abs=2e-6)
    assert [h.signals for h in found] == [
        {"dense": 0.5, RERANK: score} for score in (0.0, 3.0, 0.0)
    ]


def test_nothing_found_is_not_put_to_the_reranker() -> None:
    reranker = ScoredBy(number)
    assert rerank(reranker, "q", ()) == ()
    assert reranker.asked == []


def test_equals_are_ordered_by_id() -> None:
    found = rerank(ScoredBy(lambda text: 1.0), "q", [hit(name, 1.0) for name in "cab"])
    assert [h.paragraph.id for h in found] == ["a", "b", "c"]
    assert {h.score for h in found} == {1.0}


def test_headings_are_read_before_the_text() -> None:
    assert passage(hit("Fish is salted.", 1.0).paragraph) == "Fish is salted."
    under = hit("Fish is salted.", 1.0, heading="Trade").paragraph
    assert passage(under) == "Trade\nFish is salted."


@given(
    st.lists(
        st.tuples(st.floats(-10, 10), st.floats(-1e4, 1e4)), min_size=1, max_size=RERANKED
    ).flatmap(lambda scored: st.tuples(st.just(scored), st.permutations(range(len(scored)))))
)
def test_the_order_does_not_depend_on_the_order_of_the_candidates(
    drawn: tuple[list[tuple[float, float]], list[int]],
) -> None:
    scored, order = drawn
    hits = [hit(f"p{n:02}", round(old, 6)) for n, (old, _) in enumerate(scored)]
    reranker = ScoredBy({f"p{n:02}": new for n, (_, new) in enumerate(scored)}.__getitem__)
    found = rerank(reranker, "q", hits)
    assert found == rerank(reranker, "q", [hits[i] for i in order])
    assert [h.rank for h in found] == list(range(1, len(hits) + 1))
    assert [(-h.score, h.paragraph.id) for h in found] == sorted(
        (-h.score, h.paragraph.id) for h in found
    )


@given(
    st.lists(st.tuples(st.floats(-10, 10), st.floats(-1e4, 1e4)), min_size=RERANKED, max_size=30)
)
def test_the_rest_stays_behind_as_it_was_and_scores_never_rise(
    scored: list[tuple[float, float]],
) -> None:
    olds = sorted((round(old, 6) for old, _ in scored), reverse=True)
    hits = [hit(f"p{n:02}", old, n + 1) for n, old in enumerate(olds)]
    reranker = ScoredBy({f"p{n:02}": new for n, (_, new) in enumerate(scored)}.__getitem__)
    found = rerank(reranker, "q", hits)
    assert found[RERANKED:] == tuple(hits[RERANKED:])
    scores = [h.score for h in found]
    assert scores == sorted(scores, reverse=True)
    assert {h.paragraph.id for h in found} == {h.paragraph.id for h in hits}


def test_search_puts_first_what_the_reranker_prefers(searched: Library) -> None:
    plain = search(searched, None)
    reranker = ScoredBy(number)
    found = search(searched, reranker)
    [(query, texts)] = reranker.asked
    first = {h.paragraph.text for h in plain[:RERANKED]}
    assert query == QUERY
    assert {text.removeprefix("Ships\n") for text in texts} == first
    assert [h.paragraph.id for h in found] != [h.paragraph.id for h in plain]
    assert {h.paragraph.text for h in found[:RERANKED]} == first
    for h in found[:RERANKED]:
        assert tuple(h.signals) == (*SIGNALS, RERANK)
        assert h.signals[RERANK] == number(h.paragraph.text)
    assert found[RERANKED:] == plain[RERANKED:]
    assert [h.rank for h in found] == list(range(1, len(plain) + 1))


def test_few_hits_are_the_first_of_many(searched: Library) -> None:
    many = search(searched, ScoredBy(number))
    for top in (0, 1, 5, RERANKED, RERANKED + 2):
        assert search(searched, ScoredBy(number), top) == many[:top]


def test_a_reranker_that_tells_nothing_keeps_the_order(searched: Library) -> None:
    found = search(searched, ScoredBy(lambda text: 0.0))
    assert [h.paragraph.id for h in found] == [h.paragraph.id for h in search(searched, None)]


def test_the_explanation_gives_the_ranks_of_the_search(searched: Library) -> None:
    reranker = ScoredBy(lambda text: -number(text))
    with searched.opened() as store:
        ids = store.catalog.paragraph_ids()
        told = explain(Searcher(store, searched.embedder, reranker), QUERY, ids).explained
        plain = explain(Searcher(store, searched.embedder), QUERY, ids).explained
    hits = {h.paragraph.id: h for h in search(searched, reranker)}
    assert len(hits) == len(ids)
    for e, without in zip(told, plain, strict=True):
        found = hits[e.paragraph.id]
        assert e.search_rank == found.rank
        assert {n: s for n, s in e.standings.items() if n != RERANK} == without.standings
        assert (RERANK in e.standings) == (RERANK in found.signals)
    said = [e.standings[RERANK] for e in told if RERANK in e.standings]
    assert sorted(s.rank for s in said) == list(range(1, RERANKED + 1))
    assert max(said, key=lambda s: s.value).rank == 1


# A real cross-encoder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Only to be read."""
    return save_tiny_reranker(tmp_path_factory.mktemp("tiny") / "reranker")


TEXTS = ["Ships carry timber.", "Fish is salted and sold in June.", "Wool is spun. " * 40]


def tiny_reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker("someone/tiny", folder, threads=1)


@pytest.mark.model
@pytest.mark.slow
def test_the_scores_are_what_the_model_says_before_it_squeezes_them(tiny: Path) -> None:
    import torch
    from sentence_transformers import CrossEncoder

    plain = CrossEncoder(str(tiny), device="cpu")
    said = plain.predict([(QUERY, text) for text in TEXTS], activation_fn=torch.nn.Identity())
    reranker = tiny_reranker(tiny)
    scores = reranker.scores(QUERY, TEXTS)
    assert scores == pytest.approx(np.asarray(said, dtype=float), abs=1e-5)
    assert len(set(scores.round(3))) == 3
    assert reranker.scores(QUERY, TEXTS[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    assert reranker.scores("Fish?", TEXTS) != pytest.approx(scores, abs=1e-3)
    assert reranker.scores(QUERY, []).shape == (0,)


@pytest.mark.model
@pytest.mark.slow
def test_threads_share_one_reranker(tiny: Path, searched: Library) -> None:
    reranker = tiny_reranker(tiny)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: search(searched, reranker), range(8)))
    assert all(hits == found[0] for hits in found)
    assert found[0] != search(searched, None)


@pytest.mark.model
@pytest.mark.slow
def test_a_folder_saved_by_sentence_transformers_is_one(tiny: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(tiny), device="cpu").save(str(tmp_path / "saved"), create_model_card=False)
    saved = tiny_reranker(tmp_path / "saved").scores(QUERY, TEXTS)
    assert saved == pytest.approx(tiny_reranker(tiny).scores(QUERY, TEXTS), abs=1e-5)


@pytest.mark.model
@pytest.mark.slow
def test_a_broken_folder_is_named_with_the_reason(tiny: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(tiny, tmp_path / "broken"))
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(ModelLoadError, match=r"'someone/tiny' in .*broken cannot be loaded \("):
        tiny_reranker(broken).scores(QUERY, TEXTS)


@pytest.mark.model
@pytest.mark.slow
def test_weights_that_give_no_numbers_are_refused(tiny: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    broken = Path(shutil.copytree(tiny, tmp_path / "broken"))
    weights = load_file(broken / "model.safetensors")
    weights["classifier.bias"] = np.full(1, np.nan, dtype=np.float32)
    save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelLoadError, match="no numbers"):
        tiny_reranker(broken).scores(QUERY, TEXTS)


@pytest.mark.model
@pytest.mark.slow
def test_a_model_of_several_scores_is_refused(tmp_path: Path) -> None:
    several = save_tiny_reranker(tmp_path / "several", labels=3)
    with pytest.raises(ModelLoadError, match="several scores"):
        tiny_reranker(several).scores(QUERY, TEXTS)


@pytest.mark.model
@pytest.mark.slow
def test_an_embedder_is_refused_instead_of_scored_with_at_random(tmp_path: Path) -> None:
    embedder = save_tiny_model(tmp_path / "own")
    for folder in (embedder, tmp_path / "own" / "base"):
        with pytest.raises(ModelLoadError, match="no sentence-transformers cross-encoder"):
            tiny_reranker(folder)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"architectures": null}'])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, content: str) -> None:
    if content:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelLoadError, match="correct the setting"):
        tiny_reranker(tmp_path)
