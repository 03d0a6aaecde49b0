from collections.abc import Sequence
from unittest.mock import ANY

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Paragraph
from rag.match import Match, Span
from rag.types import Verdict
from rag.verify import match
from tests.conftest import SEED_FILE, SEEDS
from tests.index.cutting import cut
from tests.rag.checks import PROPERTY
from tests.rag.fakes import paragraph, shared_words

SUPPORTED, PARTLY, UNSUPPORTED = Verdict.SUPPORTED, Verdict.PARTLY, Verdict.UNSUPPORTED

OPENED = "The Alder bridge was opened in 1932 by the mayor of Renfield."
LANES = "It carries four lanes and a cycle path over the river Tam."
LORRY = "No lorry may cross the bridge at night."
HERON = "The grey heron nests in tall trees near shallow water."
BRIDGE = paragraph(OPENED, LANES, LORRY, path="bridges.txt", start=40)
BIRD = paragraph(HERON, "Its nest is built of sticks.", path="birds.txt", start=7)
BOTH = (BRIDGE, BIRD)

SEED_PARAGRAPHS = cut(SEED_FILE, (SEEDS / SEED_FILE).read_bytes().decode())
SEED_SENTENCES = [s.text for p in SEED_PARAGRAPHS for s in p.sentences]


def matched(claim: str, question: str = "", within: Sequence[Paragraph] = BOTH) -> Match:
    return match(claim, question, within, shared_words(claim, within))


def span(found: Paragraph, first: int, last: int | None = None) -> Span:
    """The span of whole sentences ``first`` to ``last``."""
    sentences = found.sentences
    return Span(found, sentences[first].start, sentences[first if last is None else last].end)


def quoted(found: Span) -> str:
    offset = found.paragraph.start
    return found.paragraph.text[found.start - offset : found.end - offset]


@pytest.mark.parametrize(
    ("claim", "place"), [(OPENED, (BRIDGE, 0)), (LANES, (BRIDGE, 1)), (HERON, (BIRD, 0))]
)
def test_a_verbatim_sentence_is_supported_by_itself(
    claim: str, place: tuple[Paragraph, int]
) -> None:
    found = matched(claim)
    assert found.verdict is SUPPORTED
    assert found.spans == (span(*place),)
    assert quoted(found.spans[0]) == claim


def test_a_shorter_wording_is_supported_by_the_whole_sentence() -> None:
    found = matched("The mayor of Renfield opened the Alder bridge in 1932.")
    assert found.verdict is SUPPORTED
    assert [quoted(s) for s in found.spans] == [OPENED]


@pytest.mark.parametrize(
    "claim",
    [
        "The Alder bridge was opened in 1952 by the mayor of Renfield.",
        "It carries five lanes and a cycle path over the river Tam.",
        "The Alder bridge was opened in 1932 by the mayor of Linfield.",
        "It carries four lanes and a cycle path over the river Severn.",
    ],
)
def test_a_changed_number_or_name_is_unsupported_and_cites_nothing(claim: str) -> None:
    found = matched(claim)
    assert found.verdict is UNSUPPORTED
    assert found.spans == ()


def test_a_decimal_comma_is_no_comma_between_thousands() -> None:
    source = paragraph("Rates rose by 1,5 percent.")
    assert matched("Rates rose by 1.5 percent.", within=[source]).verdict is SUPPORTED
    assert matched("Rates rose by 15 percent.", within=[source]).verdict is UNSUPPORTED


def test_a_number_is_borne_out_with_its_sign_only() -> None:
    fee = paragraph("The fee is €500, twice that of the 1990s.")
    assert matched("The fee is €500.", within=[fee]).verdict is SUPPORTED
    assert matched("The fee is £500.", within=[fee]).verdict is UNSUPPORTED
    assert matched("The fee is twice that of 1990.", within=[fee]).verdict is PARTLY


@pytest.mark.parametrize("day", ["2020-05-03", "03.05.2020", "3 May 2020"])
def test_a_day_may_be_written_in_digits(day: str) -> None:
    opened = paragraph(f"The ferry was opened on {day}.")
    assert matched("The ferry was opened on May 3, 2020.", within=[opened]).verdict is SUPPORTED
    assert matched(f"The ferry was opened on {day}.", within=[opened]).verdict is SUPPORTED
    assert matched("The ferry was opened on 5 March 2020.", within=[opened]).verdict is UNSUPPORTED


