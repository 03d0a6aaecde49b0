"""Proposes gold items from a corpus by templates, for a person to review.

Only questions that a sentence answers by its own words, each asked in plain words rather than with
a gap to fill, and only where nothing else in the corpus fits the question as well:

- *year*: "What happened in 1932?" where one sentence of the corpus has that year;
- *number*: "How many lanes are mentioned?" where the corpus counts that thing once;
- *person*: "Who is the mayor of Renfield?" for a title followed by a name;
- *what*: "What is Hama?" for a name explained between commas.

They are proposals: the words of a sentence do not always mean what a template takes them for.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.gold.items import Evidence, GoldItem
from eval.normalise import collapse
from eval.relevance import Corpus
from index.types import Paragraph

_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_COUNTED = re.compile(
    r"\b(\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds"
    r"|thousands|millions)\s+(?:of\s+)?([a-z]{3,}(?:\s[a-z]{3,})?s)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b((?:[A-Z][a-z]+ )?(?:[Ff]oreign |[Pp]rime |[Ff]inance |[Dd]efen[cs]e )?"
    r"(?:[Mm]inister|[Pp]resident|[Ss]pokes(?:person|man|woman)|[Mm]ayor|[Gg]overnor|[Dd]irector"
    r"|[Cc]hancellor|[Aa]mbassador))\s+([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,2})"
)
_EXPLAINED = re.compile(
    r"(?:^|(?<=[\s“\"]))([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3}), (an? [^,.;:]{8,90})[,.]"
)
_TIME_UNITS = {"years", "months", "weeks", "days", "hours", "minutes", "seconds", "times"}
_POINTING = {"the", "its", "his", "her", "their", "our", "these", "those"}
_SHORTEST, _LONGEST = 6, 45


@dataclass(frozen=True, slots=True)
class _Found:
    """A question before it is known to be the only one of its kind. Equal keys cancel out."""

    kind: str
    key: str
    question: str
    answer: str
    path: str
    quote: str


def propose(corpus: Corpus, *, most: int, seed: int = 0) -> list[GoldItem]:
    """Up to ``most`` items, drawn by the seed, in the order of the documents."""
    found = [
        one
        for path in sorted(corpus.paragraphs)
        for paragraph in corpus.paragraphs[path]
        for sentence in usable_sentences(paragraph)
        for one in _questions(path, sentence)
    ]
    times = Counter((one.kind, one.key) for one in found)
    only = [one for one in found if times[one.kind, one.key] == 1]
    whole = {path: collapse(text) for path, text in corpus.texts.items()}
    only = [one for one in only if whole[one.path].count(collapse(one.quote)) == 1]
    drawn = sorted(random.Random(seed).sample(range(len(only)), min(most, len(only))))
    return [_item(number, only[at]) for number, at in enumerate(drawn, 1)]


def usable_sentences(paragraph: Paragraph) -> Sequence[str]:
    """The sentences of a paragraph that say something whole."""
    texts = (collapse(sentence.text) for sentence in paragraph.sentences)
    return [
        text
        for text in texts
        if _SHORTEST <= len(text.split()) <= _LONGEST and text[-1:] in '.!?”"'
    ]


def _questions(path: str, sentence: str) -> Iterator[_Found]:
    years = _YEAR.findall(sentence)
    if len(years) == 1:
        [year] = years
        yield _Found("year", year, f"What happened in {year}?", sentence, path, sentence)
    for match in _COUNTED.finditer(sentence):
        number, things = match.groups()
        first, last = things.split()[0].lower(), things.split()[-1].lower()
        # "Section 58 of the Highways Act" counts no highways.
        if first not in _POINTING and last not in _TIME_UNITS and not _YEAR.fullmatch(number):
            asked = f"How many {things} are mentioned?"
            yield _Found("number", last, asked, number, path, sentence)
    for match in _ROLE.finditer(sentence):
        role, name = match.groups()
        # A bare title ("the minister") says too little of whom.
        if " " in role:
            asked = f"Who is the {role}?"
            yield _Found("person", role.lower(), asked, name, path, sentence)
    for match in _EXPLAINED.finditer(sentence):
        name, words = match.groups()
        yield _Found("what", name.lower(), f"What is {name}?", words, path, sentence)


def _item(number: int, found: _Found) -> GoldItem:
    return GoldItem(
        id=f"generated-{number:03}",
        question=found.question,
        answers=(found.answer,),
        evidence=(Evidence(found.path, found.quote),),
        answerable=True,
        tags=("generated", found.kind),
    )
