"""What a claim and its source must agree on, beyond holding the same words.

A number or a name of the source is no support when it stands there for something else. So each is
looked at in its place: the words around it in the claim are compared with the words around every
number (or name) of the source, and when another one fits that place clearly better, the claim has
taken the wrong one, or two have changed places. A denial counts for the words it denies.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from index.words import NUMBERING, names, stems, unpointed
from rag.checking.apart import stands_apart
from rag.checking.opposites import COUNTERPARTS, OPPOSITES, contrary_forms
from rag.checking.places import Kind, Token, around, parts_of, tokens_of
from rag.checking.roles import replaces, takes_the_place
from rag.checking.side_by_side import goes_with_another, has_the_head_of_another, own_numbers
from rag.checking.sides import on_the_other_side
from rag.checking.voice import does_what_was_done, done_to_another, turned
from rag.quantities import NO_MORE, bounds, shifts

_NEAR_CLAIM = 3
_NEAR_SOURCE = 5
_CLEARLY = 2
_REPLACED = 3


@dataclass(frozen=True, slots=True)
class Fit:
    """How a token of the source fits a place in the claim.

    ``score`` counts the words that stand on the same side in both, those right beside it twice.
    """

    token: Token
    score: int
    all_around: bool


def disagrees(claim: str, source: str, question: str = "", around: Set[str] = frozenset()) -> bool:
    """Whether the claim takes from the source what the source says of something else.

    ``around`` are the stems of the paragraphs that the source is of.
    """
    texts = (NUMBERING.sub("", text) for text in (claim, source, question))
    claim, source, question = map(unpointed, texts)
    known = names(claim) | names(source) | names(question)
    # "Not less than 30" is "at least 30", and denies it no more.
    same_bound = bool(bounds(claim) & bounds(source))
    said, given = (
        tokens_of(NO_MORE.sub("", text) if same_bound else text, known) for text in (claim, source)
    )
    asked = set(stems(question))
    # Said the other way round ("was built by"), what stood before the verb stands after it.
    other_voice = turned(claim, source)
    numbers_or_all = (i for i, t in enumerate(said) if t.kind is Kind.NUMBER or not other_voice)
    places = _Places(said, given, asked)
    own = own_numbers(claim, source, question)
    return (
        any(_misplaced(i, places, own) for i in numbers_or_all)
        or goes_with_another(claim, source, question)
        or has_the_head_of_another(claim, source)
        or on_the_other_side(claim, source)
        or _denies_otherwise(said, given)
        or _is_opposite(said, given, asked)
        or _changes_sides(claim, source, question, known)
        or _replaces(claim, source, question, known, around)
        or stands_apart(said, given, asked, source)
        or does_what_was_done(claim, source)
        or done_to_another(claim, source)
        or _shifts_otherwise(claim, source, question)
    )


def _shifts_otherwise(claim: str, source: str, question: str) -> bool:
    """Is a year after something told of a source that has it a year ago, or the other way?

    What is told of what somebody said has "earlier" for "ago".
    """
    given = shifts(source)
    moved = shifts(claim) - given - shifts(question)
    return any((unit, not later) in given for unit, later in moved)


def denied_there(claim: str, sentence: str, lacking: Set[str]) -> set[str]:
    """Words of ``lacking`` that the claim says plainly and a sentence on the same denies."""
    known = names(claim) | names(sentence)
    said, given = tokens_of(claim, known), tokens_of(sentence, known)
    if any(token.denied for token in said):
        return set()
    denied = {part for t in given if t.denied or t.failed for part in t.parts}
    plain = {part for t in given if not (t.denied or t.failed) for part in t.parts}
    own = parts_of(said)
    return denied & lacking & own - plain if own & (denied | plain) - lacking else set()


def _changes_sides(claim: str, source: str, question: str, known: Set[str]) -> bool:
    """Are the question's names in other places in the claim, and not in the source as well?"""
    changed = takes_the_place(claim, question, known)
    return changed and not takes_the_place(source, question, known)


def _replaces(claim: str, source: str, question: str, known: Set[str], around: Set[str]) -> bool:
    """Has the claim another name where the question has one, and not the source as well?"""
    replaced = replaces(claim, question, known, around)
    return replaced and not replaces(source, question, known, around)


def _shared(some: Sequence[Token], others: Sequence[Token]) -> int:
    """How many tokens the two have in common. A name of several words counts once, also where the
    other side has its words apart ("the foreign minister of Iran, Araqchi")."""
    return min(_met(some, others), _met(others, some))


def _met(some: Sequence[Token], others: Sequence[Token]) -> int:
    parts = parts_of(others)
    return sum(bool(token.parts & parts) for token in some)


class _Places:
    """How the tokens of the source fit the places of a claim's, each reckoned once: a paragraph of
    figures has thousands."""

    def __init__(self, said: Sequence[Token], given: Sequence[Token], asked: Set[str]) -> None:
        self.said = said
        self.fits = cache(lambda i: _fits(i, said, given, asked))
        self.best = cache(lambda i, at: _best(said[i], self.fits(at)))
        """How the claim's token ``i`` fits the place of the one ``at``, where it is in the source,
        -1 where it is not."""

    def twins(self, token: Token) -> list[int]:
        """Where the claim has a token of the source too."""
        held = enumerate(self.said)
        return [k for k, t in held if t.kind is token.kind and t.parts & token.parts]


