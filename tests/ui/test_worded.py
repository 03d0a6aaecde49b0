"""Markup that carries its sentences along: what a browser reads of it."""

import json
from html.parser import HTMLParser

from ui.worded import counting, element, labelled
from ui.words import speak


def attributes(markup: str) -> dict[str, str]:
    """Those of the first element."""
    found: list[dict[str, str]] = []

    class First(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append({name: value or "" for name, value in attrs})

    First().feed(markup)
    return found[0]


def test_an_element_shows_english_and_carries_its_sentences() -> None:
    made = element("a", 'href="/x"', "Open", title="Close", aria_label="Copy")
    assert made.endswith(">Open</a>")
    read = attributes(made)
    assert (read["href"], read["title"], read["aria-label"]) == ("/x", "Close", "Copy")
    held = {"text": ["Open"], "title": ["Close"], "aria-label": ["Copy"]}
    assert json.loads(read["data-words"]) == held


def test_drawn_for_a_request_it_is_in_its_language_and_carries_english() -> None:
    speak("de")
    made = element("a", "", "Documents", title="Close") + counting(
        "b", "", "{count} file", "{count} files", 2
    )
    speak("en")
    assert ">Dokumente</a>" in made
    assert made.endswith(">2 Dateien</b>")
    read = attributes(made)
    assert read["title"] == "Schließen"
    assert json.loads(read["data-words"]) == {"text": ["Documents"], "title": ["Close"]}


def test_a_count_carries_both_forms_and_its_number() -> None:
    assert counting("b", "", "{count} file", "{count} files", 1).endswith(">1 file</b>")
    made = counting("b", 'id="n"', "{count} file", "{count} files", 1200)
    assert made.endswith(">1,200 files</b>")
    held = {"text": ["{count} file", "{count} files", 1200]}
    assert json.loads(attributes(made)["data-words"]) == held


def test_an_element_of_other_content_has_its_attributes_alone() -> None:
    named = labelled('class="a"', title="Close")
    made = f"<i {named}></i>"
    assert json.loads(attributes(made)["data-words"]) == {"title": ["Close"]}


def test_a_hostile_sentence_is_text() -> None:
    attack = '"><img src=x onerror="1">'
    made = element("p", "", attack, title=attack)
    assert "<img" not in made
    assert json.loads(attributes(made)["data-words"])["text"] == [attack]
