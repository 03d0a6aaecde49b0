from dataclasses import replace

import pytest

from rag.extract import rank_sentences
from rag.match import Match, Span
from rag.signals import draft_signals, evidence_signals
from rag.types import Verdict
from tests.rag.fakes import hit, paragraph

QUESTION = "What does the Tam Report say of the bridge?"
SOURCE = paragraph("The bridge is safe.", "It was opened in May.", path="tam-report.txt")
HITS = (hit(SOURCE, 1),)
NAME = {"tam-report.txt": {"tam", "report"}}
COVERAGE = ("paragraph_coverage", "sentence_coverage", "asked_names")


def test_what_the_question_has_of_a_documents_name_need_not_stand_in_it() -> None:
    ranked = rank_sentences(QUESTION, HITS)
    without = evidence_signals(QUESTION, HITS, ranked, {})
    # Of "Tam", "Report", "say" and "bridge" one is there, of the two names none.
    assert [without[name] for name in COVERAGE] == [0.25, 0.25, 0.0]
    named = evidence_signals(QUESTION, HITS, ranked, NAME)
    assert [named[name] for name in COVERAGE] == [0.75, 0.75, 1.0]
    other = evidence_signals(QUESTION, HITS, ranked, {"other.txt": {"tam", "report"}})
    assert other == without


@pytest.mark.parametrize(("named", "covered"), [({}, 0.25), (NAME, 0.75)])
def test_nor_in_the_words_cited(named: dict[str, set[str]], covered: float) -> None:
    sentence = SOURCE.sentences[0]
    span = Span(SOURCE, sentence.start, sentence.end)
    found = Match(Verdict.SUPPORTED, (span,), 0.9)
    signals = draft_signals(QUESTION, [found], 0.5, None, named)
    assert signals["cited_coverage"] == covered
    assert signals["holds"] == 0.0


def test_how_near_the_best_sentence_is_and_how_far_one_of_the_kind_asked_for() -> None:
    question = "How much did the repairs of the ferry cost?"
    source = paragraph("The ferry was repaired at Hull.", "A pump cost £400.", path="a.txt")
    near, far = replace(hit(source, 1), read_scores=(0.7, 0.6)), hit(source, 1)
    signals = evidence_signals(question, (near,), [], {})
    assert signals["read"] == 0.7
    assert signals["lacking"] == pytest.approx(0.1)
    other = evidence_signals("Why was the ferry repaired?", (near,), [], {})
    assert (other["read"], other["lacking"]) == (0.7, 0.0)
    nothing = evidence_signals(question, (replace(near, read_scores=(0.7, -0.9)),), [], {})
    assert nothing["lacking"] == 0.3
    unread = evidence_signals(question, (far,), [], {})
    assert unread["read"] == max(far.sentence_scores)
    beside = evidence_signals(question, (near, far), [], {})
    assert beside["read"] == 0.7


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        ("How much did the repair cost?", 0.0),
        ("What was its cost?", 0.0),
        ("When was it done?", 0.3),
    ],
)
def test_a_reply_fits_as_well_as_the_question_it_is_given_to(asked: str, lacking: float) -> None:
    source = paragraph(f"CHAIR: {asked}", "LEE: We paid 400 euros.", path="hearing.txt")
    read = replace(hit(source, 1), read_scores=(0.8, 0.4))
    signals = evidence_signals("How much did the repair cost?", (read,), [], {})
    assert signals["lacking"] == pytest.approx(lacking)
