"""Against other people's programs and definitions: trec_eval, ir-measures, SQuAD, rouge-score."""

import re
import string
from collections import Counter

import ir_measures
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, P, R, nDCG
from rouge_score import rouge_scorer

from eval.export import qrels, trec
from eval.gold.items import Evidence, GoldItem, GoldParagraph, ResolvedItem
from eval.measures import score_case
from eval.metrics.exact_match import score as exact_match
from eval.metrics.rouge_l import rouge_l
from eval.metrics.token_f1 import token_f1
from eval.normalise import normalise
from eval.records import HitRecord, ResultRecord, answer_record, result_record
from eval.rundir import RunData
from rag.types import Answer, Status
from tests.eval.metrics.cases import case

IDS = [f"p{n}" for n in range(15)]
# Ties included: scores are few, ids many.
RANKED = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from([3.0, 2.0, 1.0])),
    max_size=10,
    unique_by=lambda pair: pair[0],
)
RELEVANT = st.frozensets(st.sampled_from(IDS), min_size=1, max_size=12)


def run_data(queries: dict[str, tuple[list[tuple[str, float]], frozenset[str]]]) -> RunData:
    """A run with a ranking and relevant paragraphs for each query, best score first."""
    items = []
    results: list[ResultRecord] = []
    for name, (found, relevant) in queries.items():
        order = sorted(found, key=lambda pair: (-pair[1], pair[0]))
        quotes = tuple(Evidence("a.txt", id_) for id_ in sorted(relevant))
        item = GoldItem(name, "Which?", ("x",), quotes, answerable=True)
        paragraphs = tuple(GoldParagraph(id_, "a.txt", 1, id_, (id_,)) for id_ in sorted(relevant))
        sets = tuple(frozenset([id_]) for id_ in sorted(relevant))
        items.append(ResolvedItem(item, sets, paragraphs, name))
        record = answer_record(Answer("Which?", "Which?", Status.REFUSED, ""))
        record["retrieved"] = [
            HitRecord(
                rank=rank,
                paragraph_id=id_,
                path="a.txt",
                paragraph=1,
                start=0,
                end=1,
                text="x",
                score=score,
                signals={},
            )
            for rank, (id_, score) in enumerate(order, 1)
        ]
        results.append(result_record(name, record, {}))
    return RunData({}, tuple(items), tuple(results))


def ours(data: RunData) -> dict[str, dict[str, float | None]]:
    scores = {}
    for gold, result in zip(data.items, data.results, strict=True):
        retrieved = tuple(hit["paragraph_id"] for hit in result["retrieved"])
        quotes = [(evidence.quote, [evidence.quote]) for evidence in gold.item.evidence]
        scores[gold.item.id] = score_case(case(gold=quotes, retrieved=retrieved))
    return scores


@given(st.lists(st.tuples(RANKED, RELEVANT), min_size=1, max_size=4))
def test_ranking_measures_equal_trec_eval_on_the_files_we_write(
    queries: list[tuple[list[tuple[str, float]], frozenset[str]]],
) -> None:
    data = run_data({f"q{n}": pair for n, pair in enumerate(queries)})
    judged = pytrec_eval.parse_qrel(qrels(data).splitlines(keepends=True))
    run = pytrec_eval.parse_run(trec(data).splitlines(keepends=True))
    names = {"ndcg_cut.10", "recall.1,3,5,10", "P.1,3,5,10", "recip_rank"}
    reference = pytrec_eval.RelevanceEvaluator(judged, names).evaluate(run)
    for query, scores in ours(data).items():
        # trec_eval leaves out a query of which nothing was found; here it scores 0.
        expected = reference.get(query, {})
        assert scores["ndcg@10"] == pytest.approx(expected.get("ndcg_cut_10", 0.0), abs=1e-6)
        assert scores["mrr"] == pytest.approx(expected.get("recip_rank", 0.0), abs=1e-6)
        for k in (1, 3, 5, 10):
            found = expected.get(f"recall_{k}", 0.0)
            assert scores[f"recall@{k}"] == pytest.approx(found, abs=1e-6)
            assert scores[f"precision@{k}"] == pytest.approx(expected.get(f"P_{k}", 0.0), abs=1e-6)


