import hashlib
import os
from pathlib import Path

from index.plan import Plan, make_plan
from index.scan import scan


def stamps(folder: Path) -> dict[str, tuple[int, int, str]]:
    """As the catalog has them after a sync; content hashes left out."""
    return {f.path: (f.size_bytes, f.mtime_ns, "") for f in scan(folder).values()}


def test_a_plan_names_what_is_new_changed_gone_and_counts_the_rest(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text("One.")
    known = stamps(folder) | {"gone.txt": (4, 0, "")}
    (folder / "b.txt").write_text("Other.")
    (folder / "new.txt").write_text("One.")
    plan = make_plan(folder, scan(folder), known)
    assert [f.path for f in plan.added] == ["new.txt"]
    assert [f.path for f in plan.changed] == ["b.txt"]
    assert plan.removed == ("gone.txt",)
    assert plan.unchanged == 2
    assert [f.path for f in plan.to_read] == ["new.txt", "b.txt"]
    assert plan.lines() == ["~ b.txt", "- gone.txt", "+ new.txt", "+1 ~1 -1 =2"]


def test_a_touched_file_is_compared_by_content(folder: Path) -> None:
    (folder / "a.txt").write_text("One.")
    one, two = (hashlib.sha256(content).hexdigest() for content in (b"One.", b"Two."))
    plan = make_plan(folder, scan(folder), {"a.txt": (4, 0, two)})
    assert [f.path for f in plan.changed] == ["a.txt"]
    plan = make_plan(folder, scan(folder), {"a.txt": (4, 0, one)})
    assert (plan.changed, plan.unchanged) == ((), 1)
    assert [f.path for f in plan.touched] == ["a.txt"]


def test_a_file_that_is_refused_is_never_read_for_the_plan(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")  # reading it would wait for ever
    found = scan(folder)
    plan = make_plan(folder, found, {"a.txt": (found["a.txt"].size_bytes, 1, "")})
    assert [f.path for f in plan.changed] == ["a.txt"]


def test_a_plan_of_nothing_says_so() -> None:
    assert Plan().lines() == ["+0 ~0 -0 =0"]


def test_a_file_of_unreadable_name_is_known_the_next_time(folder: Path) -> None:
    os.close(os.open(os.fsencode(folder) + b"/caf\xe9.txt", os.O_CREAT))
    assert make_plan(folder, scan(folder), stamps(folder)) == Plan(unchanged=1)


def test_only_asked_to_does_a_plan_look_into_files_of_known_size_and_time(folder: Path) -> None:
    (folder / "a.txt").write_text("One.")
    found = scan(folder)
    (size_bytes, mtime_ns, _), other = stamps(folder)["a.txt"], "0" * 64
    known = {"a.txt": (size_bytes, mtime_ns, other)}
    assert make_plan(folder, found, known) == Plan(unchanged=1)
    plan = make_plan(folder, found, known, by_content=True)
    assert [file.path for file in plan.changed] == ["a.txt"]


def test_each_removed_file_is_renamed_to_one_added_file_at_most(folder: Path) -> None:
    for name in ("b.txt", "c.txt", "other.txt"):
        (folder / name).write_text("One." if name != "other.txt" else "Two.")
    sha256 = hashlib.sha256(b"One.").hexdigest()
    plan = make_plan(folder, scan(folder), {"a.txt": (4, 0, sha256)})
    assert plan.renamed == (("a.txt", "b.txt"),)
    assert plan.lines() == [
        "- a.txt",
        "+ b.txt",
        "+ c.txt",
        "+ other.txt",
        "> a.txt -> b.txt",
        "+3 ~0 -1 =0",
    ]