def test_the_last_of_some_years_may_be_shortened() -> None:
    war = paragraph("The war of the two towns lasted 1914–18.")
    found = matched("The war of the two towns lasted from 1914 to 1918.", within=[war])
    assert found.verdict is SUPPORTED


def test_a_number_may_be_written_as_a_word() -> None:
    assert matched("It carries 4 lanes over the river Tam.").verdict is SUPPORTED
    notice = paragraph("The tenant has twenty-one days from 3 Sept. to object in writing.")
    said = "The tenant has {} days from {} to object in writing."
    whole = matched(said.format("21", "September 3"), within=[notice])
    assert whole.verdict is SUPPORTED
    assert matched(said.format("twenty-two", "3 Sept."), within=[notice]).verdict is UNSUPPORTED
    assert matched(said.format("21", "3 October"), within=[notice]).verdict is UNSUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "The Alder bridge was not opened in 1932 by the mayor of Renfield.",
        "The Alder bridge was never opened by the mayor of Renfield.",
        "A lorry may cross the bridge at night.",
    ],
)
def test_a_flipped_negation_is_not_supported(claim: str) -> None:
    assert matched(claim).verdict is not SUPPORTED


def test_a_denial_on_both_sides_is_supported() -> None:
    assert matched("A lorry may not cross the bridge at night.").verdict is SUPPORTED


def test_a_claim_over_two_neighbouring_sentences_gets_one_span_over_both() -> None:
    found = matched("The bridge opened in 1932 by the mayor carries four lanes and a cycle path.")
    assert found.verdict is SUPPORTED
    assert found.spans == (span(BRIDGE, 0, 1),)
    assert quoted(found.spans[0]) == f"{OPENED} {LANES}"


def test_a_claim_over_sentences_apart_gets_two_spans_in_the_documents_order() -> None:
    found = matched("A lorry may not cross the bridge opened by the mayor of Renfield at night.")
    assert found.spans == (span(BRIDGE, 0), span(BRIDGE, 2))


def test_a_claim_over_two_paragraphs_gets_a_span_in_each() -> None:
    found = matched("The mayor of Renfield opened the Alder bridge and the heron nests in trees.")
    assert found.verdict is SUPPORTED
    assert set(found.spans) == {span(BRIDGE, 0), span(BIRD, 0)}


def test_words_of_the_question_may_be_restated() -> None:
    question = "In which year did the inauguration ceremony of the Alder bridge take place?"
    claim = "The inauguration ceremony of the Alder bridge took place in 1932."
    assert matched(claim).verdict is not SUPPORTED
    assert matched(claim, question).verdict is SUPPORTED


def test_a_heading_of_the_paragraph_may_be_named() -> None:
    named = paragraph("It was opened in 1932.", headings=("The Alder bridge",))
    claim = "The Alder bridge was opened in 1932."
    assert matched(claim, within=[named]).verdict is SUPPORTED
    bare = paragraph("It was opened in 1932.")
    assert matched(claim, within=[bare]).verdict is UNSUPPORTED


def test_the_earlier_of_two_equal_paragraphs_is_cited() -> None:
    twin = paragraph(OPENED, path="zz.txt")
    found = matched(OPENED, within=[twin, BRIDGE])
    assert found.spans == (span(twin, 0),)


@pytest.mark.parametrize("claim", ["", "It was so.", "?!"])
def test_a_claim_that_says_nothing_is_unsupported(claim: str) -> None:
    assert matched(claim) == Match(UNSUPPORTED, (), 0.0)


def test_without_paragraphs_nothing_is_supported() -> None:
    assert matched(OPENED, within=[]) == Match(UNSUPPORTED, (), 0.0)


@pytest.mark.parametrize("claim", SEED_SENTENCES)
def test_every_sentence_of_the_seeds_is_supported_by_itself(claim: str) -> None:
    found = matched(claim, within=SEED_PARAGRAPHS)
    assert found.verdict is SUPPORTED
    assert [quoted(s) for s in found.spans] == [claim]


