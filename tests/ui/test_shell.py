"""The header as markup: names, counts and notices, whatever they contain."""

from index.types import Document, FileState
from ui.shell import ABOUT, CHAT, header, title

GOOD = Document("a.txt", FileState.INDEXED, "", 3, "0", 1)
COPY = Document("copy.txt", FileState.DUPLICATE, "same as a.txt", 3, "0", 1)
BAD = Document("b.pdf", FileState.FAILED, "broken", 0, "0", 1)


def test_the_header_names_corpus_model_and_page() -> None:
    shown = header(ABOUT, "seeds", [GOOD], "a model", "")
    for words in ("seeds", "1 document<", "a model", '<a href="/about" aria-current="page"'):
        assert words in shown
    assert shown.count("aria-current") == 1
    assert "pc-banner" not in shown


def test_copies_count_since_they_are_found_too() -> None:
    assert "2 documents<" in header(CHAT, "seeds", [GOOD, COPY, BAD], "a model", "")


def test_unreadable_files_and_the_notice_are_banners() -> None:
    shown = header(CHAT, "seeds", [GOOD, BAD, BAD], "extractive", "No model.")
    assert "2 files could not be read." in shown
    assert "No language model" in shown
    assert shown.count("pc-banner") == 2


def test_a_folder_whose_files_were_not_read_yet_is_not_said_to_hold_none() -> None:
    for unread, said in ((True, "The folder has not been read yet."), (False, "no documents yet.")):
        assert said in header(CHAT, "seeds", [], "a model", "", unread_folder=unread)
    assert "pc-banner" not in header(CHAT, "seeds", [GOOD], "a model", "", unread_folder=True)


def test_hostile_names_stay_text() -> None:
    attack = '<img src=x onerror="1">${1}'
    shown = header(CHAT, attack, [], attack, attack) + title(attack, attack)
    assert "<img" not in shown
    assert "${" not in shown
