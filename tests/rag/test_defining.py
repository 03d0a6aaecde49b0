import pytest

from rag.defining import lacks_what_it_is, tells_of_another_term


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Who is Ann Lee?", "Ann Lee died in 1990.", True),
        ("Who is Ann Lee?", "Ann Lee, founder of the club, died in 1990.", False),
        ("who was ann lee", "Ann Lee (1910–1990) was the first mayor.", False),
        ("What is a sluice?", "The sluice was closed in May.", True),
        ("What is a sluice?", "A sluice is a gate in a canal.", False),
        ("What are tolls?", "Tolls, the fees for passing, are due at the gate.", False),
        ("What is the toll?", "Nobody pays.", False),
        ("Who is the mayor?", "Nobody is.", False),
        ("Who is Ann Lee's brother and what does he do for the club?", "Nobody is.", False),
    ],
)
def test_who_or_what_something_is_is_told_by_a_word_for_such(
    question: str, text: str, lacks: bool
) -> None:
    assert lacks_what_it_is(question, text) is lacks


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Who coined the term anarchist?", "The term “archon” was coined by Lee.", True),
        ("Who coined the term anarchist?", 'The word "anarchist" was first used by Lee.', False),
        ("Who coined the term anarchist?", "Lee called himself so, the first of all.", False),
        ("What does the word “free” mean?", "The word “bound” means what it says.", True),
        ("What does the word mean?", "The word “bound” means what it says.", False),
    ],
)
def test_who_coined_one_term_is_not_told_of_another(
    question: str, text: str, another: bool
) -> None:
    assert tells_of_another_term(question, text) is another
