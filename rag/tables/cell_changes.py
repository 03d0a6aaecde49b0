"""By how much a figure of a table changed from one year to another: both cells, and between them.

The two years name two columns of a row, or the tables of two documents; each cell is looked for by
itself, as if it alone was asked for.
"""

import re
from collections.abc import Sequence

from rag.match import Match
from rag.mentions import Told
from rag.tables.cell_lookup import by_column
from rag.tables.column_values import amounts
from rag.types import Verdict

_YEAR = r"(?:19|20)\d\d"
_CHANGED = (
    r"(?:chang|grow|grew|ris|rose|fall|fell|increas|decreas|drop|declin|improv|shr[aiu]nk|go|went"
    r"|differ)\w*(?: up| down)?"
)
_OVER = rf"(?:from|between) (?P<first>{_YEAR}) (?:to|and) (?P<second>{_YEAR})\W*"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:by )?how (?:much|many) (?:has|have|did|do|does) (?P<of>.+?) {_CHANGED} {_OVER}",
        rf"what (?:is|was) the (?:difference|change|increase|decrease|growth|rise|fall|drop)"
        rf" (?:in|of) (?P<of>.+?) {_OVER}",
        rf"how (?:much|many) (?:more|less|fewer|higher|lower) (?P<of>.+?) in (?P<first>{_YEAR})"
        rf" than in (?P<second>{_YEAR})\W*",
    )
)
_ASKING = re.compile(r"^(?:is|are|was|were|has|have|had|did|do|does) ", re.IGNORECASE)
"""With it the rest would ask whether something is so."""


def cells_of_change(question: str) -> tuple[str, ...]:
    """What would ask for each of the two cells; nothing for other questions."""
    found = next(filter(None, (form.fullmatch(question.strip()) for form in _FORMS)), None)
    if found is None or found["first"] == found["second"]:
        return ()
    of = by_column(f"how much {found['of']}") or _ASKING.sub("", found["of"])
    return tuple(f"{of} in {year}?" for year in sorted((found["first"], found["second"])))


def changed(cells: Sequence[Told]) -> Told:
    """Both cells and what lies between them; nothing where one is missing or they have no figures.

    Which way it went is left to the reader: a loss that grows falls.
    """
    if not all(len(told.checked) == 1 for told in cells):
        return Told(())
    checked = [told.checked[0] for told in cells]
    values = amounts([said.rpartition(": ")[2] for said, _ in checked])
    if values is None or None in values:
        return Told(())
    first, second = (value or 0.0 for value in values)
    said = f"The difference is {round(abs(second - first), 6):,.15g}."
    spans = tuple(span for _, match in checked for span in match.spans)
    computed = (said, Match(Verdict.SUPPORTED, tuple(dict.fromkeys(spans)), 1.0))
    return Told((*checked, computed), "Computed from two cells.")
