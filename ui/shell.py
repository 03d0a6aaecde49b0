"""What all pages share: their list, their header with the navigation, headings, empty states.

Returns markup; every value from outside goes through ``inert``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Document, FileState
from ui.listing import unread
from ui.render import counted, inert

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the app: its name and its path, which starts with a slash."""

    name: str
    path: str


CHAT = PageLink("Chat", "/")
DOCUMENTS = PageLink("Documents", "/documents")
EVALUATION = PageLink("Evaluation", "/evaluation")
SETTINGS = PageLink("Settings", "/settings")
ABOUT = PageLink("About", "/about")
PAGES = (CHAT, DOCUMENTS, EVALUATION, SETTINGS, ABOUT)


def header(
    here: PageLink,
    corpus_label: str,
    documents: Sequence[Document],
    model_name: str,
    notice: str,
) -> str:
    """Brand, navigation, corpus and model; below it the notice when there is one."""
    good = [d for d in documents if d.state is FileState.INDEXED]
    return (
        '<div class="pc-bar">'
        f'<a class="pc-brand" href="{CHAT.path}">'
        '<span class="pc-logo" aria-hidden="true">¶</span>Pincite</a>'
        f"{_navigation(here)}"
        f'<div class="pc-corpus"><span class="pc-corpus-name">{inert(corpus_label)}</span>'
        f'<span class="pc-counts">{inert(counted(len(good), "document"))}</span></div>'
        f"{_model(model_name)}"
        '<button type="button" class="pc-theme" data-pincite="theme" '
        'aria-label="Change between light and dark" title="Light or dark">'
        '<span aria-hidden="true">◐</span></button></div>'
        f"{_folder_note(documents)}{_banner(notice)}"
    )


def title(text: str, lead: str) -> str:
    """A page's heading with one line below it."""
    return (
        f'<div class="pc-page-head"><h1>{inert(text)}</h1>'
        f'<p class="pc-lead">{inert(lead)}</p></div>'
    )


def empty_state(text: str) -> str:
    """What to show, and what to do, where there is nothing yet."""
    return f'<div class="pc-empty-state">{inert(text)}</div>'


def _navigation(here: PageLink) -> str:
    links = "".join(
        f'<a href="{page.path}"{_current(page is here)}>{page.name}</a>' for page in PAGES
    )
    return f'<nav class="pc-nav-pages" aria-label="Pages">{links}</nav>'


def _current(is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _model(name: str) -> str:
    if name == EXTRACTIVE:
        return '<span class="pc-model" title="Answers are quoted">No language model</span>'
    return f'<span class="pc-model" title="Model in use">{inert(name)}</span>'


def _folder_note(documents: Sequence[Document]) -> str:
    if not documents:
        text, link = "There are no documents yet.", "Add some"
    elif count := unread(documents):
        text, link = f"{counted(count, 'file')} could not be read.", "See which, and why"
    else:
        return ""
    return f'<div class="pc-banner" role="note">{text} <a href="{DOCUMENTS.path}">{link}</a></div>'


def _banner(notice: str) -> str:
    return f'<div class="pc-banner" role="note">{inert(notice)}</div>' if notice else ""
