"""What a sentence says of one whom the question does not ask about: "Rovers were founded in 1908"
tells nothing of when United were.
"""

import re
from collections.abc import Callable, Sequence

from index.words import names, stem, stems
from rag.checking.verb_forms import base_of
from rag.helping_verbs import HELPING_VERB
from rag.match import Span
from rag.notices.premises import Contradiction
from rag.notices.unmentioned import names_of

_NAME = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}"
_ASKED = re.compile(rf"\b(?i:{HELPING_VERB}) (?:the )?(?P<who>{_NAME}) (?P<does>\w+)")
_TOLD = re.compile(
    rf"\W*(?!The )(?P<who>{_NAME}) (?:{HELPING_VERB} )?(?:(?:\w+ly|first) )?(?P<does>\w+)"
)
"""Not "The Tenant may": a party to a contract has a name as well."""
_READ = 20_000
"""Characters that show whom a document tells of."""


def of_another_subject(
    question: str, spans: Sequence[Span], text_of: Callable[[str], str]
) -> Contradiction | None:
    """The name that something is asked of, where all of ``spans`` tell just that of another.

    ``text_of``: path -> text. It has to write both as names, and nowhere one beside the other, as
    "Denver Broncos" does, so that neither is a name of the other.
    """
    asked = _ASKED.search(question)
    if asked is None or asked["who"] not in names_of(question) or not spans:
        return None
    does = base_of(stem(asked["does"]))
    for span in spans:
        told = _TOLD.match(span.text)
        if told is None or base_of(stem(told["does"])) != does:
            return None
        if {*stems(asked["who"])} & {*stems(span.text)}:
            return None
        if not _are_two(asked["who"], told["who"], text_of(span.paragraph.path)[:_READ]):
            return None
    return Contradiction(asked["who"], spans[0])


def _are_two(one: str, other: str, text: str) -> bool:
    if not {*stems(one), *stems(other)} <= names(text):
        return False
    # In a line, or in the next of the same paragraph: a title ends where a sentence begins.
    beside = r"(?:[ ,(“\"]|\n(?!\n)){1,4}(?:the )?[“\"]?"
    pairs = (rf"\b{re.escape(a)}{beside}{re.escape(b)}\b" for a, b in ((one, other), (other, one)))
    return not any(re.search(pair, text) for pair in pairs)
