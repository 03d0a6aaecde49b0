"""The paragraph rules of plain text (docs and design: "Paragraph rules"), one fixture a rule."""

import pytest

from index.types import Paragraph
from tests.index import cutting

LONG = (
    "The harbour was built between 1871 and 1874 by the town itself, which borrowed the money from"
    " three banks and paid the last of it back in 1902."
)
LONGER = (
    "Trade grew quickly after that, mostly in timber and salted fish, and by 1880 the customs house"
    " had to be replaced by a larger one on the other side of the quay."
)
LONGEST = (
    "When the railway came in 1899 the harbour lost most of its passengers within two summers,"
    " although freight went on growing until the war closed the strait."
)
WRAPPED = """\
The harbour was built between 1871 and 1874 by the town itself, which
borrowed the money from three banks and paid the last of it back in
1902. Trade grew quickly after that, mostly in timber and salted fish,
and by 1880 the customs house had to be replaced by a larger one."""
WIDE = """\
The harbour was built between 1871 and 1874 by the town itself, which borrowed the money from
three banks and paid the last of it back in 1902. Trade grew quickly after that, mostly in timber
and salted fish, and by 1880 the customs house had to be replaced by a larger one on the other
side of the quay, where it still stands and now holds the library."""


def cut(text: str) -> list[Paragraph]:
    return cutting.cut("a.txt", text)


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in cut(text)]


def headings(text: str) -> list[tuple[str, ...]]:
    return [paragraph.heading_path for paragraph in cut(text)]


def test_blank_lines_separate_paragraphs() -> None:
    assert texts("One is here.\n\nTwo is here.\n \t \n\n\nThree is here.\n") == [
        "One is here.",
        "Two is here.",
        "Three is here.",
    ]


def test_long_lines_without_blank_lines_are_one_paragraph_each() -> None:
    assert texts(f"{LONG}\n{LONGER}\n{LONGEST}\n") == [LONG, LONGER, LONGEST]


def test_the_seed_document_has_18_paragraphs_under_their_headings(seeds_text: str) -> None:
    assert not seeds_text.endswith("\n")
    paragraphs = cut(seeds_text)
    assert [p.ordinal for p in paragraphs] == list(range(1, 19))
    assert [p.heading_path for p in paragraphs] == (
        [()] * 6 + [("Assad’s “offer” from the US",)] * 7 + [("Airstrikes",)] * 5
    )
    assert paragraphs[0].text.startswith("AMMAN: To assist Damascus")
    assert paragraphs[-1].text.endswith("tomorrow,” Bahra told a press conference.")
    assert "Airstrikes" not in [p.text for p in paragraphs]


def test_long_lines_that_end_without_punctuation_are_not_taken_for_wrapped_ones() -> None:
    lines = [LONG.rstrip("."), LONGER.rstrip("."), LONGEST.rstrip(".")]
    assert texts("\n".join(lines)) == lines


def test_one_paragraph_a_line_with_some_blank_lines_between() -> None:
    assert texts(f"{LONG}\n{LONGER}\n\n{LONGEST}\n{LONG}x\n") == [
        LONG,
        LONGER,
        LONGEST,
        f"{LONG}x",
    ]


def test_questions_between_long_answers_do_not_make_one_paragraph_of_all() -> None:
    lines = ["Who built it?", LONG, "And then?", LONGER, "What ended it?", LONGEST]
    assert texts("\n".join(lines)) == lines


def test_lines_of_a_sentence_each_just_over_80_characters_stay_apart() -> None:
    lines = [
        "The office opens at nine on every working day of the week, except on public holidays.",
        "Parking is free for staff, and visitors find room behind the house on the north side.",
        "Lost property is kept at the front desk for four weeks and then given to the charity.",
    ]
    assert texts("\n".join(lines)) == lines


def test_hard_wrapped_lines_are_joined_until_a_blank_line() -> None:
    assert texts(f"{WRAPPED}\n\n{WRAPPED.upper()}\n") == [WRAPPED, WRAPPED.upper()]


