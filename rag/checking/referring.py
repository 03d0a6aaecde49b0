"""A name of the claim that its source only refers to: by a part of it, or as "he" or "its".

A model that tells one sentence of a paragraph puts the name in that an earlier one has.
"""

import re
from collections.abc import Sequence, Set

from index.types import Paragraph, Sentence
from index.words import content_stems, names, stems
from rag.checking.places import Kind, Token, tokens_of

_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)


def named_in_full(claim: str, source: str, paragraphs: Sequence[Paragraph]) -> set[str]:
    """The stems of names that the source has a part of, and the paragraphs elsewhere as a whole."""
    known = {word for p in paragraphs for word in names(p.text)}
    held = [t.parts for t in tokens_of(source, known) if t.kind is Kind.NAME]
    whole = [token.parts for p in paragraphs for token in _names(p.text)]
    return {
        part
        for token in _names(claim)
        if any(token.parts <= name for name in whole) and any(parts < token.parts for parts in held)
        for part in token.parts
    }


def referred_to(
    claim: str, lacking: Set[str], paragraph: Paragraph, sentence: Sentence
) -> Sentence | None:
    """The last sentence before ``sentence`` with a name that the claim has for its pronoun.

    That is, a name with words of ``lacking`` before the word that stands behind the pronoun.
    """
    referring = _behind_pronouns(sentence.text) - _behind_pronouns(claim)
    said = tokens_of(claim, names(claim) | lacking)
    for i, token in enumerate(said[:-1]):
        missing = token.parts & lacking
        if token.kind is Kind.NAME and missing and said[i + 1].stem in referring:
            earlier = [s for s in paragraph.sentences if s.ordinal < sentence.ordinal]
            having = [s for s in earlier if missing <= set(stems(s.text))]
            return having[-1] if having else None
    return None


def _behind_pronouns(text: str) -> set[str]:
    """The stem of the next word behind each pronoun that says something."""
    found = (content_stems(text[match.end() :])[:1] for match in _PRONOUN.finditer(text))
    return {word for words in found for word in words}


def _names(text: str) -> list[Token]:
    return [t for t in tokens_of(text, names(text)) if t.kind is Kind.NAME]
