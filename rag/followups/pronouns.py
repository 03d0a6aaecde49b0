"""“How old was he?” by the name it is asked of, where the question before leaves but one.

After "Who led the inquiry?" he is the one that the answer names, after "When did Ann Lee resign?"
she is the one that was asked about. Where two may be meant a model has to say which.
"""

import re
from collections.abc import Callable

from index.words import STOP_WORDS, WORD, content_stems, names, numbers, stem, stems
from rag.asked import asking_words, is_yes_or_no
from rag.terms import bare, capitalised, runs_of_words

_POINTING_TEXT = (
    "he she they it him her them his hers their theirs its this that these those there one "
    "ones such former latter then both neither"
)
POINTING = frozenset(_POINTING_TEXT.split())
_HE, _SHE = frozenset(["he", "him", "his"]), frozenset(["she", "her", "hers"])
PERSON = _HE | _SHE
_HE_TITLES = frozenset(["mr", "sir", "lord", "king", "prince", "baron", "count", "duke", "father"])
_SHE_TITLES = frozenset(["mrs", "ms", "miss", "lady", "dame", "queen", "princess", "madam"])
THING = frozenset(["it", "its"])
_OTHERS = POINTING - PERSON - THING
_OWNING = frozenset(["his", "her", "its"])
_ASKS_WHO = re.compile(r"^(?:(?:and|but|so) )?(?:who|whose|whom)\b", re.IGNORECASE)
_ASKS_FOR_A_ROLE = re.compile(r"\bwho(?:'s|’s| is| was| are| were) (?:the|an?)\b", re.IGNORECASE)
"""What the documents say of the tenant they may say of no Nora Quist."""
_THINGS_TEXT = (
    "agreement airport authority bank board bridge building canal castle church club college "
    "committee company convention council court department fund garden group hall harbour "
    "hospital hotel house inn institute island lake law library line market mill ministry "
    "mountain museum office palace park party pool prize project railway report river road "
    "school society square stadium station store street team theatre tower treaty trust tunnel "
    "union university valley village war works act"
)
_THINGS = frozenset(map(stem, _THINGS_TEXT.split()))
"""What a name may end with that is nobody's."""
_PLACING_TEXT = "of in at on from to for near under over after before against about"
PLACING = frozenset(_PLACING_TEXT.split())


def named_instead(question: str, earlier: str, answer: str) -> str:
    """``question`` with the one name for its pronoun; "" where it has none, or none is sure.

    ``earlier`` is the question before, ``answer`` the first sentence that answered it.
    """
    words = {word.lower() for word in WORD.findall(question)}
    person, thing = words & PERSON, words & THING
    alone = bool(person) != bool(thing) and not words & _OTHERS
    if not alone or not content_stems(question) or _names(question) or numbers(question):
        return ""
    if _ASKS_FOR_A_ROLE.search(earlier):
        return ""
    name = (
        _answered(earlier, answer)
        if person and asks_who(earlier)
        else _asked(earlier, of_thing=not person)
    )
    return _put_in(name, question, person | thing) if name and _may_be(name, person) else ""


def asks_who(question: str) -> bool:
    """Does it ask for somebody?"""
    return _ASKS_WHO.search(question) is not None


def _may_be(name: str, pronouns: set[str]) -> bool:
    """Sir Godfrey Lyle is no "she"."""
    title = WORD.findall(name)[0].lower()
    as_he = title in _HE_TITLES and bool(pronouns & _SHE)
    as_she = title in _SHE_TITLES and bool(pronouns & _HE)
    return not (as_he or as_she)


def _put_in(name: str, question: str, pronouns: set[str]) -> str:
    words = list(WORD.finditer(question))
    for word, after in zip(reversed(words), [None, *reversed(words)], strict=False):
        pronoun = word.group().lower()
        if pronoun not in pronouns:
            continue
        something = after is not None and after.group().lower() not in STOP_WORDS
        owns = pronoun == "hers" or (pronoun in _OWNING and something)
        written = f"{name}'s" if owns else name
        question = question[: word.start()] + written + question[word.end() :]
    return question


def _asked(earlier: str, *, of_thing: bool) -> str:
    """The one name that a question is about: none that stands behind a word like "in", or owns.

    A thing's has an article, or ends with what it is: what cost so much when Ann Lee bought it is
    not she, nor is she Weir Bridge. And no other word may belong to it, as in "the Alder bridge".
    """
    found = _names(earlier)
    if len(found) != 1 or not (asking_words(earlier) or is_yes_or_no(earlier)):
        return ""
    [(start, name)] = found
    article, before = words_before(earlier, start)
    placed = before in {*PLACING, "by", "with"}
    after = earlier[start + len(name) :]
    owns = after.startswith(("'s", "’s"))
    goes_on = article and any(w.lower() not in STOP_WORDS for w in WORD.findall(after)[:1])
    called = names_thing(name)
    fits = called or article if of_thing else not called
    if placed or owns or goes_on or not fits:
        return ""
    return f"the {name}" if article else name


def _answered(earlier: str, answer: str) -> str:
    """The one name that the answer has and its question has not, places left out."""
    adds = added_by(answer, earlier)
    new = {
        name
        for start, name in _names(answer, first=True)
        if adds(name) and words_before(answer, start)[1] not in PLACING
    }
    return new.pop() if len(new) == 1 else ""


def added_by(answer: str, question: str) -> Callable[[str], bool]:
    """Whether a name of the answer is one that its question has not."""
    asked, known = set(stems(question)), names(answer)

    def adds(name: str) -> bool:
        words = set(stems(name))
        return bool(words & known) and not words & asked

    return adds


def names_thing(name: str) -> bool:
    """Does it end with what is nobody's?"""
    return stem(WORD.findall(name)[-1]) in _THINGS


def words_before(text: str, start: int) -> tuple[bool, str]:
    """Whether an article stands before this place, and the word before that."""
    words = [word.lower() for word in WORD.findall(text[:start])]
    article = words[-1:] == ["the"]
    return article, "".join(words[-2:-1] if article else words[-1:])


def _names(text: str, *, first: bool = False) -> list[tuple[int, str]]:
    """Where each run of capitalised words begins, and the run; a question's first word is none."""
    capitals = [word for word in capitalised(WORD.finditer(text)) if first or word.start()]
    return [(start, bare(text[start:end])) for start, end in runs_of_words(text, capitals)]
