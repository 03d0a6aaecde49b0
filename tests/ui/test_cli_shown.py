from index.types import Paragraph
from tests.eval.fakes import answered
from ui.cli.ask import as_text


def test_the_words_of_a_citation_are_shown_as_they_are_in_quotation_marks_on_one_line() -> None:
    words = 'She said "no"\nin C:\\temp\u2028and left.'
    part = Paragraph("a.txt#1", "a.txt", 1, 0, len(words), words)
    told = as_text(answered("What did she say?", "She said no.", [(part, words)]))
    assert told.endswith('[1] a.txt, paragraph 1\n    “She said "no" in C:\\temp and left.”')
