"""What makes a gold set worth less though each line of it is right: repeats, and leaks.

- *Duplicate*: two items of one set ask the same, in the same conversation, whatever the case, the
  blanks and the mark at the end. Other marks can be all the difference: "C" and "C++".
- *Leak*: an item of one split is (nearly) in another: the same question, a nearly equal one (most
  words in common), or the same passage quoted. What was tuned on the one is then no test on the
  other.

A split is a file, or the items of a file tagged ``train``, ``dev``, ``validation`` or ``test``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from eval.gold.items import GoldItem
from eval.gold.problems import Problem
from eval.normalise import STRAIGHT, collapse, normalise

SPLIT_TAGS = ("train", "dev", "validation", "test")
NEAR = 0.8
"""Share of common words (Jaccard) from which two questions are nearly equal."""

_FEWEST_WORDS = 4
_QUOTE_WORDS = 5


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item and where it stands."""

    item: GoldItem
    file: str
    line: int
    place: str = ""

    @property
    def where(self) -> str:
        """The place for people: file and line, or file and id."""
        return f"{self.file}:{self.line}" if self.line else f'{self.file} "{self.item.id}"'

    def problem(self, reason: str) -> Problem:
        """A problem standing here."""
        return Problem(self.file, self.line, self.place, f"{self.item.id}: {reason}")


def set_problems(items: Sequence[PlacedItem]) -> list[Problem]:
    """Every duplicate within a split and every leak between splits, at the later item."""
    splits: dict[str, list[PlacedItem]] = defaultdict(list)
    for placed in items:
        for name in _splits(placed):
            splits[name].append(placed)
    problems = [problem for members in splits.values() for problem in _duplicates(members)]
    for (one, first), (other, second) in combinations(splits.items(), 2):
        problems += _leaks(one, first, other, second)
    return list(dict.fromkeys(problems))


def _splits(placed: PlacedItem) -> list[str]:
    tags = [tag for tag in placed.item.tags if tag in SPLIT_TAGS]
    return [f"{placed.file} {tag}" for tag in tags] or [placed.file]


def _duplicates(items: Sequence[PlacedItem]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], PlacedItem] = {}
    for placed in items:
        before = first.setdefault(_asked(placed.item), placed)
        if before is not placed:
            yield placed.problem(f"asks the same as {before.item.id} ({before.where})")


def _leaks(
    one: str, first: Sequence[PlacedItem], other: str, second: Sequence[PlacedItem]
) -> Iterator[Problem]:
    by_question = {_asked(placed.item): placed for placed in reversed(first)}
    by_quote = {quote: placed for placed in reversed(first) for quote in _quotes(placed.item)}
    near = _NearQuestions(first)
    between = f'leaks from "{one}" into "{other}"'
    for placed in second:
        same = by_question.get(_asked(placed.item))
        if same is not None:
            yield placed.problem(f"{between}: asks the same as {same.item.id} ({same.where})")
            continue
        alike = near.find(placed.item)
        if alike is not None:
            yield placed.problem(
                f"{between}: asks nearly what {alike.item.id} asks ({alike.where})"
            )
        for quote in _quotes(placed.item):
            if quote in by_quote:
                holder = by_quote[quote]
                yield placed.problem(
                    f"{between}: quotes what {holder.item.id} quotes ({holder.where})"
                )


class _NearQuestions:
    """Finds a question that shares most words, by an index of words."""

    def __init__(self, items: Sequence[PlacedItem]) -> None:
        self._items = items
        self._words = [_words(placed.item) for placed in items]
        self._with: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                self._with[word].append(number)

    def find(self, item: GoldItem) -> PlacedItem | None:
        words = _words(item)
        # A follow-up says too little by itself, and so does a question of few words.
        if item.history or len(words) < _FEWEST_WORDS:
            return None
        shared: dict[int, int] = defaultdict(int)
        for word in words:
            for number in self._with.get(word, ()):
                shared[number] += 1
        for number, count in shared.items():
            union = len(words) + len(self._words[number]) - count
            if count >= NEAR * union and not self._items[number].item.history:
                return self._items[number]
        return None


def _asked(item: GoldItem) -> tuple[str, ...]:
    turns = [part for turn in item.history for part in (turn.role, _plain(turn.content))]
    return (*turns, _plain(item.question) or item.question)


def _plain(text: str) -> str:
    return collapse(text.lower().translate(STRAIGHT)).rstrip(" .?!…")


def _words(item: GoldItem) -> frozenset[str]:
    return frozenset(normalise(item.question).split())


def _quotes(item: GoldItem) -> list[str]:
    # A few words, a name perhaps, can stand in many passages.
    quotes = [normalise(evidence.quote) for evidence in item.evidence]
    return [quote for quote in quotes if len(quote.split()) >= _QUOTE_WORDS]
