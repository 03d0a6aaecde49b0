"""Is a question English? Told by its script and its little words, without a model."""

import unicodedata

from index.words import WORD

_ENGLISH_TEXT = (
    "the of and to is was were are what which who whom whose when where why how did does do it its "
    "he she they that this these those with from by for at be been has have had not can could "
    "would should many much there you your we our about into than"
)
# German, French, Spanish, Italian, Portuguese and Dutch, without what English spells alike.
_OTHERS_TEXT = (
    "der das und ist nicht ein eine wer wann wie wo warum welche welcher wurde wird von mit "
    "auf den dem im zu für le la les des du une est et qui que quoi où quand comment "
    "pourquoi combien dans sur pas el los las del y es una qué quién cuándo dónde cómo cuál "
    "cuántos por para il lo gli di che chi quando dove come perché quanti nel della o os da "
    "em quem onde quantos não uma het een en wie wat waar hoe waarom welke van niet zijn"
)
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
_OTHERS = frozenset(_OTHERS_TEXT.split())
_FEWEST = 2


def looks_english(text: str) -> bool:
    """False only on good grounds: another script, or another language's little words."""
    letters = [c for c in text if c.isalpha()]
    latin = [c for c in letters if unicodedata.name(c, "").startswith("LATIN")]
    if len(latin) < len(letters) / 2:
        return False
    english, foreign = _little_words(text)
    return foreign < _FEWEST or foreign <= english


def is_english(text: str) -> bool:
    """True only on good grounds: more of its little words are English than another language's."""
    english, foreign = _little_words(text)
    return english > foreign


def _little_words(text: str) -> tuple[int, int]:
    """How many are English, and how many another language's."""
    words = [word.lower() for word in WORD.findall(text)]
    return sum(word in _ENGLISH for word in words), sum(word in _OTHERS for word in words)
