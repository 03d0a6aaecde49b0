import subprocess
import sys
from dataclasses import dataclass

import pytest

from rag.spelling import English, Spelling
from tests.conftest import ROOT

ENGLISH = English()


@dataclass
class Words:
    """Documents with these words; ``near`` has what is spelt like what."""

    held: tuple[str, ...] = ()
    near: tuple[tuple[str, int, str], ...] = ()

    def holds(self, word: str) -> bool:
        return word.lower() in self.held

    def name(self, word: str) -> str:
        return {"ankara": "Ankara", "may": "May"}.get(word, "")

    def nearest(self, word: str, most: int) -> str:
        return next((m for w, d, m in self.near if w == word.lower() and d <= most), "")


WORDS = Words(
    held=("fidan", "syrian", "ankara", "war"),
    near=(
        ("syrain", 1, "Syrian"),
        ("ankra", 1, "Ankara"),
        ("wich", 1, "with"),
        ("orgnaisatons", 2, "organisations"),
        ("bidan", 1, "Fidan"),
        ("johnston", 1, "Johnson"),
    ),
)


def corrected(text: str) -> str:
    return Spelling(WORDS, ENGLISH).corrected(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("when did the syrain war strat?", "when did the Syrian war start?"),
        ("Who governs Ankra?", "Who governs Ankara?"),
        ("What is Ankra's part in it?", "What is Ankara's part in it?"),
        ("wich war was it", "which war was it"),
        ("Wich war was it", "Which war was it"),
        ("Which orgnaisatons are there?", "Which organisations are there?"),
    ],
)
def test_errors_become_words_of_the_documents_or_common_ones(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who is Hakan Fidan?",
        "Which neighbour's colour is on the wifi box of a neighbor?",
        "Who organized the traveler's defense of the theater?",
        "Where was Johnston born?",  # a name the dictionary knows is another person's
        "How often does “syrain” occur?",
        "How often does 'syrain' occur?",
        "What does `ankra` return?",
        "What is an ANKRA, an ankra2 or an_ankra?",
        "Who is Ankr?",
        "Wann begann der syrain Krieg?",
        "Was brachte der strat in Kiel?",
        "Combien a-t-on strat?",
        "syrain ankra",
        "",
        "?",
    ],
)
def test_what_may_be_meant_as_it_stands_is_left(question: str) -> None:
    assert corrected(question) == question


def test_a_short_word_is_left() -> None:
    assert corrected("Who is in syr?") == "Who is in syr?"


def test_the_dictionary_keeps_the_first_letter() -> None:
    assert ENGLISH.nearest("lable") == "label"
    assert ENGLISH.nearest("qqqqq") == ""
    assert ENGLISH.holds("Neighbour")


ENDS_AT_ONCE = """
import atexit, threading
from rag import spelling

def told():
    names = [thread.name for thread in threading.enumerate()]
    print(names, spelling._dictionary.cache_info().currsize)

atexit.register(told)
spelling.English().load()
"""


def test_a_program_that_ends_early_neither_waits_for_the_dictionary_nor_leaves_a_thread() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == ("['MainThread'] 0\n", "")


ASKS_AT_ONCE = """
from rag import spelling

english = spelling.English()
english.load()
print(english.holds("ferry"), spelling._dictionary.cache_info().misses)
"""


def test_whoever_asks_while_the_dictionary_is_loaded_waits_for_it_and_loads_no_second_one() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ASKS_AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "True 1\n"


def test_what_is_quoted_over_two_lines_is_left() -> None:
    assert corrected("Who wrote “the\nsyrain”?") == "Who wrote “the\nsyrain”?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("and in ankara?", "and in Ankara?"),
        ("wich is ankara's part?", "which is Ankara's part?"),
        ("and on sundays in march?", "and on Sundays in march?"),
        ("in ankara and Idlib?", "in ankara and Idlib?"),  # whoever writes capitals means them
    ],
)
def test_names_typed_small_are_known_in_a_conversation(typed: str, meant: str) -> None:
    assert Spelling(WORDS, ENGLISH).in_conversation(typed) == meant
