import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import charts


def test_bar_of_one_half_reaches_half_way() -> None:
    [bar] = charts.share_bars([charts.BarInput("5", 0.5, 0.25, None)])
    # 200 high, 16 above and 30 below: 154 for the share, half of it 77
    assert (bar.y, bar.height) == (16 + 77, 77)
    assert bar.low == 16 + 0.75 * 154
    assert bar.high is None


def test_curve_runs_from_left_to_right() -> None:
    # 420 wide, 40 left and 10 right: 370
    assert charts.curve([(0.0, 1.0), (1.0, 0.0)]) == "40.0,16.0 410.0,170.0"


def test_histogram_of_nothing_is_nothing() -> None:
    assert charts.histogram([]) == []


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_histogram_counts_every_value_inside_the_plot(values: list[float]) -> None:
    bars = charts.histogram(values)
    assert sum(int(bar.value or 0) for bar in bars) == len(values)
    assert all(charts.TOP <= bar.y <= charts.HEIGHT - charts.BOTTOM for bar in bars)


@pytest.mark.parametrize(
    ("most", "label"), [(120.0, "0.12"), (12.0, "0.012"), (4000.0, "4"), (250_000.0, "250")]
)
def test_histogram_labels_are_seconds(most: float, label: str) -> None:
    assert charts.histogram([most])[-1].label == label


def test_values_far_beyond_the_others_share_the_last_bar() -> None:
    bars = charts.histogram([10.0, 20.0, 70.0, 70.0, 9000.0], bins=8)
    # The usual ones go up to 70 in seven steps of 10.
    assert [bar.value for bar in bars] == ["", "1", "1", "", "", "", "2", "1"]
    assert bars[-1].label == "more"
