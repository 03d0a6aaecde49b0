"""Corpus, model and notice -> the markup of the page's header."""

from collections.abc import Sequence

from index.types import Document, FileState
from ui.render import counted, inert

EXTRACTIVE = "extractive"


def header(corpus_label: str, documents: Sequence[Document], model_name: str, notice: str) -> str:
    """The header line, and the notice as a line below it when there is one."""
    good = [d for d in documents if d.state is FileState.INDEXED]
    bad = len(documents) - len(good)
    paragraphs = sum(d.paragraphs for d in good)
    counts = f"{counted(len(good), 'document')}, {counted(paragraphs, 'paragraph')}"
    return (
        '<div class="pc-bar"><div class="pc-brand">'
        '<span class="pc-logo" aria-hidden="true">¶</span><h1>Pincite</h1></div>'
        f'<div class="pc-corpus"><span class="pc-corpus-name">{inert(corpus_label)}</span>'
        f'<span class="pc-counts">{inert(counts)}</span></div>'
        f'<div class="pc-tools">{_model(model_name)}{_files_button(bad)}</div></div>'
        f"{_notice(notice)}"
    )


def _model(name: str) -> str:
    if name == EXTRACTIVE:
        return '<span class="pc-model" title="Answers are quoted">No language model</span>'
    return f'<span class="pc-model" title="Model in use">{inert(name)}</span>'


def _files_button(bad: int) -> str:
    kind = "pc-files pc-warn" if bad else "pc-files"
    label = f"{counted(bad, 'file')} not searchable" if bad else "Documents"
    return f'<button type="button" class="{kind}" data-pincite="files">{inert(label)}</button>'


def _notice(notice: str) -> str:
    return f'<div class="pc-banner" role="note">{inert(notice)}</div>' if notice else ""
