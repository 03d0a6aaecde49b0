import pytest

from eval.mutation.judges import CosinesOf, shown, verdict
from eval.mutation.rates import Judge
from index.types import Paragraph
from rag.types import Verdict
from tests.rag.fakes import paragraph, shared_words

BRIDGE = paragraph("The Alder bridge was opened in 1932 by the mayor of Renfield.")
LONG = paragraph(f"The Alder bridge was opened in 1932, {'and so on ' * 12}as people in town say.")
QUESTION = "When was the Alder bridge for heavy railway trains opened?"
TRUE = "The Alder bridge was opened in 1932."
BEYOND = "The Alder bridge for heavy railway trains was opened in 1932."
FALSE = "The Alder bridge was opened in 1952."


def cosines_with(*paragraphs: Paragraph) -> CosinesOf:
    return lambda text, ids: shared_words(text, [p for p in paragraphs if p.id in ids])


@pytest.mark.parametrize(
    ("claim", "by_verdict", "by_what_is_shown"),
    [
        (TRUE, Verdict.SUPPORTED, Verdict.SUPPORTED),
        pytest.param(BEYOND, Verdict.SUPPORTED, Verdict.UNSUPPORTED, id="its source is quoted"),
        (FALSE, Verdict.UNSUPPORTED, Verdict.UNSUPPORTED),
    ],
)
def test_a_claim_is_judged_by_its_verdict_and_by_what_a_reader_gets(
    claim: str, by_verdict: Verdict, by_what_is_shown: Verdict
) -> None:
    judges: list[Judge] = [verdict(cosines_with(BRIDGE)), shown(cosines_with(BRIDGE))]
    assert [judge(claim, QUESTION, [BRIDGE]) for judge in judges] == [by_verdict, by_what_is_shown]


def test_a_claim_shown_for_want_of_a_short_source_is_marked() -> None:
    assert shown(cosines_with(LONG))(BEYOND, QUESTION, [LONG]) is Verdict.PARTLY
