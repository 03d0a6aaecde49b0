import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.encoding import decode
from index.readers.extracted import UnreadableError

GERMAN = "Der Bürgermeister von Zürich möchte größere Straßen bauen."


def test_utf8_is_read_as_it_stands() -> None:
    assert decode("Zürich – “港” 🎉\r\n".encode()) == ("Zürich – “港” 🎉\r\n", "")


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"") == ("", "")


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(bom: bytes, encoding: str) -> None:
    assert decode(bom + GERMAN.encode(encoding)) == (GERMAN, "")


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_what_was_written_as_utf8_or_utf16_is_read_back(text: str) -> None:
    assert decode(text.encode()) == (text, "")
    assert decode(text.encode("utf-16")) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        "Café",
        "Le café où l’été s’achève déjà, à côté du château; ça coûte 20 €.",
        "El niño comió una piña. ¿Cuándo? Mañana por la mañana, en España.",
        "He said “hello” – and left… it’s done at 20°C.",
        "Räksmörgås är gott på ön.",
    ],
)
def test_western_text_that_is_not_utf8_is_read_with_a_note(text: str) -> None:
    content = text.encode("cp1252")
    read_text, note = decode(content)
    assert read_text == text
    first = next(i for i, byte in enumerate(content) if byte > 127)
    assert note == f"read as cp1252: not UTF-8 (byte {first})"


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("broken", [b"\x80", b"\xc3", "港".encode()[:2]])
def test_utf8_with_a_broken_byte_is_read_as_utf8_with_a_note(bom: bytes, broken: bytes) -> None:
    content = bom + GERMAN.encode() + broken
    note = f"read as UTF-8: not all of it is (byte {len(GERMAN.encode())})"
    assert decode(content) == (f"{GERMAN}\ufffd", note)


def test_what_looks_like_a_letter_of_utf8_by_chance_makes_no_utf8() -> None:
    assert (
        decode("Größer als das „CAFÉ“".encode("cp1252"))[1] == "read as cp1252: not UTF-8 (byte 2)"
    )


def test_latin_1_is_read_with_a_note() -> None:
    assert decode(GERMAN.encode("latin-1")) == (GERMAN, "read as cp1252: not UTF-8 (byte 5)")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, мир! Это обычный текст на русском языке для проверки.", "cp1251"),
        ("これは日本語のテキストです。文字コードの判定を確認します。", "shift_jis"),
        ("Zażółć gęślą jaźń, proszę państwa, to jest tekst.", "cp1250"),
    ],
)
def test_other_text_that_is_not_utf8_is_guessed_with_a_note(text: str, encoding: str) -> None:
    read_text, note = decode(text.encode(encoding))
    assert read_text == text
    assert note.startswith("read as ")


@pytest.mark.parametrize(
    "content",
    [
        b"text\0with a NUL",
        b"caf\xe9\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "no mark".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"),
    ],
)
def test_nul_characters_mean_that_it_is_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"not text: it holds NUL .*; save it as UTF-8 text"):
        decode(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (codecs.BOM_UTF16_LE + b"a\0b", "broken utf-16 text at byte"),
        (codecs.BOM_UTF16_LE + b"\0\xd8a\0", "broken utf-16 text at byte"),
        (codecs.BOM_UTF8 + b"a\xff", "broken utf-8-sig text at byte"),
    ],
)
def test_text_that_breaks_its_own_mark_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        decode(content)


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(UnreadableError, match="no other encoding fits"):
        decode(bytes(range(128, 256)) * 4 + bytes(range(1, 32)) * 4)


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except UnreadableError:
        return
    assert "\0" not in text
