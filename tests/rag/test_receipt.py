"""Receipts: what they hold, and what a check says once documents have changed."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from index.types import Paragraph
from rag.receipt import DocumentState, Quotation, QuoteState, check, from_json, receipt, to_json
from rag.types import Answer, AnswerSentence, Citation, Status, Verdict

TEXT = "The pier cost 2.4 million. The fund paid."
PARAGRAPH = Paragraph("a.txt#1", "a.txt", 1, 0, len(TEXT), TEXT)
ANSWER = Answer(
    "What did it cost?",
    "What did the pier cost?",
    Status.ANSWERED,
    "It cost 2.4 million [1].",
    sentences=(AnswerSentence("It cost 2.4 million.", (1,), Verdict.SUPPORTED),),
    citations=(Citation(1, PARAGRAPH, 9, 25),),
    model="m",
)
MADE = receipt(ANSWER, {"a.txt": "one", "b.txt": "two"}, {"llm": "m"}, "2024-03-14T12:00:00+00:00")


class Now:
    """Documents as they are now: path -> (hash, text)."""

    def __init__(self, documents: Mapping[str, tuple[str, str]]) -> None:
        self._documents = documents

    def text(self, path: str) -> str | None:
        return self._documents[path][1] if path in self._documents else None

    def sha256(self, path: str) -> str | None:
        return self._documents[path][0] if path in self._documents else None

    def renamed(self, sha256: str) -> str | None:
        return next((p for p, (h, _) in self._documents.items() if h == sha256), None)


def states(documents: Mapping[str, tuple[str, str]]) -> list[tuple[QuoteState, DocumentState, str]]:
    return [(c.state, c.document, c.now) for c in check(MADE, Now(documents))]


def test_a_receipt_holds_the_quotes_and_only_the_quoted_documents() -> None:
    assert [q.quote for q in MADE.quotations] == ["cost 2.4 million"]
    assert MADE.documents == {"a.txt": "one"}
    assert from_json(to_json(MADE)) == MADE


def test_a_quote_in_an_unchanged_document_is_intact() -> None:
    assert states({"a.txt": ("one", TEXT)}) == [
        (QuoteState.INTACT, DocumentState.UNCHANGED, "a.txt, characters 9-25")
    ]


def test_a_quote_stays_intact_when_the_document_changed_elsewhere() -> None:
    found = states({"a.txt": ("new", TEXT + " More.")})
    assert found[0][:2] == (QuoteState.INTACT, DocumentState.CHANGED)


def test_a_quote_that_stands_elsewhere_has_moved() -> None:
    assert states({"a.txt": ("new", "Now. " + TEXT)}) == [
        (QuoteState.MOVED, DocumentState.CHANGED, "a.txt, characters 14-30")
    ]
    assert states({"b.txt": ("one", TEXT)}) == [
        (QuoteState.MOVED, DocumentState.MISSING, "b.txt, characters 9-25")
    ]
    assert states({"b.txt": ("one", "Now. " + TEXT)}) == [
        (QuoteState.MOVED, DocumentState.MISSING, "b.txt, characters 14-30")
    ]


def test_a_quote_that_was_changed_or_whose_document_is_missing_is_gone() -> None:
    changed = {"a.txt": ("new", TEXT.replace("2.4", "2.5"))}
    assert states(changed) == [(QuoteState.GONE, DocumentState.CHANGED, "")]
    assert states({}) == [(QuoteState.GONE, DocumentState.MISSING, "")]


def test_a_document_with_the_hash_of_the_receipt_but_without_the_words_is_not_where_they_went() -> (
    None
):
    assert states({"b.txt": ("one", "Nothing of it.")}) == [
        (QuoteState.GONE, DocumentState.MISSING, "")
    ]
    assert states({"b.txt": ("one", "")}) == [(QuoteState.GONE, DocumentState.MISSING, "")]


def test_a_document_without_a_hash_in_the_receipt_counts_as_changed() -> None:
    made = replace(MADE, documents={})
    found = check(made, Now({"a.txt": ("one", TEXT)}))
    assert (found[0].state, found[0].document) == (QuoteState.INTACT, DocumentState.CHANGED)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "{", to_json(replace(MADE, format="pincite receipt 9"))]
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="receipt"):
        from_json(text)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, Quotation]:
    """A text and a quotation: mostly words of it, half the time where the receipt says."""
    text = draw(st.text("ab ", min_size=2, max_size=12))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    quote = draw(st.just(text[start:end]) | st.sampled_from(["", "c", "ab"]))
    shift = draw(st.just(0) | st.integers(-3, 3))
    [quotation] = MADE.quotations
    return text, replace(quotation, start=start + shift, end=end + shift, quote=quote)


@given(quoted(), st.sampled_from(["a.txt", "b.txt"]), st.sampled_from(["one", "new"]))
def test_a_check_says_of_any_quotation_where_its_words_stand(
    drawn: tuple[str, Quotation], path: str, sha256: str
) -> None:
    text, quotation = drawn
    made = replace(MADE, quotations=(quotation,))
    [found] = check(made, Now({path: (sha256, text)}))
    read = path == "a.txt" or sha256 == "one"
    assert (found.document is DocumentState.MISSING) == (path != "a.txt")
    if found.state is QuoteState.GONE:
        assert not read or not quotation.quote or quotation.quote not in text
        assert not found.now
        return
    where, _, characters = found.now.partition(", characters ")
    start, _, end = characters.partition("-")
    assert read
    assert where == path
    assert text[int(start) : int(end)] == quotation.quote
    in_place = path == "a.txt" and text[quotation.start : quotation.end] == quotation.quote
    assert (found.state is QuoteState.INTACT) == (in_place and quotation.start >= 0)
