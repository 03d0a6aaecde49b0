import pytest

from tests.index.cutting import shown

WROTE = "On Mon, 6 May 2024 at 10:00, Jane Doe <jane@example.org> wrote:"
JANE = "On Mon, 6 May 2024 at 10:00, Jane Doe wrote:"
BOB = "On Sun, 5 May 2024, Bob wrote:"


def test_each_writers_words_stand_under_the_line_that_names_the_writer() -> None:
    text = f"""The crane is mended.

Ann

{WROTE}
> The crane is broken, and the ship
> waits.
>
> Jane
>
> {BOB}
>> Is the ship loaded?
>>
>> Bob
"""
    assert under(text) == [
        ("", "The crane is mended."),
        ("", "Ann"),
        ("", WROTE),
        (JANE, "The crane is broken, and the ship\nwaits."),
        (JANE, "Jane"),
        (JANE, BOB),
        (BOB, "Is the ship loaded?"),
        (BOB, "Bob"),
    ]


def test_an_answer_between_quoted_lines_is_its_writers_own() -> None:
    text = f"{WROTE}\n> When does it sail?\n\nIn May.\n\n> And from where?\n\nFrom Leith.\n"
    assert under(text) == [
        ("", WROTE),
        (JANE, "When does it sail?"),
        ("", "In May."),
        (JANE, "And from where?"),
        ("", "From Leith."),
    ]


def test_a_line_that_names_the_writer_may_be_wrapped() -> None:
    wrapped = "On Mon, 6 May 2024 at 10:00, Jane Doe\n<jane@example.org> wrote:"
    assert under(f"Yes.\n\n{wrapped}\n\n> Is it so?\n") == [
        ("", "Yes."),
        ("", wrapped),
        (JANE, "Is it so?"),
    ]


def test_a_message_under_its_fields_is_its_senders() -> None:
    fields = "From: Jane Doe\nSent: Monday, 6 May 2024\nTo: Ann"
    above = "From: Jane Doe; Sent: Monday, 6 May 2024"
    assert under(f"It is mended.\n\n{fields}\n\nThe crane is broken.\n") == [
        ("", "It is mended."),
        (above, fields),
        (above, "The crane is broken."),
    ]


@pytest.mark.parametrize("text", ["> Is it so?\n\nIt is.\n", "He wrote:\n\n> Is it so?\n"])
def test_a_quotation_of_nobody_named_stands_under_no_name(text: str) -> None:
    assert {by for by, _ in under(text)} == {""}


def under(text: str) -> list[tuple[str, str]]:
    """The line that names the writer, and the words, of each paragraph below the headers."""
    content = b"From: ann@example.org\nSubject: Re: crane\n\n" + text.encode()
    found = shown("a.eml", content)[1:]
    return [(path[1] if len(path) > 1 else "", words) for path, _, words in found]


def in_page(body: str) -> list[tuple[str, str]]:
    """The last heading of each paragraph of a mail that is a page alone, and its text."""
    content = f"Subject: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html>{body}</html>"
    return [(path[-1], text) for path, _, text in shown("a.eml", content.encode())][1:]


def test_what_outlook_quotes_in_a_page_stands_under_who_wrote_it() -> None:
    fields = "<b>From:</b> Jane Doe &lt;jane@example.org&gt;<br><b>Sent:</b> Monday, 4 March 2024"
    by = "From: Jane Doe; Sent: Monday, 4 March 2024"
    assert in_page(f"<p>It is £10.</p><div><p>{fields}</p></div><p>How much is it?</p>") == [
        ("a", "It is £10."),
        (by, "From: Jane Doe <jane@example.org>\nSent: Monday, 4 March 2024"),
        (by, "How much is it?"),
    ]


def test_only_what_a_page_quotes_stands_under_who_wrote_it() -> None:
    wrote = "On Mon, 4 March 2024 Jane Doe &lt;jane@example.org&gt; wrote:"
    page = f"<div>Hello.</div><div>{wrote}<br></div><blockquote><p>Ships sail.</p></blockquote>"
    assert in_page(f"{page}<p>In May.</p><blockquote>Of nobody.</blockquote>") == [
        ("a", "Hello."),
        ("a", "On Mon, 4 March 2024 Jane Doe <jane@example.org> wrote:"),
        ("On Mon, 4 March 2024 Jane Doe wrote:", "Ships sail."),
        ("a", "In May."),
        ("a", "Of nobody."),
    ]
