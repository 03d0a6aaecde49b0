"""What is known of a model: its files, byte for byte, and the packages that carry them."""

from dataclasses import dataclass
from itertools import chain
from typing import Literal


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A run of a file's bytes: one member of one wheel (``requirement`` is "name==version")."""

    requirement: str
    member: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file; ``name`` is its path inside the model's folder and its repository on the Hub.

    ``parts``, joined in order, are exactly the file; none if no package is known to carry it.
    """

    name: str
    size_bytes: int
    sha256: str
    parts: tuple[PackagePart, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelArchive:
    """A zip archive, itself carried by packages, that holds a model's files in ``folder``."""

    file: ModelFile
    folder: str


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model and where its bytes are; ``files`` has the weights first.

    ``archive`` has the files that no package carries as they are.
    """

    name: str
    role: Literal["embedder", "llm"]
    licence: str
    files: tuple[ModelFile, ...]
    hub_repo: str | None = None
    hub_revision: str = "main"
    archive: ModelArchive | None = None

    @property
    def weights(self) -> ModelFile:
        """The file that holds the numbers; its hash tells this model from any other."""
        return self.files[0]

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)

    @property
    def packages(self) -> tuple[str, ...]:
        """The requirements that carry this model, each once, in the order they are needed."""
        carried = (*self.files, *([self.archive.file] if self.archive else []))
        parts = chain.from_iterable(file.parts for file in carried)
        return tuple(dict.fromkeys(part.requirement for part in parts))
