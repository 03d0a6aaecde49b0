import pytest

from rag.titles import is_caption, leads_to_a_page, lists_a_heading, only_entitles
from tests.timing import thread_s


@pytest.mark.parametrize(
    ("question", "text", "first", "entitles"),
    [
        ("Is the bridge open?", "A History of the Bridge", True, True),
        ("Why is the bridge open?", "THE OPENING OF THE BRIDGE", False, True),
        ("How is the bridge opened?", "“The Opening”", True, True),
        ("How many bridges are open?", "Two Open Bridges", True, False),
        ("Whose is the bridge?", "The Mayor's Bridge", True, False),
        ("Is the bridge open?", "from May on", False, False),
        ("Is the bridge open?", "It is open.", True, False),
    ],
)
def test_a_title_does_not_tell_whether_or_why_or_how_something_is_so(
    question: str, text: str, first: bool, entitles: bool
) -> None:
    assert only_entitles(question, text, first=first) is entitles


@pytest.mark.parametrize(
    ("question", "text", "caption", "entitles"),
    [
        ("How can a password be recovered?", "SECURITY Changing the root password", False, True),
        ("How can a password be recovered?", "Holding the button recovers it.", False, False),
        ("How is she called?", "King of the bridges", False, False),
        ("What is the purpose of fstab?", "Example fstab file", True, True),
        ("What is the purpose of fstab?", "Example fstab file", False, False),
        ("What is shown?", "The bridge of 1904, drawn by Ann Lee.", True, False),
        ("Who drew the bridge?", "The bridge, by Ann Lee", True, False),
    ],
)
def test_what_names_an_action_or_a_picture_does_not_tell_how_or_what_for(
    question: str, text: str, caption: bool, entitles: bool
) -> None:
    assert only_entitles(question, text, first=False, caption=caption) is entitles


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Example 8.5. Example fstab file", True),
        ("Figure 9-3: The bridge", True),
        ("Table A. Costs", True),
        ("Abbildung 3 Die Brücke", True),
        ("Figures show that 9 of 10 fell.", False),
        ("Table manners matter.", False),
    ],
)
def test_a_caption_begins_with_what_it_stands_under(text: str, caption: bool) -> None:
    assert is_caption(text) is caption


@pytest.mark.parametrize(
    ("question", "text", "leads"),
    [
        ("What is mc?", "1.3.2 Starting mc . . . . . . . . . . 17", True),
        ("What is mc?", "1.3.2 Starting mc..............xvii", True),
        ("What is mc?", "1.3.2 Starting mc …………… 17 |", True),
        ("What is mc?", "It shows two panels... and 17 keys.", False),
        ("What is mc?", "The first ..... and then the 17th of them.", False),
        ("On which page is mc started?", "1.3.2 Starting mc . . . . . . . . . . 17", False),
    ],
)
def test_a_line_of_a_table_of_contents_leads_to_a_page(
    question: str, text: str, leads: bool
) -> None:
    assert leads_to_a_page(question, text) is leads


@pytest.mark.parametrize("dots", ["." * 19_000, ". " * 9_000, "…" * 9_000])
def test_a_form_with_long_dotted_lines_is_read_at_once(dots: str) -> None:
    line = f"Name: {dots} signature please"
    assert not leads_to_a_page("Who signs?", line)
    assert thread_s(lambda: leads_to_a_page("Who signs?", line)) < 0.1


def test_a_letterhead_in_capitals_does_not_tell_whether_something_is_so() -> None:
    parties = "OSTRANDER CIVIL LTD (Claimant) and BRACKWELL WATER TRUST (Defendant)"
    assert only_entitles("Does the Trust add fluoride?", parties, first=False)
    assert not only_entitles("Who are the parties?", parties, first=False)
    assert not only_entitles("Does it add fluoride?", "NATO does not add it", first=False)


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("A.5.4 Anarchists in the Bridge Riots.", True),
        ("6.1. How many bridges are there?", True),
        ("A.5.4 Anarchists stood in the bridge riots.", False),
        ("The Mayor", False),
    ],
)
def test_a_table_of_contents_has_numbers_and_titles_of_sections(text: str, lists: bool) -> None:
    headings = ["A.5.4 Anarchists in the Bridge Riots", "6.1. How many bridges are there?"]
    assert lists_a_heading(text, [*headings, "The Mayor"]) is lists
