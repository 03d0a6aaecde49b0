from pathlib import Path
from typing import Any

from eval.gold.load import load_gold
from eval.mutation.claims import drafted, verbatim, written
from tests.eval.fakes import (
    TEXTS,
    ScriptedEngine,
    answered,
    corpus_of,
    small_gold,
    write_lines,
)
from tests.rag.fakes import paragraph

HOME = (
    paragraph("The Alder bridge was opened in 1932.", "It has four lanes.", path="bridges.txt"),
    paragraph("Repairs in 2004 closed the bridge.", path="bridges.txt", ordinal=2, start=100),
)
LONG = (
    "The bridge over the river was opened in the year 1932 by the mayor of the town. He did not"
    " live to see it closed for repairs many years later. So it goes."
)


def test_the_sentence_of_the_quote_is_a_claim(tmp_path: Path) -> None:
    [claim] = verbatim(small_gold(tmp_path).items[0], HOME)
    assert claim.text == "The Alder bridge was opened in 1932."
    assert (claim.question, claim.paragraphs) == ("When was the Alder bridge opened?", HOME)


def test_the_sentences_of_a_long_accepted_answer_are_claims(tmp_path: Path) -> None:
    line = {
        "id": "1",
        "question": "When?",
        "answers": [LONG],
        "evidence": [{"path": "bridges.txt", "quote": "opened in 1932"}],
        "answerable": True,
    }
    [item] = load_gold(write_lines(tmp_path / "g.jsonl", [line]), corpus_of(TEXTS)).items
    assert [claim.text[:10] for claim in written(item, HOME)] == ["The bridge", "He did not"]
    assert written(small_gold(tmp_path).items[0], HOME) == []


def test_of_a_draft_the_sentences_that_hold_an_accepted_answer_are_claims(tmp_path: Path) -> None:
    draft = "The Alder bridge was opened in 1932. It was not the first of its kind."
    engine: Any = ScriptedEngine(lambda question: answered(question, draft))
    [claim] = drafted(small_gold(tmp_path).items[0], HOME, engine)
    assert claim.text == "The Alder bridge was opened in 1932."
    assert engine.asked == [("When was the Alder bridge opened?", (), False)]


def test_a_wrong_draft_gives_no_claim(tmp_path: Path) -> None:
    engine: Any = ScriptedEngine(lambda question: answered(question, "It was opened in 1951."))
    assert drafted(small_gold(tmp_path).items[0], HOME, engine) == []
