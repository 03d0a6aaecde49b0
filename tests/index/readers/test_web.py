import pytest

from index.readers import UnreadableError, read
from index.types import Metadata
from tests.index.cutting import shown
from tests.index.documents import HTML, SHIPS


def texts(page: str) -> list[str]:
    return [text for _, _, text in shown("a.html", page.encode())]


def test_a_page_is_headings_paragraphs_lists_and_tables() -> None:
    assert shown("a.html", HTML.encode()) == [
        (("The Harbour",), "", SHIPS),
        (("The Harbour", "Goods & prices"), "", "- Fish\n  - salted\n- Rope"),
        (
            ("The Harbour", "Goods & prices"),
            "table 1, rows 2-3",
            "Name | Price\nFish | 3\nRope | 4",
        ),
    ]


def test_a_page_says_its_title_author_language_and_date() -> None:
    assert read("a.html", HTML.encode()).metadata == Metadata(
        "Harbour news", "Jane Doe", "en", "2024-05-03", "metadata"
    )


def test_json_ld_names_date_and_author() -> None:
    page = (
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-03T10:00",'
        '"author": [{"name": "Jane Doe"}]}]}</script><p>Text.</p>'
    )
    assert read("a.html", page.encode()).metadata == Metadata(
        "", "Jane Doe", "", "2024-05-03", "metadata"
    )


def test_words_keep_together_and_blocks_apart() -> None:
    assert texts("<div>un<b>bro</b>ken <i>text</i><p>next</p>tail</div>") == [
        "unbroken text",
        "next",
        "tail",
    ]
    assert texts("<p>one<br>two<br><br>three") == ["one\ntwo", "three"]
    assert texts("<p>a\n   b&nbsp;c &#8211; e\u0301") == ["a b c – é"]


def test_what_nobody_sees_is_left_out() -> None:
    page = (
        "<p>Seen.</p><script>x</script><style>x</style><nav>x</nav><p hidden>x</p><noscript>x"
        '</noscript><div style="display:none">x</div><template>x</template><!-- x -->'
        '<p aria-hidden="true">x</p><p>Also <span style="visibility: hidden">x</span>seen.</p>'
    )
    assert texts(page) == ["Seen.", "Also seen."]


def test_links_to_the_pages_around_it_are_no_text_of_a_page() -> None:
    around = '<div class="%s"><table><tr><td>Prev</td><td>Up</td><td>Next</td></tr></table></div>'
    page = around % "navheader" + "<p>Seen.</p>" + around % "wide navfooter"
    book = '<div class="book-navigation"><a href="2">Why it fell ›</a></div>'
    edit = '<h2>Fall <span class="mw-editsection">[<a href="e">edit</a>]</span></h2>'
    assert texts(page + book) == ["Seen."]
    assert shown("a.html", f"{edit}<p>Seen.</p>".encode()) == [(("Fall",), "", "Seen.")]


def test_cells_reach_over_rows_and_columns() -> None:
    page = (
        "<table><tr><th>A<th>B<th>C</tr><tr><td rowspan=2>x<td colspan=2>y</tr>"
        "<tr><td>p<td>q</tr></table>"
    )
    assert texts(page) == ["A | B | C\nx | y\nx | p | q"]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    page = "<table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>"
    assert shown("a.html", page.encode()) == [(("Left",), "", "One."), (("Left",), "", "Two.")]


def test_a_list_inside_an_item_is_read_whatever_is_around_it() -> None:
    inner = "<ul><li>Cod<ol><li>salted</li></ol></li><li>Eel</li></ul>"
    hidden = "<span hidden><ul><li>Secret</li></ul></span>"
    page = f"<ul><li><div>Fish<p>{inner}</p>{hidden}</div></li><li>Rope</li></ul>"
    assert texts(page) == ["- Fish\n  - Cod\n    1. salted\n  - Eel\n- Rope"]


def test_a_list_is_numbered_as_the_page_numbers_it() -> None:
    page = '<ol start="5"><li>Fish</li><li value="9">Rope</li><li value="x">Tar</li></ol>'
    assert texts(page) == ["5. Fish\n9. Rope\n10. Tar"]


@pytest.mark.parametrize(
    ("attribute", "marks"),
    [
        ('type="a"', ["a.", "b."]),
        ('type="I" start="4"', ["IV.", "V."]),
        ('style="list-style-type: lower-roman"', ["i.", "ii."]),
        ('style="margin: 0; list-style: none outside"', ["", ""]),
        ('type="x"', ["1.", "2."]),
    ],
)
def test_a_list_has_the_letters_that_the_page_shows(attribute: str, marks: list[str]) -> None:
    fish, rope = (
        f"{mark} {text}".strip() for mark, text in zip(marks, ("Fish", "Rope"), strict=True)
    )
    assert texts(f"<ol {attribute}><li>Fish</li><li>Rope</li></ol>") == [f"{fish}\n{rope}"]


def test_long_clauses_and_headings_in_a_list_keep_their_numbers() -> None:
    clause = "The harbour master decides on berths. " * 8
    inner = f"<ol type='a'><li>{clause}</li><li><p>{clause}</p><p>Or not.</p></li></ol>"
    page = f"<ol start='3'><li><h2>Berths</h2>{inner}</li><li><div>{clause}</div></li></ol>"
    assert [(path, text) for path, _, text in shown("a.html", page.encode())] == [
        (("3. Berths",), f"a. {clause.strip()}"),
        (("3. Berths",), f"b. {clause.strip()}"),
        (("3. Berths",), "Or not."),
        (("3. Berths",), f"4. {clause.strip()}"),
    ]