@PROPERTY
@given(
    st.lists(st.sampled_from(" ".join(SEED_SENTENCES).split()), min_size=1, max_size=25),
    st.lists(st.sampled_from(SEED_PARAGRAPHS), max_size=5, unique_by=lambda p: p.id),
)
def test_spans_are_whole_sentences_inside_their_paragraphs(
    words: list[str], within: list[Paragraph]
) -> None:
    found = matched(" ".join(words), within=within)
    assert 0 <= found.support <= 1
    assert (found.verdict is UNSUPPORTED) == (found.spans == ())
    for each in found.spans:
        assert each.paragraph in within
        assert each.paragraph.start <= each.start < each.end <= each.paragraph.end
        assert each.start in {s.start for s in each.paragraph.sentences}
        assert each.end in {s.end for s in each.paragraph.sentences}


@PROPERTY
@given(st.lists(st.sampled_from(" ".join(SEED_SENTENCES).split()), min_size=1, max_size=25))
def test_the_same_claim_gets_the_same_verdict_whatever_was_asked_before(words: list[str]) -> None:
    claim = " ".join(words)
    assert matched(claim, within=SEED_PARAGRAPHS) == matched(claim, within=SEED_PARAGRAPHS)


def test_a_number_of_the_question_that_the_cited_words_contradict_is_not_supported() -> None:
    question = "Was the Alder bridge opened in 1952 by the mayor of Renfield?"
    claim = "The Alder bridge was opened in 1952 by the mayor of Renfield."
    assert matched(claim, question).verdict is not SUPPORTED


def test_a_year_of_another_sentence_of_the_paragraph_is_supported_in_part_only() -> None:
    within = [paragraph(OPENED, "The bridge was closed for repairs in 1952.")]
    question = "Who opened the Alder bridge long before it was closed in 1952?"
    claim = "The mayor of Renfield opened the Alder bridge long before it was closed in 1952."
    found = matched(claim, question, within)
    assert found.verdict is PARTLY
    assert matched(claim.replace("1952", "1932"), question, within).verdict is SUPPORTED


def test_a_number_of_the_question_that_is_no_year_may_stand_beside_other_numbers() -> None:
    text = "Linebacker Ann Lee led the team in tackles with 118."
    within = [paragraph(text)]
    question = "Who led the team in tackles in game 50?"
    claim = "Ann Lee led the team in tackles in game 50."
    assert matched(claim, question, within).verdict is SUPPORTED


def test_a_name_of_another_paragraph_does_not_complete_a_claim_by_one_common_word() -> None:
    within = [
        paragraph("The northern forces, with Sudland's help, fought the rebels.", path="a.txt"),
        paragraph("They said that Ostland will give any support needed.", path="b.txt"),
    ]
    claim = "Ostland gave support to the northern forces who fought the rebels."
    question = "Which country helped the northern forces fight the rebels?"
    assert matched(claim, question, within).verdict is not SUPPORTED


def test_a_first_or_last_that_only_the_question_speaks_of_is_borne_out_in_part() -> None:
    text = "The chairs before were Ann Lee, elected in 2002, and Tom Hall in 1997."
    question = "Who was the first chair?"
    claim = "The first chair was Ann Lee, elected in 2002."
    assert matched(claim, question, [paragraph(text)]).verdict is PARTLY
    plain = "Ann Lee was chair, elected in 2002."
    assert matched(plain, question, [paragraph(text)]).verdict is SUPPORTED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("300 oaks", SUPPORTED),
        ("Over 300 oaks", PARTLY),
        ("Up to 300 oaks", PARTLY),
    ],
)
def test_a_bound_that_the_source_does_not_give_is_borne_out_in_part(
    said: str, verdict: Verdict
) -> None:
    within = [paragraph("In the storm of March 300 oaks fell near Renfield.")]
    claim = f"{said} fell near Renfield in the storm of March."
    assert matched(claim, "What fell in the storm?", within).verdict is verdict
    assert matched(claim, "Did over 300 or up to 300 oaks fall?", within).verdict is SUPPORTED
    given = [paragraph(f"In the storm of March {said.lower()} fell near Renfield.")]
    assert matched(claim, "What fell in the storm?", given).verdict is SUPPORTED