def test_a_heading_line_before_wrapped_text_is_not_joined_with_it() -> None:
    assert texts(f"The Harbour\n{WRAPPED}\n") == [WRAPPED]
    assert headings(f"The Harbour\n{WRAPPED}\n") == [("The Harbour",)]


def test_two_heading_lines_before_wrapped_text_nest() -> None:
    text = f"Chapter 2\nThe Harbour\n{WRAPPED}\n"
    assert texts(text) == [WRAPPED]
    assert headings(text) == [("Chapter 2", "The Harbour")]


def test_text_wrapped_wide_is_joined_when_blank_lines_separate_paragraphs() -> None:
    assert max(map(len, WIDE.splitlines())) == 97
    assert texts(f"{WIDE}\n\n{WIDE.upper()}\n\n{WIDE}!\n") == [WIDE, WIDE.upper(), f"{WIDE}!"]


def test_one_long_address_in_wrapped_text_does_not_break_it_up() -> None:
    link = "https://example.org/" + "a" * 100
    text = f"{WRAPPED}\n{link}\nand more of it stands on the page named above, in the archive."
    assert texts(text) == [text]


NEWS = """\
PORT CLOSED BY STORM
2-MAR-1951

Deputy ministers from six Elm
Towns meet in Port Alder today to talk about the harbour, which was
closed by a storm, the town said.
    "It will be open again when the wind has gone, and not before,"
said its mayor.
    She gave no date. Ships are sent on to the next port of the
Northern Coast for the time being.
    None was lost."""


def test_an_indented_line_after_a_sentence_begins_a_paragraph() -> None:
    paragraphs = cut(NEWS)
    assert [(p.text[:14], p.text[-10:]) for p in paragraphs] == [
        ("Deputy ministe", "town said."),
        ('"It will be op', "its mayor."),
        ("She gave no da", "ime being."),
        ("None was lost.", " was lost."),
    ]
    assert {p.heading_path for p in paragraphs} == {("PORT CLOSED BY STORM", "2-MAR-1951")}
    first, second, third, _ = paragraphs
    assert [s.text[-10:] for s in second.sentences] == ["its mayor."]
    assert [s.text[:4] for s in third.sentences] == ["She ", "Ship"]
    assert len(first.sentences) == 1


def test_an_indent_by_a_tab_begins_a_paragraph_too() -> None:
    assert len(cut(NEWS.replace("    ", "\t"))) == 4


@pytest.mark.parametrize(
    "text",
    [
        # a quotation, code, a wrapped term, facts over two lines, clauses under one another
        WRAPPED + "\n    So it is told in the old chronicle of the town, which\n"
        "    nobody has seen since the fire of 1880.\nIt may be true.",
        "Run this first.\n    make all\nThen look at what it prints, and at where it prints it.",
        "Quay.\n    Where ships lie.\nPier.\n    Where people walk above the water.\nBuoy.",
        "Owner: 2001, The Elm Company of Port Alder, Inc.\n    2002, Ann Lee, the elder of two\n"
        "Use: by anyone who asks for it at the office.",
    ],
)
def test_an_indent_that_means_something_else_begins_no_paragraph(text: str) -> None:
    assert len(texts(text)) == 1


def test_a_list_stays_whole() -> None:
    items = "- timber from the north\n- salted fish\n- grain"
    assert texts(f"{WRAPPED}\n\n{items}\n\n{WRAPPED}.") == [WRAPPED, items, f"{WRAPPED}."]


def test_a_list_right_under_a_paragraph_is_a_block_of_its_own() -> None:
    assert texts(f"{WRAPPED}\n* timber\n* fish\n") == [WRAPPED, "* timber\n* fish"]


def test_wrapped_and_nested_items_belong_to_their_list() -> None:
    items = "1. timber from the north,\n   mostly pine\n   a) sawn\n   b) round\n2) salted fish"
    assert texts(items) == [items]


def test_the_sentences_of_a_list_are_those_of_its_items() -> None:
    (paragraph,) = cut("• Timber is cut. And pine is\n  round.\n- salted fish\n1) grain\n")
    assert [s.text for s in paragraph.sentences] == [
        "• Timber is cut.",
        "And pine is\n  round.",
        "- salted fish",
        "1) grain",
    ]