def test_what_a_page_strikes_out_is_left_out() -> None:
    page = "<p>For <del>eight</del>nine years at <s>£99</s> £79.</p>"
    assert texts(page) == ["For nine years at £79."]


def test_a_button_that_is_a_title_is_read_and_another_is_not() -> None:
    page = (
        "<h2><span><button>Fees</button></span></h2><p>Ships pay. <button>Close</button></p>"
        "<dl><dt><button>Dunnage</button></dt><dd>Timber.</dd></dl>"
    )
    assert shown("a.html", page.encode()) == [
        (("Fees",), "", "Ships pay."),
        (("Fees",), "", "Dunnage\n  Timber."),
    ]


def test_lines_of_code_may_be_broken_by_elements() -> None:
    assert texts("<pre>one<br>two<br/>\nthree</pre>") == ["one\ntwo\n\nthree"]


def test_a_list_of_long_items_is_paragraphs() -> None:
    item = "The harbour master decides on berths. " * 8
    assert texts(f"<ul><li>{item}</li><li>{item} Two.</li></ul>") == [
        item.strip(),
        f"{item.strip()} Two.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "iso-8859-2", "shift_jis"])
def test_a_page_may_name_its_encoding(encoding: str) -> None:
    word = {"iso-8859-2": "łódź", "shift_jis": "港"}.get(encoding, "café")
    page = f'<meta charset="{encoding}"><p>{word}</p>'
    assert [p for _, _, p in shown("a.html", page.encode(encoding))] == [word]


@pytest.mark.parametrize("name", ["utf-16", "UTF-16LE", "utf-32", "undefined", "no-such"])
def test_an_encoding_that_a_page_cannot_have_is_not_believed(name: str) -> None:
    page = f'<meta charset="{name}"><p>Ein größerer Kahn</p>'
    for content in (page, f"{page} "):  # an even number of bytes is UTF-16 of some kind
        assert texts(content) == ["Ein größerer Kahn"]


def test_a_page_nested_beyond_measure_is_refused() -> None:
    with pytest.raises(UnreadableError, match="nested too deeply"):
        read("a.html", b"<div>" * 100_000 + b"x")
    deep = b"<div>" * 1_000 + b"deep" + b"</div>" * 1_000 + b"<p>after"
    assert [text for _, _, text in shown("a.html", deep)] == ["deep", "after"]


def test_entities_of_its_own_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><p>x &b;</p>'
    assert texts(bomb) == ["x &b;"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('Fees rose.<sup><a href="#n">1</a></sup> They fell.', "Fees rose.[1] They fell."),
        ('Fees<a role="doc-noteref" href="#n">2</a> rose.', "Fees[2] rose."),
        ('Fees<sup>[<a href="#n">3</a>]</sup> rose.', "Fees[3] rose."),
        ('Fees<a href="#n"><sup>4</sup></a> rose.', "Fees[4] rose."),
        ("About 10<sup>6</sup> of 5 m<sup>2</sup>.", "About 10^6 of 5 m2."),
        ("The 21<sup>st</sup> of May.", "The 21st of May."),
    ],
)
def test_the_mark_of_a_note_and_an_exponent_change_no_word_or_number(page: str, text: str) -> None:
    found = shown("a.html", f"<p>{page}</p><ul><li>{page}</li><li>Fish</li></ul>".encode())
    assert [words for _, _, words in found] == [text, f"- {text}\n- Fish"]


@pytest.mark.parametrize(
    "rights", ["© 2024 Harbour Office. Privacy", "Quay 1. All rights reserved."]
)
def test_of_a_footer_the_notice_of_rights_is_left_out(rights: str) -> None:
    page = f"<p>{rights}</p><footer><p>Open from 9 to 5.</p><div>{rights}</div></footer><p>End.</p>"
    assert texts(page) == [rights, "Open from 9 to 5.", "End."]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            "<mi>k</mi><mfrac><mi>E</mi><mrow><mi>A</mi><mo>+</mo><mn>1</mn></mrow></mfrac>",
            "kE/(A+1)",
        ),
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10^6"),
        ("<semantics><mn>1,12</mn><annotation>1{,}12</annotation></semantics>", "1,12"),
        ("<msqrt><mi>x</mi></msqrt><mtext><script>no()</script></mtext>", "√(x)"),
    ],
)
def test_a_formula_is_read_on_one_line(inner: str, text: str) -> None:
    page = f"<p>It is <math xmlns='http://www.w3.org/1998/Math/MathML'>{inner}</math>.</p>"
    assert texts(page) == [f"It is {text}."]


def test_the_title_of_a_box_beside_the_text_does_not_head_what_follows() -> None:
    box = "<aside><h2>Related</h2><ul><li>Port strike ends</li></ul></aside>"
    page = f"<h1>Ferry</h1><p>It sails.</p>{box}<p>Tickets cost £49.</p>"
    assert [(path, text) for path, _, text in shown("a.html", page.encode())] == [
        (("Ferry",), "It sails."),
        (("Ferry", "Related"), "Related"),
        (("Ferry", "Related"), "- Port strike ends"),
        (("Ferry",), "Tickets cost £49."),
    ]


@pytest.mark.parametrize("role", ["dialog", "alertdialog", "search"])
def test_what_a_saved_page_asks_its_visitor_is_left_out(role: str) -> None:
    assert texts(f"<div role='{role}'><p>We use cookies.</p></div><p>It sails.</p>") == [
        "It sails."
    ]
