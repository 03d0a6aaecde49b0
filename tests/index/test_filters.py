"""Search only what fits a path or a date: the same as searching all and leaving out the rest."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import UsageError
from index.filters import EVERYTHING, Filter, pattern_of
from index.search import CANDIDATES
from tests.index.corpora import Library

DATED = [
    ("a.md", ""),
    ("reports/b.txt", "2023"),
    ("reports/2024/c.txt", "2024-03"),
    ("d.txt", "2024-03-15"),
    ("old/reports/e.md", "2025-01-01"),
]


def fits(**parts: object) -> list[str]:
    return Filter(**parts).matching(DATED)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        ((), ["a.md", "reports/b.txt", "reports/2024/c.txt", "d.txt", "old/reports/e.md"]),
        (("*.md",), ["a.md", "old/reports/e.md"]),
        (("reports/",), ["reports/b.txt", "reports/2024/c.txt", "old/reports/e.md"]),
        (("/reports/",), ["reports/b.txt", "reports/2024/c.txt"]),
        (("reports/*.txt",), ["reports/b.txt"]),
        (("reports/**/*.txt", "d.*"), ["reports/b.txt", "reports/2024/c.txt", "d.txt"]),
        (("D.TXT",), []),
    ],
)
def test_a_path_fits_when_one_of_the_globs_does(
    globs: tuple[str, ...], expected: list[str]
) -> None:
    assert fits(path_globs=globs) == expected


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        ("2024", "", ["reports/2024/c.txt", "d.txt", "old/reports/e.md"]),
        ("2024-03-02", "", ["d.txt", "old/reports/e.md"]),
        ("", "2024", ["reports/b.txt"]),
        ("", "2024-03-15", ["reports/b.txt", "reports/2024/c.txt"]),
        ("2024", "2025", ["reports/2024/c.txt", "d.txt"]),
        ("2024-03-15", "2024-03-16", ["d.txt"]),
        ("2023", "2024-01", ["reports/b.txt"]),
        ("2026", "", []),
    ],
)
def test_a_date_fits_from_after_on_and_up_to_before(
    after: str, before: str, expected: list[str]
) -> None:
    assert fits(after=after, before=before) == expected


@pytest.mark.parametrize("text", ["24", "2024-13", "2024-02-30", "2024-1", "May", "0000", " 2024"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_what_is_no_date_is_named(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"{name}: '{text}' is no date: write YYYY"):
        Filter(**{name: text})


@pytest.mark.parametrize("glob", ["", " ", "#a", "!a", "!", "/"])
def test_what_is_no_pattern_is_named(glob: str) -> None:
    with pytest.raises(UsageError, match=f"path: '{glob}' is no pattern"):
        Filter((glob,))


@pytest.mark.parametrize("glob", ["*?" * 6 + "~", "*a*b*c*", "x*?*?/*?*?*", "**/a/" * 4 + "b"])
def test_a_pattern_that_fits_in_countless_ways_is_refused(glob: str) -> None:
    with pytest.raises(UsageError, match=r"too many '\*': leave some of them out"):
        Filter((glob,))


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("*" * 16 + "~", []),
        ("***.m**d", ["a.md", "old/reports/e.md"]),
        ("*e*p*r/**", []),
        ("*/*/*/*.txt", []),
        ("*/*/**.txt", ["reports/2024/c.txt"]),
        ("**/*e*t*/*.txt", ["reports/b.txt"]),
    ],
)
def test_stars_in_a_row_are_one_and_a_few_apart_are_taken(glob: str, expected: list[str]) -> None:
    assert fits(path_globs=(glob,)) == expected


def test_stars_that_are_taken_as_they_are_do_not_count() -> None:
    path = "a*b*c*d*e*f**g.md"
    assert Filter((pattern_of(path),)).matching([(path, ""), ("abcdefg.md", "")]) == [path]


AWKWARD = [
    "report [1].txt",
    "#notes.txt",
    "!x.md",
    "readme.md",
    "what?*.md",
    "back\\slash.txt",
    " led by a blank/a.md",
    "ends in a blank ",
    "line\nbreak.txt",
    "bell\x07.md",
    "turned\u202e.md",
    "{a}$^+.(b)|c",
    "Ärzte/[a-z]/#b.md",
]


@pytest.mark.parametrize("path", AWKWARD)
def test_the_pattern_of_a_path_fits_it_and_no_other(path: str) -> None:
    others = [f"sub/{path}", f"{path}x", "report 1.txt", "x.md", "Ärzte/a/#b.md"]
    listed = [(name, "") for name in [*AWKWARD, *others]]
    assert Filter((pattern_of(path),)).matching(listed) == [path]


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1), st.booleans())
def test_the_pattern_of_any_path_fits_it_and_can_be_shown_and_typed(name: str, deep: bool) -> None:
    path = f"sub/{name}" if deep else name
    pattern = pattern_of(path)
    assert Filter((pattern,)).matching([(path, "")]) == [path]
    assert pattern == pattern.strip()
    assert pattern.isprintable()


def test_a_filter_of_nothing_filters_nothing() -> None:
    assert not EVERYTHING
    assert all((Filter(("a",)), Filter(after="2024"), Filter(before="2024")))


WORDS = ["ships", "fish", "grain", "wool", "timber", "salt"]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" and ".join), max_size=4
)
PATHS = st.sampled_from(["a.txt", "b.txt", "c/a.txt", "c/d.txt", "c/e/f.txt"])
DATES = st.sampled_from(["", "2023", "2024-02", "2024-02-03", "2025-12-31"])
FILTERS = st.builds(
    Filter,
    st.sampled_from([(), ("c/",), ("a.txt",), ("b.txt", "e/"), ("none",)]),
    st.sampled_from(["", "2024", "2024-02-03"]),
    st.sampled_from(["", "2025", "2024-02-03"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=st.dictionaries(PATHS, st.tuples(DATES, TEXTS), min_size=1), where=FILTERS)
def test_searching_with_a_filter_equals_searching_all_and_leaving_out_the_rest(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: dict[str, tuple[str, list[str]]],
    where: Filter,
) -> None:
    home = tmp_path_factory.mktemp("filters")
    (home / "corpus").mkdir()
    library = Library(home / "corpus", home / "state")
    for path, (_, texts) in corpus.items():
        library.write(path, "\n\n".join(f"{text} are sold." for text in texts))
    library.sync()
    library.date({path: dated for path, (dated, _) in corpus.items()})
    allowed = set(where.matching((path, dated) for path, (dated, _) in corpus.items()))
    with library.opened() as store:
        searcher = library.searcher(store)
        everything = searcher.search("ships with salt", CANDIDATES)
        found = searcher.search("ships with salt", CANDIDATES, where)
        vector = library.embedder.query("ships with salt")
        exact = store.cache.nearest(vector, 1000)
        near = store.nearest(vector, 3, sorted(allowed))
    # So few paragraphs are all candidates: what is left out must be all that differs.
    expected = {hit.paragraph.id: hit for hit in everything if hit.paragraph.path in allowed}
    assert {hit.paragraph.id for hit in found} == set(expected)
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    for hit in found:
        assert hit.signals == expected[hit.paragraph.id].signals
    nearest = [id_ for id_ in exact if id_.split("#")[0] in allowed][:3]
    assert len(set(near)) == len(near)
    # Which of two equal paragraphs comes first is a matter of the last bit of their cosines.
    cosines = {id_: hit.signals["dense"] for id_, hit in expected.items()}
    assert [cosines[id_] for id_ in near] == pytest.approx(
        [cosines[id_] for id_ in nearest], abs=1e-5
    )


def test_what_a_filter_leaves_is_found_however_much_it_leaves_out(library: Library) -> None:
    library.write("many.txt", "\n\n".join(f"Ships carry timber {n}." for n in range(200)))
    library.write("one.txt", "Ships carry salt. Ships carry timber.\n\nWool is spun.")
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        found = searcher.search("Ships carry timber", 10, Filter(("one.txt",)))
        assert searcher.search("ships", 10, Filter(("none.txt",))) == ()
    assert [hit.paragraph.ordinal for hit in found] == [1, 2]