def test_marks_of_items_within_other_lines_join_none_of_them() -> None:
    (paragraph,) = cut("```\n/*\n * first\n */\nint x;\nint y;\n```\n")
    assert [s.text for s in paragraph.sentences][-3:] == ["int x;", "int y;", "```"]


def test_a_term_over_what_it_means_is_no_heading() -> None:
    text = f'1.7. "Larger Work"\n    means a work that joins\n    others.\n\n{WRAPPED}'
    assert texts(text) == [text.partition("\n\n")[0], WRAPPED]
    assert headings(text) == [(), ()]


def test_list_items_apart_by_blank_lines_are_content_not_headings() -> None:
    assert texts(f"- timber\n\n- fish\n\n- grain\n\n{LONG}") == [
        "- timber",
        "- fish",
        "- grain",
        LONG,
    ]
    assert texts(f"1. timber\n\n2. fish\n\n{LONG}") == ["1. timber", "2. fish", LONG]


def test_a_numbered_line_alone_may_be_a_heading() -> None:
    text = f"1. Scope\n\n{LONG}\n\n2. Terms\n\n{LONGER}\n"
    assert texts(text) == [LONG, LONGER]
    assert headings(text) == [("1. Scope",), ("2. Terms",)]


def test_long_numbered_clauses_are_paragraphs_of_their_own() -> None:
    clauses = [f"{n}. {LONG} {LONGER} {LONGEST}" for n in (1, 2, 3)]
    assert texts("\n".join(clauses)) == clauses


def test_long_numbered_clauses_may_have_a_tab_after_the_number() -> None:
    clauses = [f"{n}.\t{LONG} {LONGER} {LONGEST}" for n in (1, 2, 3)]
    assert texts("\n".join(clauses)) == clauses


def test_long_numbered_clauses_may_be_wrapped() -> None:
    clauses = [f"({n}) {WRAPPED}\n{WRAPPED}".replace("\n", "\n    ") for n in (1, 2)]
    assert texts("\n".join(clauses)) == clauses


def test_numbered_clauses_apart_by_blank_lines_are_paragraphs() -> None:
    clauses = [f"1. {LONG}", f"2. {LONGER}", f"3. {LONGEST}"]
    assert texts("\n\n".join(clauses)) == clauses


def test_a_table_with_pipes_stays_whole() -> None:
    table = "| year | ships |\n|------|-------|\n| 1880 | 212 |\n| 1890 | 318 |"
    assert texts(f"{WRAPPED}\n\n{table}\n\n{WRAPPED}!") == [WRAPPED, table, f"{WRAPPED}!"]


def test_a_table_of_two_columns_without_outer_pipes_stays_whole() -> None:
    table = "year | ships\n---|---\n1880 | 212"
    assert texts(f"{WRAPPED}\n{table}") == [WRAPPED, table]


def test_a_table_with_tabs_stays_whole() -> None:
    table = "year\tships\tmasters\n1880\t212\t\n1890\t318\t40"
    assert texts(f"{table}\n\n{LONG}") == [table.rstrip(), LONG]


def test_a_code_fence_with_blank_lines_inside_stays_whole() -> None:
    code = "```python\nships = 212\n\n\nprint(ships)\n```"
    assert texts(f"{WRAPPED}\n{code}\n{LONG}") == [WRAPPED, code, LONG]


def test_a_fence_that_is_never_closed_is_ordinary_text() -> None:
    assert texts(f"```\n{LONG}\n\n{LONGER}") == [LONG, LONGER]


def test_a_fence_is_closed_by_its_own_mark_only() -> None:
    code = "~~~\na = 1\n```\n\nb = 2\n~~~"
    assert texts(f"{code}\n\n{LONG}") == [code, LONG]


def test_a_short_line_without_final_punctuation_is_the_heading_of_what_follows() -> None:
    text = f"{LONG}\n\nThe railway\n\n{LONGER}\n\n{LONGEST}\n"
    assert texts(text) == [LONG, LONGER, LONGEST]
    assert headings(text) == [(), ("The railway",), ("The railway",)]


