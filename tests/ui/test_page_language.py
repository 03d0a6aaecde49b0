"""The pages in other languages: chosen on Settings, or the browser's own; no English remains."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ui.app_page import fits, watched_tabs
from tests.ui.corpus import ASK_COST, ASK_UNKNOWN
from tests.ui.sentences import PLACEHOLDER, of_pages
from tests.ui.tabs import Tabs
from tests.ui.test_page_access import findings
from ui.catalogue import catalogue
from ui.shell import PAGES
from ui.word_files import address

pytestmark = pytest.mark.browser

FEWEST_LETTERS = 10
"""Of a sentence with values in it: fewer may stand in a document by chance."""

SEEN = """() => {
    const seen = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { parentElement: here, data } = texts.currentNode;
        // A setting is called by its name in every language.
        const said = here.checkVisibility() && !here.closest("script, style, code");
        if (said) seen.push(data.trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        for (const one of document.querySelectorAll(`[${name}]`)) seen.push(one.getAttribute(name));
    }
    return seen;
}"""


# Of each file of words: its address, and whether the server had to send it.
FETCHED = """() => performance.getEntriesByType("resource").filter((one) => /words/.test(one.name))
    .map((one) => [one.name, one.transferSize > 0])"""


@pytest.fixture
def tab(tabs: Tabs, server: str) -> Iterator[Callable[..., Any]]:
    """Opens a tab of a browser with these options; the test fails when it complains."""
    with watched_tabs(tabs, server) as tab:
        yield tab


def english(seen: list[str], language: str) -> list[str]:
    """What of it is an English sentence that the language says in another way."""
    words = catalogue(language).words
    left = [s for forms in of_pages() for s in forms if words.get(forms[0]) != forms[0]]
    exact = {sentence for sentence in left if not PLACEHOLDER.search(sentence)}
    held = [s for s in left if len(re.findall("[a-z]", PLACEHOLDER.sub("", s))) >= FEWEST_LETTERS]
    patterns = [re.compile(".+".join(map(re.escape, PLACEHOLDER.split(s)))) for s in held]
    return [text for text in seen if text in exact or any(p.fullmatch(text) for p in patterns)]


def go(page: Any, server: str, path: str) -> None:
    """Open a page and wait until all of it is drawn."""
    page.goto(server.rstrip("/") + path)
    if path == "/":
        page.locator(".pc-transcript > *").first.wait_for()
        page.locator(".pc-panel > *").first.wait_for(state="attached")
        page.locator("#pc-box textarea").wait_for()
    else:
        page.locator(".pc-app:not([aria-busy])").first.wait_for()
    page.wait_for_timeout(300)


def test_english_that_remains_is_found() -> None:
    assert english(["Documents", "12 files could not be read.", "Chat", "Fragen"], "de") == [
        "Documents",
        "12 files could not be read.",
    ]


def test_german_is_chosen_seen_on_all_pages_and_given_up_again(
    tab: Callable[..., Any], server: str
) -> None:
    page = tab(locale="en-GB")
    go(page, server, "/settings")
    page.evaluate("localStorage.clear()")  # Of an earlier try that came to no end.
    page.reload()
    page.get_by_label("Language").select_option("Deutsch")
    page.get_by_role("heading", name="Einstellungen", level=1).wait_for()
    for here in PAGES:
        go(page, server, here.path)
        assert page.evaluate("document.documentElement.lang") == "de"
        assert page.locator("h1").inner_text() == catalogue("de").words[here.name]
        assert english(page.evaluate(SEEN), "de") == [], here.name
    go(page, server, "/settings")
    page.get_by_label("Sprache").select_option("auto")
    page.get_by_role("heading", name="Settings", level=1).wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert english(page.evaluate(SEEN), "de") != []


def test_what_the_server_says_of_an_answer_and_of_an_error_is_german_too(
    tab: Callable[..., Any], server: str
) -> None:
    page = tab(locale="de-DE")
    go(page, server, "/")
    for question, said in ((ASK_COST, "teilweise belegt"), (ASK_UNKNOWN, "Nicht beantwortet")):
        page.locator("#pc-box textarea").fill(question)
        page.locator("#pc-box textarea").press("Enter")
        # The queue brings it, in a task that belongs to no request.
        page.locator(".pc-meta", has_text=re.compile(r"\d,\d s")).last.wait_for()
        page.get_by_text(said).first.wait_for()
        page.locator("#pc-send").wait_for()
        assert english(page.evaluate(SEEN), "de") == []
    chips = page.locator(".pc-follow-ups .pc-chip")
    assert {chip.get_attribute("lang") for chip in chips.all()} == {"en"}
    page.locator(".pc-cite").first.click()
    page.locator(".pc-source-passage").wait_for()
    assert english(page.evaluate(SEEN), "de") == []
    go(page, server, "/settings")
    page.get_by_role("radio", name="Aus den Dokumenten zitieren").check()
    page.get_by_text("das Modell lässt sich auf dieser Seite nicht ändern").wait_for()


def test_the_pages_fit_a_phone_in_german_and_axe_finds_nothing_grave(
    tab: Callable[..., Any], server: str
) -> None:
    page = tab(locale="de-AT")
    page.set_viewport_size({"width": 360, "height": 760})
    for here in PAGES:
        go(page, server, here.path)
        assert fits(page), here.name
        named = page.locator("nav [aria-current]").inner_text()
        page.wait_for_function("title => document.title === title", arg=f"{named} · Pincite")
        for link in page.locator(".pc-nav-pages a").all():
            assert link.bounding_box()["x"] + link.bounding_box()["width"] <= 360, here.name
        assert findings(page) == [], here.name


def test_the_words_of_one_language_are_fetched_once_and_none_for_english(
    tab: Callable[..., Any], server: str
) -> None:
    for locale, code, sent in (("en-GB", "", []), ("es-ES", "es", [True, False])):
        page = tab(locale=locale)
        found = []
        for path in ("/about", "/settings"):
            go(page, server, path)
            found += page.evaluate(FETCHED)
        assert [sent for _, sent in found] == sent
        assert all(address(code) in name for name, _ in found)


def test_a_page_whose_words_cannot_be_fetched_is_english_as_a_whole(
    browser: Any, server: str
) -> None:
    context = browser.new_context(locale="fr-FR")
    context.route("**/words/*", lambda route: route.abort())
    page = context.new_page()
    go(page, server, "/settings")
    page.get_by_role("heading", name="Settings", level=1).wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    context.close()


def test_a_sentence_is_never_read_as_markup(tab: Callable[..., Any], server: str) -> None:
    page = tab(locale="de-DE")
    go(page, server, "/about")
    shown = page.evaluate(
        """async () => {
            const attack = "<img src=x onerror=window.pwned=9>{name}";
            const one = document.createElement("p");
            one.dataset.words = JSON.stringify({ text: [attack], title: [attack] });
            document.body.append(one);
            await new Promise(requestAnimationFrame);
            return [one.childElementCount, one.textContent, one.title,
                window.pinciteWords.t(attack, { name: "$&<b>" })];
        }"""
    )
    attack = "<img src=x onerror=window.pwned=9>"
    assert shown == [0, attack + "{name}", attack + "{name}", attack + "$&<b>"]


@pytest.mark.parametrize(("locale", "language"), [("fr-CA", "fr"), ("es-MX", "es"), ("ja", "en")])
def test_the_browsers_language_is_taken_by_itself(
    tab: Callable[..., Any], server: str, locale: str, language: str
) -> None:
    page = tab(locale=locale)
    go(page, server, "/documents")
    assert page.evaluate("document.documentElement.lang") == language
    remains = english(page.evaluate(SEEN), "fr" if language == "en" else language)
    assert bool(remains) == (language == "en")