def test_the_name_of_a_document_that_is_asked_for_needs_no_source() -> None:
    claim = "According to the Tam Report, the Alder bridge was opened in 1932."
    question = "When does the Tam Report say that it was opened?"
    assert match(claim, question, BOTH, shared_words(claim, BOTH)).verdict is SUPPORTED
    full = claim.replace("Tam Report", "Tam Report of the Renwick Board")
    cosines = shared_words(full, BOTH)
    assert match(full, question, BOTH, cosines).verdict is UNSUPPORTED
    named = {"tam", "report", "renwick", "board"}
    assert match(full, question, BOTH, cosines, named) == Match(SUPPORTED, (span(BRIDGE, 0),), ANY)


def test_a_documents_title_page_bears_nothing_out() -> None:
    title = paragraph("The Renwick Report of the Bridges of Tam.", path="bridges.txt")
    within = (title, BRIDGE)
    claim = "The Renwick Report of the Bridges of Tam says it opened in 1932."
    named = {"renwick", "report", "bridg", "tam"}
    cosines = {p.id: np.full(len(p.sentences), 0.5) for p in within}
    found = match(claim, "When did it open, by the Report?", within, cosines, named)
    assert [s.text for s in found.spans] == [OPENED]


MEDALS = paragraph(
    "nation | gold | silver", "Norland | 24 | 13", "South Elm | 10 | 15", path="games.csv"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("South Elm won 10 gold medals.", Verdict.SUPPORTED),
        ("South Elm won 15 gold medals.", Verdict.UNSUPPORTED),
        ("South Elm won 24 gold medals.", Verdict.UNSUPPORTED),
        ("Tamworth won 10 gold medals.", Verdict.UNSUPPORTED),
    ],
)
def test_a_row_bears_out_what_its_columns_say_of_it(claim: str, verdict: Verdict) -> None:
    question = "How many gold medals did Tamworth and South Elm win, 24?"
    assert match(claim, question, [MEDALS], shared_words(claim, [MEDALS])).verdict is verdict


NIGHT = paragraph(
    "Work at night was linked with a higher risk of fever.",
    "No link was found with asthma.",
    "A cough was linked with dust, but not with noise.",
)


@pytest.mark.parametrize(
    ("claim", "question", "verdict"),
    [
        ("Work at night was linked with a risk of asthma.", "Is there a risk of asthma?", False),
        ("Work at night was linked with a risk of cough.", "Is there a risk of cough?", True),
        ("Work at night was linked with a risk of noise.", "Is there a risk of noise?", False),
    ],
)
def test_a_word_of_the_question_that_the_next_sentence_denies_is_not_supported(
    claim: str, question: str, verdict: bool
) -> None:
    assert (matched(claim, question, [NIGHT]).verdict is not UNSUPPORTED) is verdict


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        ("Notice is at least 30 days.", "Notice is not less than 30 days.", SUPPORTED),
        ("Notice is not less than 30 days.", "Notice is at least 30 days.", SUPPORTED),
        ("The crew is at most 40 men.", "The crew is not more than 40 men.", SUPPORTED),
        ("The crew is at least 40 men.", "The crew is not more than 40 men.", UNSUPPORTED),
        ("Women live longer than men.", "Women live no longer than men.", UNSUPPORTED),
        ("It is due later than 30 May.", "It is due no later than 30 May.", UNSUPPORTED),
        ("Notice is not 30 days.", "Notice is at least 30 days.", Verdict.UNSUPPORTED),
        ("The fine is over $500.", "The fine is up to $500.", PARTLY),
    ],
)
def test_a_bound_told_with_not_is_no_denial(claim: str, source: str, verdict: Verdict) -> None:
    assert matched(claim, "How much is it?", [paragraph(source)]).verdict is verdict


def test_a_paragraph_deleted_while_the_model_wrote_bears_nothing_out() -> None:
    assert match(OPENED, "", BOTH, {}).verdict is UNSUPPORTED
    left = {BRIDGE.id: shared_words(OPENED, BOTH)[BRIDGE.id]}
    assert match(OPENED, "", BOTH, left).verdict is SUPPORTED
