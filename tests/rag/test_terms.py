from index.words import WORD
from rag.terms import bare, capitalised, runs_of_words


def test_a_title_or_an_initial_with_a_point_belongs_to_the_name() -> None:
    text = "Did Dr. Ann Lee see J. R. Fox in Elm. Tom did."
    runs = runs_of_words(text, capitalised(WORD.finditer(text)))
    assert [text[start:end] for start, end in runs] == ["Dr. Ann Lee", "J. R. Fox", "Elm", "Tom"]


def test_a_term_is_told_in_one_pair_of_quotation_marks() -> None:
    assert bare("term “toll") == "term toll"
    assert bare("Lee's") == "Lee"
