import pytest

from eval.explanations import EXPLANATIONS
from eval.measures import MEASURES, Scores, confidence_and_loss, score_case
from tests.eval.metrics.cases import FAILED, case

ANSWERED = {"confidence": 0.8, "false_refusals": 0.0, "false_answers": None}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({**ANSWERED, "correct": 1.0, "rouge_l": 0.3}, (0.8, 0.0)),
        # Long answers have no "correct": what ROUGE-L leaves is lost.
        ({**ANSWERED, "correct": None, "rouge_l": 0.25}, (0.8, 0.75)),
        # Refused: scored 0, so a whole loss.
        ({**ANSWERED, "false_refusals": 1.0, "correct": 0.0}, (0.8, 1.0)),
        ({"confidence": 0.2, "false_answers": 0.0}, (0.2, 1.0)),
        ({**ANSWERED, "correct": None, "rouge_l": None}, None),
        ({**ANSWERED, "confidence": None, "correct": 1.0}, None),
    ],
)
def test_loss_of_answering(scores: Scores, expected: tuple[float, float] | None) -> None:
    assert confidence_and_loss(scores) == expected


def test_failed_item_is_on_the_wrong_side_of_refusing() -> None:
    row = MEASURES["refusal_f1"].row
    assert row(score_case(case(status=FAILED))) == (1.0, 0.0)
    assert row(score_case(case(status=FAILED, answerable=False))) == (0.0, 1.0)


def test_search_only_scores_no_answers() -> None:
    scores = score_case(case(retrieved=("p1",)), retrieval_only=True)
    assert {key for key, value in scores.items() if value is not None} == {
        "recall@1",
        "recall@3",
        "recall@5",
        "recall@10",
        "precision@1",
        "precision@3",
        "precision@5",
        "precision@10",
        "ndcg@10",
        "mrr",
    }
    assert set(scores) == set(score_case(case()))


def test_every_figure_is_explained_to_who_reads_the_report() -> None:
    assert EXPLANATIONS.keys() == MEASURES.keys()
