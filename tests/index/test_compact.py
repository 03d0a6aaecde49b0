"""Compacting gives back room, and nothing that is in use."""

from index.compact import compact
from tests.index.corpora import Library
from tests.index.fakes import HashEmbedder


def test_room_of_what_was_deleted_is_given_back(library: Library) -> None:
    library.write("a.txt", "Ships carry timber.")
    texts = (f"Ship {n} sails on day {n}. It carries fish." for n in range(400))
    library.write("b.txt", "\n\n".join(texts))
    library.sync()
    (library.folder / "b.txt").unlink()
    library.sync()
    (library.state / "vectors-left").mkdir()
    before = library.contents()
    done = compact(library.state)
    # Each paragraph, its first sentence, and once the second, which they share.
    assert (done.vectors, done.directories) == (801, 1)
    assert done.after_bytes < done.before_bytes - 300_000
    assert library.contents() == before
    assert compact(library.state).vectors == 0
    assert library.sync().rebuilt == ""


def test_vectors_of_an_earlier_embedder_are_dropped(library: Library) -> None:
    library.write("a.txt", "Ships carry timber.")
    library.sync()
    library.embedder = HashEmbedder(fingerprint="other")
    library.sync()
    assert compact(library.state).vectors == 1
    library.embedder = HashEmbedder()
    assert library.sync().embedded == 1
