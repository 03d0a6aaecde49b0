"""Which language's rules say where the sentences of a text end, told by its little words.

"Am 12. Februar" goes on after its full stop in German, "It was 12. February came" does not in
English. A detector of languages would take longer to load than all else takes to start, and a
wrong guess costs little here: an abbreviation of the other language parts a sentence.
"""

from collections.abc import Mapping

from index.words import WORD

ENGLISH = "en"

_LITTLE_TEXT = {
    ENGLISH: (
        "the of and to was were are that for with from which by this have has had it he she his her"
        " their they been not but or its who when can will would"
    ),
    "de": (
        "der die das und ist nicht ein eine einen einer von mit auf den dem im für zu sich des wird"
        " wurde werden sind auch als bei nach über am vom zum zur oder dass sie hat"
    ),
    "fr": (
        "le la les des une est et dans sur pas du au aux qui que il elle sont été par ce cette pour"
        " avec plus ou ne se sa son ses leur"
    ),
    "es": (
        "el la los las del y es una que en por para con se su como más fue al lo sus ha no pero son"
        " esta este entre"
    ),
    "it": (
        "il lo la gli le di che è una nel della per con sono del alla più dei delle non si come da"
        " dal al ha anche questo questa"
    ),
    "pt": "o os as do da em uma não que para com dos das no na é foi mais ao por se um pelo pela",
    "nl": "het een en van de niet zijn dat op te voor met wordt werd door bij uit aan ook naar die",
}
_LITTLE: Mapping[str, frozenset[str]] = {
    language: frozenset(text.split()) for language, text in _LITTLE_TEXT.items()
}
_FEWEST = 3
_LOOKED_AT = 1000


def language_of(text: str) -> str:
    """The code of the language whose little words are most frequent, English in doubt."""
    words = [found.group().lower() for found in WORD.finditer(text[:_LOOKED_AT])]
    counts = {code: sum(word in little for word in words) for code, little in _LITTLE.items()}
    most = max(counts.values())
    best = [code for code, count in counts.items() if count == most]
    return best[0] if len(best) == 1 and most >= _FEWEST else ENGLISH
