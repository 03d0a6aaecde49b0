"""Which files of the folder are left out, by patterns in the syntax of .gitignore.

They stand in the setting ``exclude`` and in ``.pinciteignore`` files, which count for their own
folder and those below it. As in git, the last pattern that fits decides, a deeper file outweighs
those above it, and nothing inside an excluded folder can be taken in again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec
from pathspec.pattern import RegexPattern
from pathspec.patterns.gitignore import GitIgnorePatternError

from index.errors import CorpusError, PinciteError, UsageError
from index.stars import TooManyStarsError, bounded

IGNORE_FILE = ".pinciteignore"
# The group of pathspec's expressions that holds the slash behind a folder.
_FOLDER = "ps_d"


@dataclass(frozen=True, slots=True)
class Exclusions:
    """The patterns that count in one folder, each set with the folder its paths start from."""

    levels: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    @classmethod
    def of_settings(cls, patterns: Sequence[str]) -> "Exclusions":
        """Raises ``UsageError`` naming a pattern that is none."""
        return cls().with_patterns("", patterns, "the setting exclude", UsageError)

    def inside(self, root: Path, folder: str) -> "Exclusions":
        """With those of the folder's own ``.pinciteignore``; ``folder`` is "" or ends in "/".

        Raises ``CorpusError`` when it cannot be read: what it excludes must not be indexed.
        """
        file = root / folder / IGNORE_FILE
        if not file.is_file():
            return self
        if not file.resolve().is_relative_to(root):
            raise CorpusError(f"{file} leads out of the folder; nothing was changed")
        try:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{file} cannot be read: {error}; nothing was changed") from error
        return self.with_patterns(folder, lines, str(file), CorpusError)

    def with_patterns(
        self, folder: str, patterns: Iterable[str], origin: str, error: type[PinciteError]
    ) -> "Exclusions":
        spec = GitIgnoreSpec(
            pattern
            for number, line in enumerate(patterns, start=1)
            for pattern in _compiled(line, f"{origin}, line {number}", error).patterns
        )
        return Exclusions((*self.levels, (folder, spec)))

    def excludes(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether the file or folder at this path, relative to the corpus root, is left out."""
        for folder, spec in reversed(self.levels):
            below = path[len(folder) :]
            for pattern in reversed(spec.patterns):
                assert isinstance(pattern, RegexPattern)  # as all of .gitignore are
                if pattern.include is not None and _fits(pattern, below, "/" * is_folder):
                    return pattern.include
        return False


def _fits(pattern: RegexPattern, path: str, slash: str) -> bool:
    """Whether a pattern fits the path itself, not merely a folder above it.

    Those were decided when they were met. ``GitIgnoreSpec`` weighs both and, unlike git, lets ``*``
    win over a later ``!a*`` for the folder ``a.d``.
    """
    line = str(pattern.pattern).strip()
    if "/" not in line.rstrip("/"):  # It is about names, wherever they are.
        return pattern.match_file(path.rpartition("/")[2] + slash) is not None
    if line.rstrip("/").endswith("/**"):  # All that lies inside a folder, not the folder.
        inside = line.lstrip("!").rstrip("/") == "/**" or pattern.match_file(path) is not None
        return inside and bool(slash or not line.endswith("/"))
    found = pattern.match_file(path + slash)
    if found is None:
        return False
    folder_end = found.match.end(_FOLDER) if _FOLDER in found.match.re.groupindex else -1
    return folder_end in (-1, len(path + slash))


def _compiled(line: str, place: str, error: type[PinciteError]) -> GitIgnoreSpec:
    try:
        spec = GitIgnoreSpec.from_lines([line])
        # A comment may have as many stars as it likes.
        is_pattern = any(pattern.include is not None for pattern in spec.patterns)
        return GitIgnoreSpec.from_lines([bounded(line)]) if is_pattern else spec
    except TooManyStarsError:
        raise error(f"{place}: {line!r} has too many '*': leave some of them out") from None
    except GitIgnorePatternError as wrong:
        raise error(f"{place}: {line!r} is no pattern as .gitignore has them") from wrong
