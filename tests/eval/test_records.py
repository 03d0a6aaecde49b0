import json

import pytest

from eval.cases import case_of
from eval.gold.items import Evidence, GoldItem
from eval.measures import MEASURES, score_case
from eval.records import (
    answer_record,
    item_line,
    parse_item,
    parse_result,
    result_line,
    result_record,
)
from eval.relevance import QuoteFinder
from rag.types import Turn
from tests.eval.fakes import engine_corpus, right_answer

CONTRACT = {
    *("recall@1", "recall@3", "recall@5", "recall@10", "ndcg@10", "mrr"),
    *("correct", "token_f1", "rouge_l", "citation_precision", "citation_recall", "quote_overlap"),
    *("false_answers", "false_refusals", "unsupported", "answer_words"),
}


def item() -> GoldItem:
    return GoldItem(
        id="a1",
        question="When was the Alder bridge opened?",
        answers=("1932",),
        evidence=(Evidence("bridges.txt", "opened in 1932"),),
        answerable=True,
        history=(Turn("user", "Tell me of bridges."), Turn("assistant", "Gladly.")),
        tags=("any",),
    )


def test_every_metric_of_the_contract_is_measured() -> None:
    assert not CONTRACT - set(MEASURES)


def test_item_survives_being_written_and_read() -> None:
    resolved = QuoteFinder(engine_corpus()).resolve(item())
    assert parse_item(item_line(resolved)) == resolved


def test_result_survives_being_written_and_read() -> None:
    resolved = QuoteFinder(engine_corpus()).resolve(item())
    answer = answer_record(right_answer(item().question))
    record = result_record("a1", answer, score_case(case_of(resolved, answer, 0.9)))
    assert parse_result(result_line(record)) == record
    assert json.loads(result_line(record))["scores"]["citation_precision"] == 1.0


def test_words_quoted_beside_an_answer_count_as_no_sentence_of_it() -> None:
    resolved = QuoteFinder(engine_corpus()).resolve(item())
    answer = answer_record(right_answer(item().question))
    plain = case_of(resolved, answer, 0.9)
    [sentence] = answer["sentences"]
    answer["sentences"] = [sentence, {**sentence, "quotation": True}]
    assert case_of(resolved, answer, 0.9) == plain
    answer["sentences"] = [sentence, sentence]
    assert len(case_of(resolved, answer, 0.9).verdicts) == 2


def test_words_quoted_beside_an_answer_are_read_as_part_of_its_text() -> None:
    resolved = QuoteFinder(engine_corpus()).resolve(item())
    answer = answer_record(right_answer(item().question))
    [sentence] = answer["sentences"]
    answer["sentences"] = [sentence, {**sentence, "quotation": True}]
    answer["answer"] = "In spring [1] “It was opened in 1932.” [1]"
    found = case_of(resolved, answer, 0.9)
    assert found.text == "In spring “It was opened in 1932.”"
    assert len(found.verdicts) == 1


def test_result_that_json_cannot_say_is_refused() -> None:
    record = result_record("a1", answer_record(right_answer("x")), {"correct": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        result_line(record)


def test_missing_key_is_not_a_result() -> None:
    with pytest.raises(ValueError, match="Field required"):
        parse_result('{"id": "a1"}')
