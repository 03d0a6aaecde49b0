"""Files of every format there is a reader for, read as ``sync`` reads them, with 100 citations."""

import random
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

from index.prepare import Prepared, prepare
from index.readers import suffixes
from index.scan import scan
from rag.types import Citation, Verdict
from tests.ui.fakes import FakeEngine, Script, answered, hit
from tests.ui.pdf import write_pdf

ASK_HUNDRED = "What do all documents say?"
CITATIONS = 100
_VOCABULARY = (
    "harbour storm pier breakwater council mayor repair granite pontoon insurer fund vote "
    "autumn winter boat mooring gate “quoted” naïve 2.4 million euros 14 March über 東京 emoji 🙂"
)
WORDS = _VOCABULARY.split()


def paragraphs(seed: int) -> list[str]:
    """Forty paragraphs of one to five sentences, some of them twice."""
    dice = random.Random(seed)

    def sentence() -> str:
        words = dice.choices(WORDS, k=dice.randint(4, 14))
        return " ".join(words).capitalize() + f" {dice.randint(1, 999)}."

    made = [" ".join(sentence() for _ in range(dice.randint(1, 5))) for _ in range(38)]
    return [*made, made[3], made[17]]


def _text(file: Path) -> None:
    file.write_text("\n\n".join(paragraphs(1)), encoding="utf-8")


def _markdown(file: Path) -> None:
    made = paragraphs(2)
    blocks = [f"## Part {n}\n\n{p}" if n % 5 == 0 else p for n, p in enumerate(made)]
    table = "| Pier | Cost |\n|---|---|\n| North | 2.4 million euros |\n| South | 0.9 million |"
    file.write_text("# Title\n\n" + "\n\n".join([*blocks, table]), encoding="utf-8")


def _html(file: Path) -> None:
    body = "".join(f"<h2>Part</h2><p>{escape(p)}</p>" for p in paragraphs(3))
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><title>T</title></head>'
        f"<body><main>{body}</main></body></html>"
    )
    file.write_text(page, encoding="utf-8")


def _docx(file: Path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs(4))
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )


def _pdf(file: Path) -> None:
    write_pdf(file, [p.encode("ascii", "ignore").decode() for p in paragraphs(5)])


MAKERS: dict[str, Callable[[Path], None]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}


def read_all(folder: Path) -> list[Prepared]:
    """A file of each format there is a reader for, written into ``folder`` and read."""
    for suffix in MAKERS.keys() & set(suffixes()):
        MAKERS[suffix](folder / f"made{suffix}")
    return [prepare(folder, found) for _, found in sorted(scan(folder).items())]


def citations(read: list[Prepared]) -> list[Citation]:
    """A hundred spans of sentences and of words, the same number in each document."""
    dice = random.Random(7)
    made: list[Citation] = []
    for n in range(CITATIONS):
        paragraph = dice.choice(read[n % len(read)].paragraphs)
        chosen = dice.choice(paragraph.sentences)
        start, end = chosen.start, chosen.end
        if n % 2:
            cuts = sorted(dice.sample(range(start, end + 1), 2))
            start, end = cuts[0], cuts[1]
        made.append(Citation(n + 1, paragraph, start, end))
    return made


def landing_engine(folder: Path) -> FakeEngine:
    """An engine over those documents whose one answer has all the citations."""
    read = read_all(folder)
    cited = citations(read)
    said: list[tuple[str, tuple[int, ...], Verdict]] = [
        (f"Claim {c.number}.", (c.number,), Verdict.SUPPORTED) for c in cited
    ]
    hits = tuple(hit(c.paragraph, c.number) for c in cited[:10])
    script = Script(hits, (), answered(ASK_HUNDRED, said, cited, hits))
    corpus = {document.document.path: list(document.paragraphs) for document in read}
    pages = {d.document.path: d.pages for d in read if d.pages}
    return FakeEngine(corpus, {ASK_HUNDRED: script}, drawn_pages=pages)
