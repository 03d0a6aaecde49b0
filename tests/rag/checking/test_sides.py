import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.agree import disagrees
from rag.checking.sides import on_the_other_side
from tests.rag.checks import PROPERTY

FLIGHT = "Our flight was moved from 9:40 to 11:15."
ORDERS = "Orders fell from 1,240 to 980 in the first half."
SILICA = "Granite contains more silica than basalt and is therefore lighter."
IRON = "Copper conducts heat better than iron, but iron is cheaper and stronger."
PAYS = "The Supplier may leave at once if the Customer does not pay two invoices."


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The flight was moved to 9:40.", FLIGHT),
        ("Orders fell to 1,240 in the first half.", ORDERS),
        ("Orders fell from 980.", ORDERS),
        ("Basalt contains more silica than granite.", SILICA),
        ("Iron conducts heat better than copper.", IRON),
        ("The customer may leave at once if the supplier does not pay two invoices.", PAYS),
        ("If the supplier does not pay two invoices, the customer may leave at once.", PAYS),
    ],
)
def test_what_stands_on_the_other_side_disagrees(claim: str, source: str) -> None:
    assert on_the_other_side(claim, source)
    assert disagrees(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The flight was moved to 11:15 from 9:40.", FLIGHT),
        ("Orders fell to 980 in the first half.", ORDERS),
        ("Granite contains more silica than basalt.", SILICA),
        # With the contrary word the other way round is the same.
        ("Basalt contains less silica than granite.", SILICA),
        ("Iron is cheaper and stronger than copper.", IRON),
        ("If the customer does not pay two invoices, the supplier may leave at once.", PAYS),
        ("It closed to lorries in May.", "The bridge, 4 km from Elm, closed to lorries in May."),
        ("The notice is more than 30 days.", "More than 30 days of notice are needed."),
    ],
)
def test_the_same_sides_in_another_order_do_not(claim: str, source: str) -> None:
    assert not on_the_other_side(claim, source)


WORDS = ["from", "to", "Elm", "Alder", "9", "than", "more", "if", "larger", ",", "and", "pays"]


@PROPERTY
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_no_text_is_on_the_other_side_of_itself(text: str) -> None:
    assert not on_the_other_side(text, text)
