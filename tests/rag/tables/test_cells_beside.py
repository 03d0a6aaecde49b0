import pytest

from rag.mentions import Told
from rag.tables.cell_lookup import cell_asked
from rag.tables.cells_beside import properties_compared, told_beside
from tests.rag.fakes import paragraph


@pytest.mark.parametrize(
    ("question", "property_"),
    [
        ("Which is heavier, pump A or pump B?", "weight"),
        ("Is pump A quieter than pump B?", "noise level"),
        ("Which pump has the larger tank capacity, A or B?", "tank capacity"),
        ("difference in tank capacity between pump A and pump B", "tank capacity"),
        ("Compare the weight of pump A and pump B", "weight"),
        ("What is the weight of pump A?", ""),
        ("What is the difference between pump A and pump B?", ""),
    ],
)
def test_what_is_compared_is_called_as_tables_have_it(question: str, property_: str) -> None:
    assert next(iter(properties_compared(question)), "") == property_


def test_the_cell_of_each_document_is_told_with_its_name_or_none() -> None:
    cells = {
        path: cell_asked("weight", [paragraph("property | value", row, "Fuse | 3 A", path=path)])
        for path, row in (("pump_b.md", "Weight | 9 kg"), ("pump_a.md", "Weight | 7 kg"))
    }
    assert [text for text, _ in told_beside(cells).checked] == [
        "pump a: property: Weight; value: 7 kg",
        "pump b: property: Weight; value: 9 kg",
    ]
    assert told_beside({**cells, "pump c.md": Told(())}) == Told(())