@given(st.lists(st.tuples(RANKED, RELEVANT), min_size=1, max_size=3))
def test_means_over_all_queries_equal_ir_measures(
    queries: list[tuple[list[tuple[str, float]], frozenset[str]]],
) -> None:
    data = run_data({f"q{n}": pair for n, pair in enumerate(queries)})
    judged = list(ir_measures.read_trec_qrels(qrels(data)))
    # With a blank line behind, for that reader takes one line for the name of a file.
    run = list(ir_measures.read_trec_run(f"{trec(data)}\n"))
    pairs = {
        nDCG @ 10: "ndcg@10",
        RR @ 10: "mrr",
        R @ 5: "recall@5",
        P @ 3: "precision@3",
    }
    reference = ir_measures.calc_aggregate(list(pairs), judged, run)
    scores = ours(data).values()
    for measure, key in pairs.items():
        mean = sum(one[key] or 0.0 for one in scores) / len(scores)
        assert mean == pytest.approx(reference[measure], abs=1e-6)


@given(RANKED, st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=1))
def test_graded_judgements_count_as_relevant_above_zero(
    found: list[tuple[str, float]], grades: dict[str, int]
) -> None:
    """BEIR folders may grade; read as 1 or 0 they must give trec_eval's figures for 1 or 0."""
    relevant = frozenset(id_ for id_, grade in grades.items() if grade > 0)
    if not relevant or not found:
        return
    data = run_data({"q": (found, relevant)})
    run = pytrec_eval.parse_run(trec(data).splitlines(keepends=True))
    graded = pytrec_eval.RelevanceEvaluator({"q": grades}, {"recall.5", "P.5", "recip_rank"})
    reference = graded.evaluate(run)["q"]
    [scores] = ours(data).values()
    assert scores["recall@5"] == pytest.approx(reference["recall_5"], abs=1e-6)
    assert scores["precision@5"] == pytest.approx(reference["P_5"], abs=1e-6)
    assert scores["mrr"] == pytest.approx(reference["recip_rank"], abs=1e-6)


def squad_normal_form(text: str) -> str:
    """SQuAD's four steps in their order: lower case, punctuation, articles, blanks."""
    lowered = text.lower()
    bare = "".join(letter for letter in lowered if letter not in set(string.punctuation))
    without_articles = re.sub(r"\b(a|an|the)\b", " ", bare)
    return " ".join(without_articles.split())


def squad_f1(prediction: str, truth: str) -> float:
    """SQuAD 2.0's definition, which makes two empty texts equal."""
    got, wanted = squad_normal_form(prediction).split(), squad_normal_form(truth).split()
    if not got or not wanted:
        return float(got == wanted)
    same = sum((Counter(got) & Counter(wanted)).values())
    if same == 0:
        return 0.0
    precision, recall = same / len(got), same / len(wanted)
    return 2 * precision * recall / (precision + recall)


WORDS = st.lists(
    st.sampled_from(["The", "a", "an", "heron", "Heron,", "is", "grey.", "2-3", "U.S.", "", "É"]),
    max_size=12,
).map(" ".join)


@given(WORDS, WORDS)
def test_exact_match_and_f1_are_those_of_squad(prediction: str, truth: str) -> None:
    assert normalise(prediction) == squad_normal_form(prediction)
    assert token_f1(prediction, truth) == pytest.approx(squad_f1(prediction, truth), abs=1e-9)
    if truth.strip():
        found = exact_match(case(text=prediction, answers=(truth,)))
        assert found == float(squad_normal_form(prediction) == squad_normal_form(truth))


@pytest.mark.parametrize(
    ("prediction", "truth", "exact", "f1"),
    [
        ("The Denver Broncos!", "Denver Broncos", 1, 1),
        # shared: denver; 2 * 1 / (1 + 2)
        ("Denver", "Denver Broncos", 0, 2 / 3),
        # shared: in, 2015; 2 * 2 / (3 + 2)
        ("in the year 2015", "in 2015", 0, 0.8),
        ("Paris", "London", 0, 0),
        # Punctuation goes without leaving a blank: "twothree" against "two", "three".
        ("two-three", "two three", 0, 0),
    ],
)
def test_squad_by_hand(prediction: str, truth: str, exact: float, f1: float) -> None:
    assert exact_match(case(text=prediction, answers=(truth,))) == exact
    assert token_f1(prediction, truth) == pytest.approx(f1)


PLAIN = st.lists(st.sampled_from(["heron", "grey", "nest", "tree", "fish"]), max_size=14).map(
    " ".join
)


@given(PLAIN, PLAIN)
def test_rouge_l_is_that_of_rouge_score_without_stemming(text: str, reference: str) -> None:
    # Words only: that package keeps articles, where ours drops them as SQuAD does.
    if text and reference:
        scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=False)
        expected = scorer.score(reference, text)["rougeL"].fmeasure
        assert rouge_l(text, reference) == pytest.approx(expected, abs=1e-9)
