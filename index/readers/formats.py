"""Which module reads which files. Modules are imported when their first file comes."""

from importlib import import_module
from pathlib import Path
from typing import cast

from index.readers.extracted import Extracted, UnreadableError
from index.types import FileState

_SUFFIXES = {
    "plain": ".txt .text",
    "markup": ".md .markdown",
    "restructured": ".rst",
    "tex": ".tex",
    "bibliography": ".bib",
    "subtitles": ".srt .vtt",
    "source": (
        ".py .js .mjs .ts .jsx .tsx .java .kt .c .h .cc .cpp .hpp .cs .go .rs .rb .php .pl .lua .r"
        " .swift .scala .sh .bash .ps1 .bat .sql .css .toml .yaml .yml .ini .cfg .conf .properties"
        " .xml .log"
    ),
    "web": ".html .htm .xhtml",
    "pdf": ".pdf",
    "word": ".docx",
    "opendocument": ".odt .ott .fodt",
    "rtf": ".rtf",
    "slides": ".pptx",
    "sheets": ".xlsx .xlsm",
    "separated": ".csv .tsv",
    "epub": ".epub",
    "mail": ".eml .mbox",
    "records": ".json .jsonl .ndjson",
}
READERS = {suffix: module for module, ends in _SUFFIXES.items() for suffix in ends.split()}
APART = frozenset(
    {
        "tex",
        "bibliography",
        "subtitles",
        "web",
        "pdf",
        "word",
        "opendocument",
        "rtf",
        "slides",
        "sheets",
        "separated",
        "epub",
        "mail",
        "records",
    }
)

_ARCHIVE = "an archive: unpack it, and put its files into the folder"
_REFUSED = {
    **dict.fromkeys(
        (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar"), _ARCHIVE
    ),
    **dict.fromkeys((".doc", ".dot"), "Word's old format: save it as .docx"),
    **dict.fromkeys((".xls", ".xlt"), "Excel's old format: save it as .xlsx"),
    **dict.fromkeys((".ppt", ".pps", ".pot"), "PowerPoint's old format: save it as .pptx"),
    **dict.fromkeys(
        (".docm", ".dotx", ".dotm"), "a Word file with macros or a template: save it as .docx"
    ),
    **dict.fromkeys((".xlsb", ".xltx", ".xltm"), "another kind of Excel file: save it as .xlsx"),
    **dict.fromkeys(
        (".pptm", ".ppsx", ".ppsm", ".potx"), "another kind of PowerPoint file: save it as .pptx"
    ),
    **dict.fromkeys((".ods", ".ots", ".fods"), "an OpenDocument sheet: save it as .xlsx"),
    **dict.fromkeys((".odp", ".otp", ".fodp"), "OpenDocument slides: save them as .pptx"),
    **dict.fromkeys((".pages", ".wpd", ".wps"), "another program's text: save it as .docx or PDF"),
    ".numbers": "another program's sheet: save it as .xlsx",
    ".msg": "an Outlook message: save it as .eml, .html or .txt",
    **dict.fromkeys(
        (".pst", ".ost"), "an Outlook mailbox: export it as .mbox or its messages as .eml"
    ),
    **dict.fromkeys((".mht", ".mhtml"), "a web page in one file: save it as .html"),
    **dict.fromkeys(
        (".mobi", ".azw", ".azw3", ".fb2"), "another kind of e-book: convert it to .epub"
    ),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"),
        "a picture: if it shows a text, run OCR over it and save it as PDF",
    ),
}


def suffixes() -> tuple[str, ...]:
    """The file name endings that are read, or refused with a better reason than none."""
    return (*READERS, *_REFUSED)


def readable() -> tuple[str, ...]:
    """The file name endings there is a reader for."""
    return tuple(READERS)


def verbatim(name: str) -> bool:
    """Whether the text of a file of this name is the file as it stands."""
    module = READERS.get(Path(name).suffix.lower())
    return module is not None and module not in APART


def kinds() -> str:
    """The kinds of files that are read, for people."""
    shown = (
        ".txt .md .html .pdf .docx .odt .rtf .pptx .xlsx .csv .epub .eml .mbox .json .jsonl .rst"
        " .tex .bib .srt .vtt"
    )
    return f"{', '.join(shown.split())} and source code"


def extract(suffix: str, content: bytes) -> Extracted:
    """The text of a file with this ending, read in this process."""
    if suffix in _REFUSED:
        raise UnreadableError(_REFUSED[suffix], FileState.SKIPPED)
    module = import_module(f"index.readers.{READERS[suffix]}")
    return cast(Extracted, module.extract(content))
