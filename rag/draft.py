"""The model's raw reply -> sentences fit to be checked."""

import re

from sentencex import get_sentence_boundaries

from index.language import language_of

MAX_SENTENCES = 3

_LEAD = re.compile(r"^\s*(?:answer|a|response)\s*:\s*", re.IGNORECASE)
# Not within a word: 2**3 and __init__ are names and formulas.
_MARKDOWN = re.compile(
    r"(?<![A-Za-z0-9(])\*\*(?=\S)|(?<=\S)\*\*(?![A-Za-z0-9])|`|^#+\s*|(?<!\w)__(?P<words>\w[^_]*\s[^_]*)__(?!\w)",
    re.MULTILINE,
)
_MARKS = re.compile(r"\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def draft_sentences(reply: str, *, cut: bool = False) -> list[str]:
    """At most three sentences, without Markdown and without the model's own citation marks.

    A last sentence that was ``cut`` off is left out, unless it is all there is.
    """
    flat = " ".join(_MARKS.sub("", _MARKDOWN.sub(r"\g<words>", _LEAD.sub("", reply))).split())
    sentences = [b["text"].strip() for b in get_sentence_boundaries(language_of(flat), flat)]
    sentences = [s for s in sentences if any(c.isalnum() for c in s)]
    if cut and len(sentences) > 1 and not _END.search(sentences[-1]):
        sentences.pop()
    return sentences[:MAX_SENTENCES]
