import pytest

from rag.checking.leaning import with_what_it_leans_on
from rag.match import Span
from tests.rag.fakes import paragraph

CHARGE = "Charge it for 15 minutes."
RING = "If it does not come on then, hold the ring."


@pytest.mark.parametrize(
    ("sentences", "quoted"),
    [
        ((CHARGE, RING), f"{CHARGE} {RING}"),
        ((CHARGE, "Otherwise hold the ring."), f"{CHARGE} Otherwise hold the ring."),
        ((CHARGE, "In that case hold it."), f"{CHARGE} In that case hold it."),
        (("--level N: from 0 to 19.", "--level N: from 0 to 19.", "Default: 3."), None),
        (
            (CHARGE, "If the display is dark, hold the ring."),
            "If the display is dark, hold the ring.",
        ),
        ((CHARGE, "When it is dark the lamp is on."), "When it is dark the lamp is on."),
        (("The Huguenots left.", "When they came, they built."), "When they came, they built."),
        (("Lee leads.", "Before this vote, El led."), "Before this vote, El led."),
        pytest.param((RING,), RING, id="nothing before it"),
        pytest.param(("Charge it " + "slowly " * 60, RING), RING, id="too long"),
    ],
)
def test_what_refers_to_the_sentence_before_is_quoted_with_it(
    sentences: tuple[str, ...], quoted: str | None
) -> None:
    told = paragraph(*sentences)
    sentence = told.sentences[min(1, len(sentences) - 1)]
    whole = with_what_it_leans_on(Span(told, sentence.start, sentence.end))
    assert whole.words == (quoted or "--level N: from 0 to 19. Default: 3.")
