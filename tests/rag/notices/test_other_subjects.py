"""What is told of another than the one asked about, in a document that tells of both."""

import pytest

from rag.match import Span
from rag.notices.other_subjects import of_another_subject
from tests.rag.fakes import paragraph

CLUBS = (
    "Rovers and United\n\nRovers were founded in 1908. In May they beat United, whose ground is"
    " red. Since then United have won twice. The mayor of Hull saw Rovers. In Hull City (Tigers)"
    " play, and Tigers win. Denver\nBroncos do not, says Denver, and so say Broncos."
)


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("When were United founded?", "Rovers were founded in 1908.", "United"),
        ("When did United win?", "Rovers won in 1908.", "United"),
        ("When were United founded?", "United were founded in 1902.", ""),
        ("When were Rovers founded?", "Rovers were founded in 1908.", ""),
        # By another word for the one asked about, or of one who is not told of by name.
        ("When were United founded?", "They were founded in 1902.", ""),
        ("When were United founded?", "The club was founded in 1902.", ""),
        ("When did United win?", "Rovers were founded in 1908.", ""),
        ("When did United win?", "The Tigers won in 1908.", ""),
        ("When did Hull City win?", "Tigers won in 1908.", ""),
        ("When did Denver win?", "Broncos won in 1908.", ""),
        ("When were Harriers founded?", "Rovers were founded in 1908.", ""),
        ("When was it founded?", "Rovers were founded in 1908.", ""),
    ],
)
def test_what_one_did_is_not_told_by_what_another_did(
    question: str, sentence: str, other: str
) -> None:
    source = paragraph(sentence, path="clubs.txt")
    spans = [Span(source, source.start, source.end)]
    found = of_another_subject(question, spans, lambda path: CLUBS)
    assert (found.asked if found else "") == other


def test_where_one_of_several_sources_is_of_the_one_asked_about_it_is_answered() -> None:
    texts = ("Rovers were founded in 1908.", "They were founded in 1902.")
    sources = [paragraph(text, path="clubs.txt") for text in texts]
    spans = [Span(source, source.start, source.end) for source in sources]
    assert of_another_subject("When were United founded?", spans, lambda path: CLUBS) is None
