"""Tables without any rule: lines of cells under each other, whose columns white space parts."""

from index.readers.pdf.grids import aligned
from index.readers.pdf.layout import LEADERS, Column, PageLine, cells, table_row
from index.readers.pdf.stretch import OTHER_SIZE

_FEWEST_ROWS = 3
_FAR_ROWS = 3.0
"""Line heights from one row to the next."""

_LOOKED_BACK = 20
"""Rows in which another column may begin where a line does."""

_SAME_EDGE = 2.0


def with_unruled_tables(column: Column) -> Column:
    """A column with the rows of cells in it that nothing rules put under each other."""
    found: Column = []
    run: Column = []
    for i, line in enumerate(column):
        if run and not _goes_on(run, line, column[i + 1 : i + 2]):
            found += _aligned(run)
            run = []
        if run or (line.table is None and len(cells(line)) > 1):
            run.append(line)
        else:
            found.append(line)
    return found + _aligned(run)


def _goes_on(run: Column, line: PageLine, after: Column) -> bool:
    """Is this another row, the rest of one, or a name alone, before the other cells begin?"""
    far = line.bottom - run[-1].bottom > _FAR_ROWS * line.size
    other = abs(line.size - run[-1].size) > OTHER_SIZE * run[-1].size
    if line.table or far or other:
        return False
    if len(cells(line)) > 1:
        return True
    begin = [cell[0].x0 for row in run[-_LOOKED_BACK:] for cell in cells(row)[1:]]
    if any(abs(x - line.x0) <= _SAME_EDGE for x in begin):
        return True
    return any(len(cells(row)) > 1 for row in after) and line.x1 < min(begin, default=0.0)


def _aligned(run: Column) -> Column:
    leaders = sum(LEADERS.search(line.text) is not None for line in run)
    if len(run) < _FEWEST_ROWS or 2 * leaders >= len(run):
        return run
    table = aligned([word for line in run for word in line.words])
    return [table_row(run[0].page, table, row) for row in table.rows] if table else run