def test_a_short_line_at_the_end_heads_nothing_and_is_content() -> None:
    assert texts(f"{LONG}\n\nThe mayor of the town") == [LONG, "The mayor of the town"]


def test_short_lines_with_final_punctuation_are_content() -> None:
    lines = ["It was late.", "Why?", "“Go!”", "And so on…", "Dear Sir,"]
    assert texts("\n\n".join([*lines, LONG])) == [*lines, LONG]


def test_a_line_that_introduces_a_list_is_a_heading_only_when_very_short() -> None:
    assert texts("Exports:\n- timber\n- fish") == ["- timber\n- fish"]
    assert headings("Exports:\n- timber\n- fish") == [("Exports:",)]
    sentence = "The town sold these two goods:"
    assert texts(f"{sentence}\n- timber\n- fish") == [sentence, "- timber\n- fish"]


def test_up_to_three_short_lines_before_a_paragraph_are_headings() -> None:
    text = f"Annals of the Town\n\nPart One\n\nThe Harbour\n\n{LONG}"
    assert headings(text) == [("Annals of the Town", "Part One", "The Harbour")]
    assert headings(text.replace("\n\n", "\n")) == headings(text)


def test_headings_do_not_depend_on_a_blank_line_between_them() -> None:
    text = f"CHAPTER II\nThe Harbour\n\n{WRAPPED}\n"
    assert texts(text) == [WRAPPED]
    assert headings(text) == [("CHAPTER II", "The Harbour")]


@pytest.mark.parametrize("remark", ["(Applause)", "[inaudible 17:20 - 17:48]"])
def test_a_remark_in_brackets_is_content_and_no_heading(remark: str) -> None:
    found = cut(f"{remark}\n\n{LONG}")
    assert [(p.heading_path, p.text) for p in found] == [((), remark), ((), LONG)]


def test_more_than_three_short_lines_in_a_row_are_content() -> None:
    names = ["Ann Lee", "Bo Dahl", "Cy Twomey", "Di Marsh"]
    assert texts("\n\n".join([*names, LONG])) == [*names, LONG]
    assert texts("\n".join(names) + f"\n\n{LONG}") == ["\n".join(names), LONG]


def test_below_more_short_lines_one_with_a_number_heads_what_follows() -> None:
    names = ["Minutes", "Present: Ann Lee", "Apologies: Bo Dahl"]
    text = "\n\n".join([*names, "1. Roof", LONG, "2. Lease", LONGER])
    assert texts(text) == [*names, LONG, LONGER]
    assert headings(text) == [(), (), (), ("1. Roof",), ("2. Lease",)]


def test_an_address_is_one_paragraph() -> None:
    address = "Harbour Office\n12 Quay Street\nNewtown\nCounty Mayo"
    assert texts(f"{LONG}\n\n{address}\n\n{LONGER}") == [LONG, address, LONGER]
    at_the_end = "Harbour Office\n12 Quay Street"
    assert texts(f"{LONG}\n\n{at_the_end}") == [LONG, at_the_end]


def test_facts_with_their_names_are_content_not_headings() -> None:
    facts = "Date: 5 May 1880\nAuthor: Ann Lee"
    assert texts(f"{facts}\n\n{LONG}") == [facts, LONG]


def test_a_sentence_wrapped_narrowly_is_not_taken_for_headings() -> None:
    narrow = "the ships lay\nin the roads\nfor two days"
    assert texts(f"{narrow}\n\n{LONG}") == [narrow, LONG]


def test_an_underlined_title_is_a_heading() -> None:
    text = f"The Harbour\n===========\n\n{WRAPPED}\n\nTrade\n-----\n{WRAPPED}!"
    assert texts(text) == [WRAPPED, f"{WRAPPED}!"]
    assert headings(text) == [("The Harbour",), ("Trade",)]


def test_a_rule_between_two_paragraphs_separates_them() -> None:
    assert texts(f"{WRAPPED}\n* * *\n{WRAPPED}!\n") == [WRAPPED, f"{WRAPPED}!"]


