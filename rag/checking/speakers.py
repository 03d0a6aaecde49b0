"""Who says a thing has not done it: "Lee: The bridge was inspected by Holt" is of Holt alone."""

import re
from collections.abc import Sequence

from index.turns import SPEAKER
from index.words import stems

_OF_THEMSELVES = re.compile(
    r"\bI\b|\b(?:we|my|our|me|us|mine|ours|ich|wir|mich|uns|mein\w*|unser\w*|je|j['’]\w+|nous|mon|ma|mes"
    r"|notre|nos|yo|nosotros|mi|mis|nuestr\w+)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tell?s?|told|testif\w+|stat(?:es?|ed)|according|expla\w+|claim\w*|argu\w+"
    r"|recall\w*|ask\w*|report\w*|not(?:es?|ed)|add(?:s|ed)|answer\w*|repl\w+|think\w*|thought|believ\w+"
    r"|describ\w+|mention\w*|agree\w*|confirm\w*|den(?:y|ies|ied))\b",
    re.IGNORECASE,
)


def credits_the_speaker(claim: str, sources: Sequence[str]) -> bool:
    """Does the claim make who says all of the sources do what they tell of others?

    Not where it tells that it was said, nor where the speaker tells of himself.
    """
    return (
        bool(sources) and not _SAYING.search(claim) and all(_only_says(claim, s) for s in sources)
    )


def _only_says(claim: str, source: str) -> bool:
    speaker = SPEAKER.match(source)
    if speaker is None:
        return False
    said = source[speaker.end() :]
    who = {*stems(speaker[1])}
    own = who & {*stems(said)} or _OF_THEMSELVES.search(said)
    return bool(who & {*stems(claim)}) and not own