def _misplaced(i: int, places: _Places, settled: Set[tuple[str, str]]) -> bool:
    """Does another number or name of the source fit the place of this one clearly better?

    On both sides, where the claim has words on both: of what stands on one side only a claim may
    say something else ("sang at the cup" of one who sang "while Lee danced"). Where the claim holds
    that other one too, the two must fit better in each other's places. Of ``settled`` numbers the
    first is known to stand rightly beside the second.
    """
    token, own = places.said[i], places.best(i, i)
    for fit in places.fits(i):
        if fit.token.parts & token.parts or (token.stem, fit.token.stem) in settled:
            continue
        twins = places.twins(fit.token)
        needed = _REPLACED if own < 0 else own + _CLEARLY
        if not twins and fit.all_around and fit.score >= needed:
            return True
        for k in twins:
            swapped = fit.score + places.best(i, k)
            if swapped - max(own, 0) - max(places.best(k, k), 0) >= _CLEARLY:
                return True
    return False


def _best(token: Token, fits: Sequence[Fit]) -> int:
    """The best fit of a token where it stands in the source, -1 when it does not."""
    return max((fit.score for fit in fits if fit.token.parts & token.parts), default=-1)


def _fits(i: int, said: Sequence[Token], given: Sequence[Token], asked: Set[str]) -> list[Fit]:
    """How each token of its kind in the source fits the place of the claim's token ``i``.

    What the claim has from the question was hardly mistaken for another, so of others only the
    words of their own clause count: "Russia keeps its base in Syria, despite its losses" tells of
    Russia's losses.
    """
    if said[i].kind is Kind.WORD and said[i].stem not in COUNTERPARTS:
        return []
    before, after = around(said, i, _NEAR_CLAIM)
    if said[i].kind is Kind.NUMBER and said[i].equated and not after:
        return _fits_of_clause(i, said, given)
    fits = []
    for k, token in enumerate(given):
        if _may_take_place(token, said[i]):
            left, right = around(given, k, _NEAR_SOURCE)
            if said[i].parts <= asked and not token.parts & said[i].parts:
                left = [t for t in left if t.clause == token.clause]
                right = [t for t in right if t.clause == token.clause]
            shared = _shared(before, left), _shared(after, right)
            # Of two in one sentence, the one right beside the word is meant.
            beside = _shared(before[-1:], left[-1:]) + _shared(after[:1], right[:1])
            all_around = all(shared) or not (before and after)
            fits.append(Fit(token, sum(shared) + beside, all_around))
    return fits


def _may_take_place(token: Token, other: Token) -> bool:
    """Numbers of numbers, names of names, and of other words what is the opposite."""
    if token.kind is not other.kind:
        return False
    rivals = {other.stem, *COUNTERPARTS.get(other.stem, ())}
    return token.kind is not Kind.WORD or token.stem in rivals


def _fits_of_clause(i: int, said: Sequence[Token], given: Sequence[Token]) -> list[Fit]:
    """As ``_fits``, of a number at the start or the end: its source may have it on the other side.

    "The share of women is 19 %" of "19 % were women": each number's whole clause is compared.
    """
    others = [t for k, t in enumerate(said) if k != i and t.sentence == said[i].sentence]
    fits = []
    for token in given:
        if token.kind is Kind.NUMBER:
            clause = [t for t in given if t.clause == token.clause and t is not token]
            fits.append(Fit(token, _shared(others, clause), all_around=True))
    return fits


def _denies_otherwise(said: Sequence[Token], given: Sequence[Token]) -> bool:
    """Is a word denied on one side that stands undenied on the other?"""
    denied = {t.stem for t in given if t.denied}
    plain = {t.stem for t in given if not t.denied}
    claimed_denied = {t.stem for t in said if t.denied}
    claimed_plain = {t.stem for t in said if not t.denied}
    failed, claimed_failed = _failed(given), _failed(said)
    # Of "A instead of B" the claim may have taken the two the other way round.
    exchanged = claimed_failed & {t.stem for t in given} - failed
    told_plainly = not any(t.failed for t in said)
    done = failed & claimed_plain - claimed_failed
    if done and not claimed_denied and (exchanged or told_plainly):
        return True
    denied |= failed if told_plainly else set()
    if claimed_denied and not claimed_denied & denied:
        return bool(claimed_denied & plain)
    return bool(denied & claimed_plain - plain - claimed_denied) and not claimed_denied


def _failed(tokens: Sequence[Token]) -> set[str]:
    """The stems of what is only told as not having happened."""
    return {t.stem for t in tokens if t.failed} - {t.stem for t in tokens if not t.failed}


def _is_opposite(said: Sequence[Token], given: Sequence[Token], asked: Set[str]) -> bool:
    """Does the claim hold a word whose opposite, and not itself, is in the source?

    Where the claim only repeats the question's word, both must also stand by the same word: a
    source about western policy is no denial of what was asked about an eastern country. So must a
    word and its counterpart.
    """
    own, found = {t.stem for t in said}, {t.stem for t in given}
    plain = {t.stem for t in given if not t.denied}
    if any(
        contrary_forms(t.stem) & plain - own for t in said if not t.denied and t.stem not in found
    ):
        return True
    return any(
        word not in found
        and not COUNTERPARTS[word] & own
        and any(
            (word not in asked and opposite in OPPOSITES.get(word, ()))
            or _beside(word, said) & _beside(opposite, given)
            for opposite in COUNTERPARTS[word] & found
        )
        for word in own & COUNTERPARTS.keys()
    )


def _beside(word: str, tokens: Sequence[Token]) -> set[str]:
    """The stems next to each place of ``word``."""
    places = [i for i, token in enumerate(tokens) if token.stem == word]
    return {t.stem for i in places for t in (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])}