def test_lines_without_a_letter_or_digit_are_no_paragraphs() -> None:
    assert texts("---\n\n***\n\n…\n\n") == []


def test_dialogue_apart_by_blank_lines_is_a_paragraph_a_turn() -> None:
    turns = ["“Where is the ship?”", "“Gone,” said Ann.", "“Since when?”"]
    assert texts("\n\n".join(turns)) == turns


def test_dialogue_in_short_lines_is_one_paragraph() -> None:
    turns = "— Where is the ship?\n— Gone, said Ann.\n— Since when?"
    assert texts(turns) == [turns]


def test_carriage_returns_separate_lines_as_line_feeds_do() -> None:
    plain = f"The Harbour\n\n{WRAPPED}\n\n- timber\n- fish\n\n{LONG}"
    for line_end in ("\r\n", "\r"):
        text = plain.replace("\n", line_end)
        assert texts(text) == [t.replace("\n", line_end) for t in texts(plain)]
        assert headings(text) == headings(plain)


def test_paragraphs_a_line_mixed_with_a_list_a_table_and_code_keep_their_shapes() -> None:
    items = "- timber\n- fish\n- grain"
    table = "year\tships\n1880\t212\n1890\t318\n1900\t87\n1910\t61"
    code = "```\nships = 212\n\nmasters = 40\nmates = 38\n```"
    text = f"{LONG}\n{LONGER}\n{items}\n{LONGEST}\nShips\n{table}\n{LONG}!\n{code}\n{LONGER}!"
    assert texts(text) == [
        LONG,
        LONGER,
        items,
        LONGEST,
        table,
        f"{LONG}!",
        code,
        f"{LONGER}!",
    ]
    assert headings(text)[4:] == [("Ships",)] * 4


def test_wrapped_text_and_one_paragraph_a_line_in_one_file_are_each_read_their_way() -> None:
    text = f"{WRAPPED}\n\n{WRAPPED}!\n\n{LONG}\n{LONGER}\n{LONGEST}\n"
    assert texts(text) == [WRAPPED, f"{WRAPPED}!", LONG, LONGER, LONGEST]


def test_who_signs_above_the_next_mail_is_no_heading_of_it() -> None:
    thread = "Please wait.\n\nAnn\n\n---\n\nFrom: Kim Fox\nTo: Ann Lee\n\nWe go ahead."
    assert all(not p.heading_path for p in cutting.cut("mails.txt", thread))
    titled = "Please wait.\n\nThe mills\n\n---\n\nThere were two mills on the river."
    assert cutting.cut("mills.txt", titled)[-1].heading_path == ("The mills",)
    routes = "All buses\n\nRoute 1\n\n* * *\n\nFrom: Leeds at 08:30, every hour of the day."
    assert cutting.cut("routes.txt", routes)[-1].heading_path == ("All buses", "Route 1")
    mails = "Mails about the valve\n\n---\n\nFrom: Kim Fox\nTo: Ann Lee\n\nWe go ahead."
    assert cutting.cut("mails.txt", mails)[0].heading_path == ("Mails about the valve",)


def test_each_variable_of_a_codebook_is_told_under_its_own_name() -> None:
    text = """A1. Trust in people
  Question: "Would you say that most people can be trusted, or that none can?"
  Mean 5.12, SD 2.31

A2. Trust in neighbours
  Scale: 1 to 4
  Mean 2.94

B1. Highest education
  1 = none
  4 = tertiary

B2. Net income, monthly
  Asked in 12 brackets
  Item non-response 18.3 %

W1. Design weight

W2. Weight for all descriptive results, which is of age by sex by region, as it was drawn then
"""
    assert [(p.heading_path[0], p.text.split()[-1]) for p in cut(text)] == [
        ("A1. Trust in people", "2.31"),
        ("A2. Trust in neighbours", "2.94"),
        ("B1. Highest education", "tertiary"),
        ("B2. Net income, monthly", "%"),
        ("B2. Net income, monthly", "weight"),
        ("B2. Net income, monthly", "then"),
    ]
