"""The paragraph rules of Markdown: CommonMark's blocks, with every mark left where it stands."""

from index.types import Paragraph
from tests.index import cutting


def cut(text: str) -> list[Paragraph]:
    return cutting.cut("a.md", text, markdown=True)


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in cut(text)]


def headings(text: str) -> list[tuple[str, ...]]:
    return [paragraph.heading_path for paragraph in cut(text)]


def test_headings_of_both_kinds_nest_by_level() -> None:
    text = (
        "The Town\n========\n\nOne.\n\nThe Harbour\n-----------\n\nTwo.\n\n### Trade ###\n\n"
        "Three.\n\n## The `railway` *line*\n\nFour.\n\n# Annex\n\nFive.\n"
    )
    assert texts(text) == ["One.", "Two.", "Three.", "Four.", "Five."]
    assert headings(text) == [
        ("The Town",),
        ("The Town", "The Harbour"),
        ("The Town", "The Harbour", "Trade"),
        ("The Town", "The `railway` *line*"),
        ("Annex",),
    ]


def test_a_heading_of_two_lines_has_a_title_of_one() -> None:
    assert headings("The Town\nand its Harbour\n===\n\nOne.") == [("The Town and its Harbour",)]


def test_a_level_left_out_still_nests() -> None:
    text = "# A\n\n#### D\n\nOne.\n\n## B\n\nTwo."
    assert headings(text) == [("A", "D"), ("A", "B")]


def test_an_empty_heading_changes_nothing() -> None:
    assert headings("# A\n\n##\n\nOne.") == [("A",)]


def test_a_paragraph_is_what_commonmark_says_it_is() -> None:
    text = "One line\nand its **other** line.\n# Heading\nTwo\\\nhas a hard break.\n***\nThree."
    assert texts(text) == [
        "One line\nand its **other** line.",
        "Two\\\nhas a hard break.",
        "Three.",
    ]


def test_a_short_line_is_no_heading_in_markdown() -> None:
    assert texts("The Harbour\n\nIt was built in 1871.") == ["The Harbour", "It was built in 1871."]


def test_unwrapped_lines_without_blank_lines_are_a_paragraph_each() -> None:
    lines = [f"{word} " * 30 + "end." for word in ("timber", "fish", "grain")]
    assert texts("# Goods\n\n" + "\n".join(lines)) == lines


def test_nested_and_loose_lists_stay_whole() -> None:
    items = "- timber\n  1. pine\n  2. oak\n\n     sawn and round\n\n- fish"
    assert texts(f"Before.\n\n{items}\n\nAfter.") == ["Before.", items, "After."]


def test_a_table_stays_whole() -> None:
    table = "| year | ships |\n|------|------:|\n| 1880 | 212 |"
    assert texts(f"Before.\n\n{table}\n\nAfter.") == ["Before.", table, "After."]


def test_code_stays_whole_and_its_hashes_are_no_headings() -> None:
    code = "```sh\n# not a heading\n\nls\n```"
    assert texts(f"{code}\n\n    indented = code\n\nAfter.") == [code, "indented = code", "After."]
    assert headings(f"{code}\n\nAfter.") == [(), ()]


def test_an_unclosed_fence_runs_to_the_end() -> None:
    assert texts("Before.\n\n```\na = 1\n\nb = 2\n") == ["Before.", "```\na = 1\n\nb = 2"]


def test_a_block_quote_is_one_paragraph_with_its_marks() -> None:
    quote = "> # Said\n> It was late.\n>\n> > And dark.\nSo we left."
    assert texts(f"Before.\n\n{quote}\n\nAfter.") == ["Before.", quote, "After."]


def test_front_matter_is_not_citable() -> None:
    assert texts("---\ntitle: The Harbour\ndate: 1880-05-05\n---\n\nOne.") == ["One."]


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert texts("---\n\nOne.\n\n---\n\nTwo.") == ["One.", "Two."]


def test_comments_are_not_citable_but_what_stands_beside_them_is() -> None:
    assert texts("<!-- draft\n\nof May -->\n\nOne.\n\n<!-- x --> Two.\n") == [
        "One.",
        "<!-- x --> Two.",
    ]


def test_other_html_is_citable() -> None:
    block = "<details>\nOne.\n</details>"
    assert texts(f"{block}\n\nTwo.") == [block, "Two."]


def test_a_comment_that_never_ends_hides_what_follows_as_it_does_on_the_page() -> None:
    assert texts("One.\n\n<!-- draft\n\nTwo.") == ["One."]


def test_link_definitions_are_not_citable() -> None:
    assert texts("See [the map][1].\n\n[1]: https://example.org/map\n") == ["See [the map][1]."]


def test_every_kind_of_line_end_gives_the_same_paragraphs() -> None:
    plain = "# A\n\nOne\ntwo.\n\n- a\n- b\n\n```\nx\n\ny\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    for line_end in ("\r\n", "\r"):
        text = plain.replace("\n", line_end)
        assert texts(text) == [t.replace("\n", line_end) for t in texts(plain)]
        assert headings(text) == headings(plain)


def test_a_form_feed_or_another_exotic_space_moves_no_offset() -> None:
    text = "\f\n# A\n\n\u2028One\x85\n\n\u00a0\n\nTwo.\x1c\n"
    assert [p.strip() for p in texts(text)] == ["One", "Two."]
