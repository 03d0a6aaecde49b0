import pytest

from rag.compared import compared_documents, of_the_others
from rag.extract import RankedSentence
from rag.match import Span, verbatim
from tests.rag.fakes import paragraph

NAMED = {"pump a.md": {"pump", "a", "manual"}, "pump b.md": {"pump", "b", "manual"}}


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        ("Which lifts more, pump A or pump B?", True),
        ("Is the lift of pump A the same as that of pump B?", True),
        pytest.param("Which pump lifts more or as much?", False, id="none by a word of its own"),
        pytest.param("Can pump A lift sand or mud?", False, id="one of them"),
        pytest.param("What is the lift of pump A and pump B?", False, id="not compared"),
    ],
)
def test_documents_are_compared_that_are_named_each_by_a_word_of_its_own(
    question: str, compared: bool
) -> None:
    assert compared_documents(question, NAMED) == (sorted(NAMED) if compared else [])


def test_beside_the_row_of_one_document_the_same_row_of_the_other_is_told() -> None:
    rows = [
        RankedSentence(table, sentence, 0.0)
        for path, lift in (("pump a.md", "7 m"), ("pump b.md", "9 m"))
        for table in [paragraph("property | value", "Fuse | 3 A", f"Lift | {lift}", path=path)]
        for sentence in table.sentences[1:]
    ]
    question = "Which lifts more, pump A or pump B?"
    one = rows[1].span
    beside = of_the_others(question, [(one.words, verbatim(one))], rows, sorted(NAMED))
    assert [text for text, _ in beside] == ["pump b: “property: Lift; value: 9 m”"]
    prose = paragraph("Pump A lifts more.", path="pump a.md")
    told = verbatim(Span(prose, prose.start, prose.end))
    assert of_the_others(question, [("Pump A lifts more.", told)], rows, sorted(NAMED)) == []
