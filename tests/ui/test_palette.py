"""Text and its background differ enough to be read, in light and in dark (WCAG AA: 4.5)."""

import re

import pytest

from ui.static_files import static

PAIRS = [
    ("ink", "page"), ("ink", "surface"), ("ink", "accent-soft"), ("ink", "sunken"),
    ("muted", "page"), ("muted", "surface"), ("muted", "accent-soft"),
    ("accent", "page"), ("accent", "surface"), ("accent", "accent-soft"),
    ("accent-ink", "accent"), ("page", "ink"), ("mark-ink", "mark"),
    ("warn", "page"), ("warn", "surface"), ("warn", "warn-soft"), ("bad", "page"),
    ("muted", "sunken"), ("good", "surface"), ("good", "sunken"), ("warn", "sunken"),
    ("bad", "surface"), ("bad", "sunken"),
]  # fmt: skip


def palette(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} {{(.*?)^}}", static("pincite.css"), re.M | re.S)
    assert block
    return dict(re.findall(r"--pc-([a-z-]+): #([0-9a-f]{6});", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert (luminance("ffffff") + 0.05) / (luminance("000000") + 0.05) == pytest.approx(21)


@pytest.mark.parametrize("selector", [":root", ".dark"])
@pytest.mark.parametrize("pair", PAIRS)
def test_text_can_be_read(selector: str, pair: tuple[str, str]) -> None:
    colours = palette(selector)
    light, dark = sorted((luminance(colours[name]) for name in pair), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
