"""Coordinates of the report's three drawings; the template turns them into SVG.

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
    """How many values (milliseconds) fall into each of ``bins`` equal steps from 0 to the most."""
    if not values_ms:
        return []
    step = max(max(values_ms), 1.0) / bins
    counts = [0] * bins
    for value in values_ms:
        counts[min(int(value / step), bins - 1)] += 1
    return [
        Bar(
            *_box(number, bins, count / max(counts)),
            label=_seconds(step * (number + 1)),
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


def _box(number: int, count: int, share: float) -> tuple[float, float, float, float]:
    pitch = _PLOT_WIDTH / count
    y = share_y(share)
    return LEFT + (number + 0.15) * pitch, y, 0.7 * pitch, HEIGHT - BOTTOM - y


def _seconds(value_ms: float) -> str:
    seconds = value_ms / 1000
    return f"{seconds:.2g}" if seconds < 10 else f"{seconds:.0f}"
