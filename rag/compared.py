"""What each of several documents says, where a question compares what they are about.

"Which extracts more water, pump A or pump B?" answered with the row of one manual passes for the
answer, and is half of it.
"""

import re
from collections.abc import Mapping, Sequence, Set

from index.types import file_name
from index.words import stems
from rag.extract import RankedSentence
from rag.match import Match, verbatim
from rag.sanitise import may_be_shown
from rag.tables.rows import cells

_COMPARES = re.compile(
    r"\b(?:or|than|versus|vs|both|differences?|differ|compare[sd]?|comparison|same)\b",
    re.IGNORECASE,
)


def compared_documents(question: str, named: Mapping[str, Set[str]]) -> list[str]:
    """Paths of those that it names, each by a word that the others have not, and compares.

    ``named``: the stems of the names of documents that it has words of, by path.
    """
    if not _COMPARES.search(question):
        return []
    asked = set(stems(question))
    others = {
        path: set[str]().union(*(words for other, words in named.items() if other != path))
        for path in named
    }
    own = [path for path in sorted(named) if asked & named[path] - others[path]]
    return own if len(own) > 1 else []


def of_the_others(
    question: str,
    checked: Sequence[tuple[str, Match]],
    ranked: Sequence[RankedSentence],
    compared: Sequence[str],
) -> list[tuple[str, Match]]:
    """The same row of the documents compared that an answer of one row does not cite."""
    spans = [span for _, match in checked for span in match.spans]
    rows = {_name(cells(span.paragraph, span.text)) for span in spans}
    cited = {span.paragraph.path for span in spans}
    if len(rows) != 1 or "" in rows or not cited & {*compared}:
        return []
    told = []
    for path in compared:
        if path in cited:
            continue
        for one in ranked:
            row = cells(one.paragraph, one.sentence.text)
            if one.paragraph.path == path and _name(row) in rows:
                text = f"{file_name(path)}: “{one.span.words}”"
                if may_be_shown(text, [one.span], question):
                    told.append((text, verbatim(one.span)))
                break
    return told


def _name(row: Sequence[tuple[str, str]]) -> str:
    return row[0][1] if row else ""
