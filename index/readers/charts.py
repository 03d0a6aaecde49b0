"""The numbers of a chart and the words of a diagram (SmartArt) in an Office file.

They stand in parts of their own, and nowhere else in a document or presentation.
"""

from collections.abc import Iterator

from lxml import etree

from index.readers.archive import xml_root
from index.readers.builder import TextBuilder
from index.readers.tables import Row, add_table
from index.text_tables import rows_place

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_NAMES = {"c": CHART, "dgm": DIAGRAM, "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
_LAYOUT_POINTS = frozenset({"doc", "pres", "parTrans", "sibTrans"})
_MAX_POINTS = 10_000


def add_chart(builder: TextBuilder, content: bytes) -> None:
    """Add a chart's title and a table of its numbers: a column for each series."""
    title, rows = _rows(content)
    builder.prose(title)
    add_table(builder, enumerate(rows, start=1), rows_place)


def _rows(content: bytes) -> tuple[str, list[Row]]:
    """The title, and the numbers under the names of their series."""
    root = xml_root(content)
    title = " ".join(root.xpath("c:chart/c:title//a:t/text()", namespaces=_NAMES))
    series = root.findall(".//c:ser", _NAMES)
    columns = [_points(one, "c:val | c:yVal") for one in series]
    names = [" ".join(one.xpath("c:tx//c:v/text()", namespaces=_NAMES)) for one in series]
    labels: dict[int, str] = {}
    for one in series:
        labels |= _points(one, "c:cat | c:xVal")
    places = sorted({place for column in (labels, *columns) for place in column})
    rows: list[Row] = [
        [labels.get(place, ""), *(column.get(place, "") for column in columns)]
        for place in places[:_MAX_POINTS]
    ]
    return title, [["", *names], *rows] if any(names) else rows


def diagram_texts(content: bytes) -> Iterator[str]:
    """What its boxes say, in the order in which they were made."""
    for point in xml_root(content).iterfind("dgm:ptLst/dgm:pt", _NAMES):
        if point.get("type") not in _LAYOUT_POINTS:
            paragraphs = point.iterfind(".//a:p", _NAMES)
            texts = ("".join(p.itertext(f"{{{_NAMES['a']}}}t")) for p in paragraphs)
            if text := " ".join(filter(None, texts)):
                yield text


def _points(series: etree._Element, path: str) -> dict[int, str]:
    """Place -> what stands there; of labels on several levels the nearest to the numbers."""
    points: dict[int, str] = {}
    for side in series.xpath(path, namespaces=_NAMES):
        for point in side.iter(f"{{{CHART}}}pt"):
            place, text = point.get("idx", ""), point.findtext("c:v", "", _NAMES)
            if place.isdecimal() and len(place) < len(str(_MAX_POINTS)):
                points.setdefault(int(place), _rounded(text))
    return points


def _rounded(text: str) -> str:
    """A number with as many digits as Excel keeps: 0.30000000000000004 is 0.3 there."""
    try:
        return f"{float(text):.15g}" if "." in text else text
    except ValueError:
        return text
