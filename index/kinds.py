"""Does a file hold what its ending says? Looked at before a stranger's file is taken in."""

from pathlib import Path

from index.readers import UnreadableError
from index.readers.encoding import decode

_ZIP = b"PK\x03\x04"
_LOOKED_AT_BYTES = 1024

_SIGNATURES = {
    ".pdf": b"%PDF-",
    ".docx": _ZIP,
    ".odt": _ZIP,
    ".ott": _ZIP,
    ".rtf": b"{\\rtf",
    ".pptx": _ZIP,
    ".xlsx": _ZIP,
    ".xlsm": _ZIP,
    ".epub": _ZIP,
}
"""What files of a format begin with; the endings not here are of text."""

_PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_WINDOWS_PROGRAM = b"MZ"


def problem_with(name: str, file: Path) -> str:
    """Why ``file`` is not what the ending of ``name`` says, or "" when it may be."""
    ending = Path(name).suffix.lower()
    with file.open("rb") as stream:
        start = stream.read(_LOOKED_AT_BYTES)
    if not start:
        return "it is empty"
    if ending in _SIGNATURES:
        # Programs that write PDF may put something before the mark.
        mark = _SIGNATURES[ending]
        holds = mark in start if ending == ".pdf" else start.startswith(mark)
        return "" if holds else f"its content is not that of a {ending} file"
    for kind, mark in _SIGNATURES.items():
        if start.startswith(mark):
            kind = "zip" if mark == _ZIP else kind.removeprefix(".")
            return f"its content is that of a {kind} file, not of a {ending} file"
    # Texts may begin with these two letters, but hold no NUL.
    windows = start.startswith(_WINDOWS_PROGRAM) and b"\0" in start
    if windows or start.startswith(_PROGRAMS):
        return f"its content is that of a program, not of a {ending} file"
    try:
        decode(file.read_bytes())
    except UnreadableError as error:
        return str(error)
    return ""
