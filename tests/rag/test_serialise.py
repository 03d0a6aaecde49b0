import json

from rag.serialise import answer_to_dict, citation_to_dict, hit_to_dict
from rag.types import (
    Answer,
    AnswerSentence,
    Citation,
    Status,
    Timings,
    TokenCounts,
    Verdict,
)
from tests.rag.contract import (
    ANSWER_KEYS,
    CITATION_KEYS,
    RETRIEVED_KEYS,
    SENTENCE_KEYS,
    TIMING_KEYS,
    TOKEN_KEYS,
)
from tests.rag.fakes import hit, paragraph

FOUND = paragraph("It opened in 1932.", "It has lanes.", path="b.txt", ordinal=4, start=30)
ANSWERED = Answer(
    question="And when?",
    standalone_question="When did it open?",
    status=Status.ANSWERED,
    text="It opened in 1932. [1]",
    sentences=(AnswerSentence("It opened in 1932.", (1,), Verdict.SUPPORTED),),
    citations=(Citation(1, FOUND, 30, 48),),
    retrieved=(hit(FOUND, 1),),
    model="a model",
    timings=Timings(12.345, 99.99, 200.06),
    tokens=TokenCounts(10, 4, 3),
)
BARE = Answer(question="x", standalone_question="x", status=Status.ERROR, text="", error="why")


def test_an_answer_has_exactly_the_contracts_keys() -> None:
    for answer in (ANSWERED, BARE):
        found = answer_to_dict(answer)
        assert list(found) == ANSWER_KEYS
        assert set(found["timings_ms"]) == TIMING_KEYS  # type: ignore[call-overload]
        assert set(found["tokens"]) == TOKEN_KEYS  # type: ignore[call-overload]


def test_the_parts_of_an_answer_have_exactly_the_contracts_keys() -> None:
    found = json.loads(json.dumps(answer_to_dict(ANSWERED)))
    assert list(found["sentences"][0]) == SENTENCE_KEYS
    assert list(found["citations"][0]) == CITATION_KEYS
    assert list(found["retrieved"][0]) == RETRIEVED_KEYS


def test_the_values_of_an_answer_are_plain_json() -> None:
    found = json.loads(json.dumps(answer_to_dict(ANSWERED)))
    assert found["status"] == "answered"
    assert found["sentences"] == [
        {"text": "It opened in 1932.", "citations": [1], "verdict": "supported"}
    ]
    assert found["timings_ms"] == {"retrieve": 12.3, "first_token": 100.0, "total": 200.1}
    assert found["tokens"] == {"prompt": 10, "cached": 4, "completion": 3}
    assert found["error"] is None


def test_an_answer_without_anything_has_empty_lists_and_no_first_token() -> None:
    found = json.loads(json.dumps(answer_to_dict(BARE)))
    assert found["sentences"] == found["citations"] == found["retrieved"] == []
    assert found["timings_ms"]["first_token"] is None
    assert (found["status"], found["error"]) == ("error", "why")


def test_a_citation_says_where_in_the_document_its_words_stand() -> None:
    assert citation_to_dict(ANSWERED.citations[0]) == {
        "number": 1,
        "paragraph_id": "b.txt#4",
        "path": "b.txt",
        "paragraph": 4,
        "page": None,
        "start": 30,
        "end": 62,
        "text": "It opened in 1932. It has lanes.",
        "quote": "It opened in 1932.",
        "quote_start": 30,
        "quote_end": 48,
    }


def test_a_hit_carries_its_rank_its_score_and_its_signals() -> None:
    found = hit_to_dict(hit(FOUND, 2))
    assert (found["rank"], found["score"]) == (2, 0.5)
    assert found["signals"] == {"dense": 0.5, "sentence": 0.9, "bm25": 1.0}
    assert found["paragraph"] == 4
