"""What all pages share: their list, their header with the navigation, headings, empty states.

Returns markup; every value from outside goes through ``inert``, every sentence of ours through
``worded``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Document
from ui.listing import unread
from ui.messages import told
from ui.render import inert
from ui.worded import counting, element, labelled
from ui.words import phrase

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the app: its name and its path, which starts with a slash."""

    name: str
    path: str


CHAT = PageLink(phrase("Chat"), "/")
DOCUMENTS = PageLink(phrase("Documents"), "/documents")
EVALUATION = PageLink(phrase("Evaluation"), "/evaluation")
SETTINGS = PageLink(phrase("Settings"), "/settings")
ABOUT = PageLink(phrase("About"), "/about")
PAGES = (CHAT, DOCUMENTS, EVALUATION, SETTINGS, ABOUT)


def header(
    here: PageLink,
    corpus_label: str,
    documents: Sequence[Document],
    model_name: str,
    notice: str,
    *,
    unread_folder: bool = False,
) -> str:
    """Brand, navigation, corpus and model; below it the notice when there is one.

    ``unread_folder``: there are files in the folder, and none of them was read yet.
    """
    searchable = [d for d in documents if d.searchable]
    return (
        '<div class="pc-bar">'
        f'<a class="pc-brand" href="{CHAT.path}">'
        '<span class="pc-logo" aria-hidden="true">¶</span>Pincite</a>'
        f"{_navigation(here)}"
        f'<div class="pc-corpus"><span class="pc-corpus-name">{inert(corpus_label)}</span>'
        f"{_documents(len(searchable))}</div>"
        f"{_model(model_name)}"
        f"{_theme()}</div>"
        f"{_folder_note(documents, unread_folder)}{_banner(notice)}"
    )


def title(text: str, lead: str) -> str:
    """A page's heading with one line below it; both are keys of the catalogues."""
    heading, below = element("h1", "", text), element("p", 'class="pc-lead"', lead)
    return f'<div class="pc-page-head">{heading}{below}</div>'


def _documents(count: int) -> str:
    return counting("span", 'class="pc-counts"', "{count} document", "{count} documents", count)


def _navigation(here: PageLink) -> str:
    links = "".join(
        element("a", f'href="{page.path}"{_current(page is here)}', page.name) for page in PAGES
    )
    attributes = labelled('class="pc-nav-pages"', aria_label=phrase("Pages"))
    return f"<nav {attributes}>{links}</nav>"


def _theme() -> str:
    attributes = labelled(
        'type="button" class="pc-theme" data-pincite="theme"',
        aria_label=phrase("Change between light and dark"),
        title=phrase("Light or dark"),
    )
    return f'<button {attributes}><span aria-hidden="true">◐</span></button>'


def _current(is_here: bool) -> str:
    return ' aria-current="page"' if is_here else ""


def _model(name: str) -> str:
    if name == EXTRACTIVE:
        sentence, title = phrase("No language model"), phrase("Answers are quoted")
        return element("span", 'class="pc-model"', sentence, title=title)
    title = labelled('class="pc-model"', title=phrase("Model in use"))
    return f"<span {title}>{inert(name)}</span>"


def _folder_note(documents: Sequence[Document], unread_folder: bool) -> str:
    if not documents and unread_folder:
        text = element("span", "", phrase("The folder has not been read yet."))
        link = phrase("Have it read")
    elif not documents:
        text = element("span", "", phrase("There are no documents yet."))
        link = phrase("Add some")
    elif count := unread(documents):
        text = counting(
            "span", "", "{count} file could not be read.", "{count} files could not be read.", count
        )
        link = phrase("See which, and why")
    else:
        return ""
    leads = element("a", f'href="{DOCUMENTS.path}"', link)
    return f'<div class="pc-banner" role="note">{text} {leads}</div>'


def _banner(notice: str) -> str:
    return f'<div class="pc-banner" role="note">{inert(told(notice))}</div>' if notice else ""
