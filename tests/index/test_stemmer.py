import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.stemmer import Stemmer

ENDINGS = ("al", "ally", "ing", "ed", "isation", "iveness", "fulness", "s", "ously")
WORDS = [
    f"{beginning}{ending}"
    for beginning in ("nation", "relation", "contin", "organis", "walk", "general")
    for ending in ENDINGS
]


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_threads_that_stem_at_once_get_the_stems_of_their_own_words() -> None:
    alone = {word: Stemmer("english")(word) for word in WORDS}
    shared = Stemmer("english")
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(lambda _: {word: shared(word) for word in WORDS}, range(200))
        assert all(found == alone for found in together)
