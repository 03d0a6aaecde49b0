"""Coordinates of the report's drawings; the template turns them into SVG.

Units are pixels of the drawing, y growing downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 420, 200
LEFT, BOTTOM, TOP = 40, 30, 16

_PLOT_WIDTH = WIDTH - LEFT - 10
_PLOT_HEIGHT = HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar; ``low`` and ``high`` are the ends of its interval, None without one."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    low: float | None = None
    high: float | None = None

    @property
    def middle(self) -> float:
        """The x of the bar's middle."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class BarInput:
    """A value from 0 to 1 with the ends of its interval."""

    label: str
    value: float
    low: float | None
    high: float | None


def share_bars(inputs: Sequence[BarInput]) -> list[Bar]:
    """Bars of shares on a scale from 0 to 1."""
    return [
        Bar(
            *_box(number, len(inputs), entry.value),
            label=entry.label,
            value=f"{entry.value:.3f}",
            low=None if entry.low is None else share_y(entry.low),
            high=None if entry.high is None else share_y(entry.high),
        )
        for number, entry in enumerate(inputs)
    ]


def histogram(values_ms: Sequence[float], bins: int = 8) -> list[Bar]:
    """How many values (milliseconds) fall into each of ``bins`` equal steps from 0 to the most.

    A few far beyond the others (a model being loaded, say) share the last bar, labelled "more".
    """
    if not values_ms:
        return []
    most = max(values_ms)
    usual = sorted(values_ms)[int(0.98 * (len(values_ms) - 1))]
    far = most > 2 * usual
    steps = bins - 1 if far else bins
    step = max(usual if far else most, 1.0) / steps
    counts = [0] * bins
    for value in values_ms:
        beyond = far and value > usual
        counts[bins - 1 if beyond else min(int(value / step), steps - 1)] += 1
    labels = [_seconds(step * (number + 1)) for number in range(steps)] + ["more"] * far
    return [
        Bar(
            *_box(number, bins, count / max(counts)),
            label=labels[number],
            value=str(count) if count else "",
        )
        for number, count in enumerate(counts)
    ]


def curve(points: Sequence[tuple[float, float]]) -> str:
    """The ``points`` of an SVG polyline through pairs of shares, x to the right, y upwards."""
    return " ".join(f"{share_x(x):.1f},{share_y(y):.1f}" for x, y in points)


def share_x(share: float) -> float:
    """The x of a share from 0 to 1."""
    return LEFT + share * _PLOT_WIDTH


def share_y(share: float) -> float:
    """The y of a share from 0 to 1."""
    return TOP + (1 - share) * _PLOT_HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """A bar lying on its side, with its label to the left."""

    y: float
    width: float
    label: str
    value: str
    low: float | None
    high: float | None


ROW_HEIGHT, ROW_LEFT = 22, 150
_ROW_WIDTH = WIDTH - ROW_LEFT - 60
_LABEL_CHARACTERS = 22


def rows(inputs: Sequence[BarInput]) -> list[Row]:
    """Bars of shares on a scale from 0 to 1, one below the other."""
    return [
        Row(
            y=number * ROW_HEIGHT,
            width=entry.value * _ROW_WIDTH,
            label=_short(entry.label),
            value=f"{entry.value:.3f}",
            low=None if entry.low is None else ROW_LEFT + entry.low * _ROW_WIDTH,
            high=None if entry.high is None else ROW_LEFT + entry.high * _ROW_WIDTH,
        )
        for number, entry in enumerate(inputs)
    ]


def _short(label: str) -> str:
    fits = len(label) <= _LABEL_CHARACTERS
    return label if fits else label[: _LABEL_CHARACTERS - 1] + "…"


def _box(number: int, count: int, share: float) -> tuple[float, float, float, float]:
    pitch = _PLOT_WIDTH / count
    y = share_y(share)
    return LEFT + (number + 0.15) * pitch, y, 0.7 * pitch, HEIGHT - BOTTOM - y


def _seconds(value_ms: float) -> str:
    seconds = value_ms / 1000
    return f"{seconds:.2g}" if seconds < 10 else f"{seconds:.0f}"
