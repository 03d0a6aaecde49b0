"""Presentations as PowerPoint and LibreOffice write them."""

import io
from collections.abc import Callable

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.slide import Slide
from pptx.util import Inches

from tests.index.cutting import shown

PLACE = (Inches(1), Inches(2), Inches(4), Inches(2))
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    f' xmlns:dgm="{DIAGRAM}"'
)


def read_with(add: Callable[[Slide], None], slides: int = 1) -> list[tuple[str, str]]:
    """Place and text of slides to which ``add`` has added something."""
    presentation = Presentation()
    for _ in range(slides):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = "Cargo"
        add(slide)
    out = io.BytesIO()
    presentation.save(out)
    return [(place, text) for _, place, text in shown("a.pptx", out.getvalue())]


def test_a_chart_is_a_table_of_its_numbers() -> None:
    def add(slide: Slide) -> None:
        data = CategoryChartData()
        data.categories = ["2022", "2023"]
        data.add_series("Timber", (10.5, 0.1 + 0.2))
        data.add_series("Salt", (3, None))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *PLACE, data).chart
        chart.chart_title.text_frame.text = "In kt"

    assert read_with(add) == [
        ("slide 1", "In kt"),
        ("slide 1, rows 2-3", "| Timber | Salt\n2022 | 10.5 | 3\n2023 | 0.3"),
    ]


def test_the_boxes_of_a_diagram_are_a_list() -> None:
    def add(slide: Slide) -> None:
        points = "".join(
            f'<dgm:pt type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
            for kind, text in (("doc", ""), ("node", "Loading"), ("pres", "x"), ("node", "Sailing"))
        )
        data = f"<dgm:dataModel {NAMES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
        name = PackURI("/ppt/diagrams/data1.xml")
        part = Part(name, "application/xml", slide.part.package, data.encode())
        relation = slide.part.relate_to(part, f"{DIAGRAM}/data")
        frame = (
            f'<p:graphicFrame {NAMES}><p:nvGraphicFramePr><p:cNvPr id="9" name="d"/>'
            "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x='1' y='9'/>"
            f'<a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="{DIAGRAM}">'
            f'<dgm:relIds r:dm="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )
        slide.shapes._spTree.append(parse_xml(frame))

    assert read_with(add) == [("slide 1", "- Loading\n- Sailing")]


def test_a_cell_over_several_rows_is_told_with_each_of_them() -> None:
    def add(slide: Slide) -> None:
        table = slide.shapes.add_table(3, 2, *PLACE).table
        for i, row in enumerate([("Kind", "kt"), ("Wood", "5"), ("", "6")]):
            for j, text in enumerate(row):
                table.cell(i, j).text = text
        table.cell(1, 0).merge(table.cell(2, 0))

    assert read_with(add) == [("slide 1, rows 2-3", "Kind | kt\nWood | 5\nWood | 6")]


def test_what_stands_at_the_foot_of_slides_is_read_once_and_their_numbers_are_not() -> None:
    def add(slide: Slide) -> None:
        for i, (kind, text) in enumerate(
            (("ftr", "Draft"), ("dt", "5 March 2024"), ("sldNum", "7"))
        ):
            shape = (
                f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="{90 + i}" name="x"/><p:cNvSpPr/><p:nvPr>'
                f'<p:ph type="{kind}" idx="{20 + i}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
                f'<a:off x="{i}" y="9"/><a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody>'
                f"<a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
            )
            slide.shapes._spTree.append(parse_xml(shape))
        slide.shapes.add_textbox(*PLACE).text_frame.text = "Timber"

    texts = read_with(add, slides=2)
    assert texts == [
        ("slide 1", "Draft"),
        ("slide 1", "5 March 2024"),
        ("slide 1", "Timber"),
        ("slide 2", "Timber"),
    ]


def test_notes_are_read_also_where_a_program_does_not_mark_them() -> None:
    def add(slide: Slide) -> None:
        notes = slide.notes_slide
        for shape in list(notes.placeholders):
            shape._element.getparent().remove(shape._element)
        box = (
            f'<p:sp {NAMES}><p:nvSpPr><p:cNvPr id="5" name="n"/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>Mention Bergen.</a:t></a:r>"
            "</a:p></p:txBody></p:sp>"
        )
        notes.shapes._spTree.append(parse_xml(box))

    assert ("slide 1, notes", "Mention Bergen.") in read_with(add)
