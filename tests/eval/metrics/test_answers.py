"""correct, answer_shown, exact_match, token_f1, rouge_l and answer_words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import answer_shown, answer_words, correct, exact_match, rouge_l, token_f1
from tests.eval.metrics.cases import FAILED, REFUSED, case

LONG = "it was opened in the spring of 1932 by the mayor of Renfield with a large brass band"
words = st.lists(st.sampled_from(["heron", "the", "bridge", "1932", "tam"]), max_size=8).map(
    " ".join
)


@pytest.mark.parametrize(
    ("text", "accepted", "expected"),
    [
        ("It was opened in 1932.", ("1931", "1932"), 1.0),
        ("It was opened in 1933.", ("1932",), 0.0),
        ("In 1984.", ("4",), 0.0),
        ("THE ALDER-BRIDGE, Renfield", ("alder bridge",), 1.0),
        ("A five-year plan", ("five",), 1.0),
        ("From 1994–1996", ("1994",), 1.0),
        ("The “Badr” group’s men", ("Badr",), 1.0),
        ("Vitamin A, mostly", ("A",), 1.0),
        ("Vitamin C, mostly", ("A",), 0.0),
        ("Costs $24,000", ("24000",), 1.0),
        ("", ("1932",), 0.0),
        # An article that ends the accepted answer tells it from others.
        ("It is Hepatitis B.", ("Hepatitis A",), 0.0),
        ("It is hepatitis A.", ("Hepatitis A",), 1.0),
        ("Group B won.", ("the Group A",), 0.0),
        ("The winner of Group-A", ("Group A",), 1.0),
        ("Serie A’s champion", ("Serie A",), 1.0),
        ("The mayor of the Renfield", ("a mayor of Renfield",), 1.0),
        # So does a mark between digits, but not one that groups thousands.
        ("It rose 15 percent", ("1.5 percent",), 0.0),
        ("It rose 1.5 percent", ("1.5 percent",), 1.0),
        ("It rose 1,5 percent", ("1.5 percent",), 1.0),
        ("It rose 1.5 percent", ("5 percent",), 0.0),
        ("It rose 1.5 percent", ("1",), 0.0),
        ("$12 billion", ("$1.2 billion",), 0.0),
        ("About 1000 people", ("1,000",), 1.0),
        ("About 1.000 Leute", ("1000",), 1.0),
        ("About 1,234,567.50", ("1234567.5",), 0.0),
        ("About £1,234,567.50", ("1234567.50",), 1.0),
        ("0125", ("0.125",), 0.0),
        ("At 7.45pm", ("7:45pm",), 1.0),
        ("In 1932.", ("1932.",), 1.0),
        ("In 1932, 4 people", ("4 people",), 1.0),
        # And a minus, in whatever way it is said.
        ("Now 5 degrees", ("-5 degrees",), 0.0),
        ("Now -5 degrees", ("-5 degrees",), 1.0),
        ("Now −5 degrees", ("-5 degrees",), 1.0),
        ("Now -5 degrees", ("5 degrees",), 0.0),
        ("Now minus 5 degrees", ("-5 degrees",), 1.0),
        ("Now 5 degrees below zero", ("-5 degrees",), 1.0),
        ("From 1994 -1996", ("1996",), 1.0),
    ],
)
def test_correct_is_containment_of_whole_words(
    text: str, accepted: tuple[str, ...], expected: float
) -> None:
    assert correct.score(case(text=text, answers=accepted)) == expected


def test_correct_allows_forty_words_and_no_more() -> None:
    assert correct.score(case(text="1932 " + "word " * 39)) == 1.0
    assert correct.score(case(text="1932 " + "word " * 40)) == 0.0


def test_an_answer_is_shown_where_a_refusal_quotes_it() -> None:
    refused = {"status": REFUSED, "text": "The documents mention 1932; nothing found says when."}
    assert answer_shown.score(case(cited=[("p1", "It opened in 1932.")], **refused)) == 1.0
    assert answer_shown.score(case(cited=[("p1", "It opened.")], **refused)) == 0.0
    assert answer_shown.score(case(**refused)) == 0.0
    assert correct.score(case(cited=[("p1", "It opened in 1932.")], **refused)) == 0.0


def test_an_answer_is_shown_in_twice_as_many_words_as_are_correct() -> None:
    assert answer_shown.score(case(text="1932 " + "word " * 79)) == 1.0
    assert answer_shown.score(case(text="1932 " + "word " * 80)) == 0.0
    assert answer_shown.score(case(text="In 1933.")) == 0.0
    assert answer_shown.score(case(status=FAILED, text="1932")) == 0.0


@pytest.mark.parametrize("measure", [correct.score, exact_match.score])
def test_long_answers_are_not_judged_by_containment(measure: object) -> None:
    assert callable(measure)
    assert len(LONG.split()) == 18
    assert measure(case(text=LONG, answers=(LONG,))) is None
    assert measure(case(text=LONG, answers=(LONG, "1932"))) is not None


def test_exact_match_after_normalisation() -> None:
    assert exact_match.score(case(text="The Alder Bridge!", answers=("alder bridge",))) == 1.0
    assert exact_match.score(case(text="the old Alder bridge", answers=("alder bridge",))) == 0.0


def test_token_f1_by_hand() -> None:
    # answer: alder bridge opened in 1932 (5 words, "the" dropped); accepted: bridge in 1932 (3);
    # shared 3: P = 3/5, R = 3/3, F1 = 2 * 3 / (5 + 3) = 0.75; the other accepted answer shares 1
    found = case(text="The Alder bridge opened in 1932", answers=("the bridge in 1932", "1932!"))
    assert token_f1.score(found) == pytest.approx(0.75)


def test_token_f1_counts_repeated_words_as_often_as_both_have_them() -> None:
    # shared: b once, c once -> 2 * 2 / (3 + 2)
    assert token_f1.token_f1("b b c", "b c") == pytest.approx(0.8)


def test_rouge_l_by_hand() -> None:
    # LCS of "police killed gunman" and "police kill gunman" is "police gunman": 2 * 2 / (3 + 3);
    # "gunman kill police" shares all but the order: LCS 1, 2 * 1 / (3 + 3)
    assert rouge_l.rouge_l("police killed the gunman", "police kill the gunman") == pytest.approx(
        2 / 3
    )
    assert rouge_l.rouge_l("police killed the gunman", "the gunman kill police") == pytest.approx(
        1 / 3
    )


@pytest.mark.parametrize(
    "measure", [correct.score, exact_match.score, token_f1.score, rouge_l.score]
)
def test_refused_and_failed_score_zero_and_unanswerable_does_not_count(measure: object) -> None:
    assert callable(measure)
    assert measure(case(text="1932", status=REFUSED)) == 0.0
    assert measure(case(text="1932", status=FAILED)) == 0.0
    assert measure(case(text="1932", answerable=False)) is None
    # BEIR items have evidence and no accepted answers.
    assert measure(case(text="1932", answers=())) is None


@given(words, words)
def test_overlaps_are_symmetric_shares_and_order_can_only_cost(left: str, right: str) -> None:
    f1, rouge = token_f1.token_f1(left, right), rouge_l.rouge_l(left, right)
    assert 0 <= rouge <= f1 <= 1
    assert f1 == token_f1.token_f1(right, left)
    assert rouge == rouge_l.rouge_l(right, left)
    assert token_f1.token_f1(left, left) == rouge_l.rouge_l(left, left) == 1.0


@given(st.permutations(["1932", "four lanes", "heron"]), words)
def test_order_of_accepted_answers_is_of_no_account(answers: list[str], text: str) -> None:
    for measure in (correct.score, exact_match.score, token_f1.score, rouge_l.score):
        assert measure(case(text=text, answers=answers)) == measure(
            case(text=text, answers=sorted(answers))
        )


def test_answer_words_are_counted_in_answers_only() -> None:
    assert answer_words.score(case(text="It was in 1932.")) == 4.0
    assert answer_words.score(case(text="No.", status=REFUSED)) is None
    assert answer_words.score(case(text="Yes.", answerable=False)) == 1.0
