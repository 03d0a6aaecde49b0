"""``search``, ``list``, ``show`` and ``status``: what is in the index, and where."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from index.catalog import Catalog
from index.database import Database
from index.errors import UsageError
from index.model_folder import find_reader, find_reranker
from index.model_specs import MODELS
from index.scan import in_utf8
from index.types import Document
from rag.settings import NO_LLM, NO_READER
from ui.cli.filters import AFTER, BEFORE, PATH
from ui.cli.output import JSON, note, print_json, say, settings
from ui.cli.shown import name, one_line

CATALOG_FILE = "catalog.sqlite3"


def register(app: typer.Typer) -> None:
    app.command()(search)
    app.command(name="list")(list_documents)
    app.command()(show)
    app.command()(status)


def search(
    query: str,
    top: int = typer.Option(10, "--top", min=1, max=100, help="How many paragraphs."),
    path: list[str] = PATH,
    after: str = AFTER,
    before: str = BEFORE,
    as_json: bool = JSON,
) -> None:
    """Find paragraphs without asking the model."""
    from index.filters import Filter
    from rag.build import open_index
    from rag.build_readers import reranker_problem
    from rag.question import check_question
    from rag.serialise import hit_to_dict

    check_question(query)
    where = Filter(tuple(path), after, before)
    # The reader takes longer than all the rest, and this shows paragraphs, not answers.
    chosen = settings(reader=NO_READER)
    store, searcher = open_index(chosen, one_shot=True)
    if unranked := reranker_problem(chosen):
        note(unranked)
    try:
        hits = searcher.search(query, top, where)
    finally:
        store.close()
    if as_json:
        print_json([hit_to_dict(hit) for hit in hits])
        return
    if not hits:
        note("No paragraph was found" + (" where the filters look." if where != Filter() else "."))
    for hit in hits:
        best = one_line(hit.paragraph.sentences[hit.best_sentence].text)
        place = f"{name(hit.paragraph.path)}, paragraph {hit.paragraph.ordinal}"
        say(f"{hit.rank:2}. {place}  ({hit.score:.2f})\n    {best}")


def list_documents(as_json: bool = JSON) -> None:
    """Every file of the folder and what became of it."""
    documents = _catalog().documents()
    if as_json:
        print_json([asdict(document) for document in documents])
        return
    for document in documents:
        count = f"{document.paragraphs:5} paragraphs"
        say(f"{document.state:13} {count}  {name(document.path)}{_about(document)}")


def _about(document: Document) -> str:
    """Title, date, pages with text and reason, as far as there is something to say."""
    title = document.title if document.title != Path(document.path).name else ""
    pages = document.pages and f"{document.pages_with_text} of {document.pages} pages have text"
    parts = [part for part in (title, document.date, pages) if part]
    reason = f"  ({document.reason})" if document.reason else ""
    return name(("  " + ", ".join(parts) if parts else "") + reason)


def show(
    identity: str = typer.Argument(metavar="ID", help="A paragraph's id, or a document's path."),
    as_json: bool = JSON,
) -> None:
    """Print a paragraph by its id, or a document's paragraphs by its path."""
    catalog = _catalog()
    identity = in_utf8(identity)
    found = list(catalog.paragraphs_by_id([identity]).values()) or catalog.paragraphs(identity)
    if not found:
        for document in catalog.documents([identity]):
            raise UsageError(
                f"{identity} has no paragraphs to show: {document.reason or document.state}"
            )
        raise UsageError(
            f'{identity} is neither a paragraph nor a document: "pincite list" shows the'
            " documents, and a document's path its paragraphs"
        )
    if as_json:
        print_json([asdict(paragraph) for paragraph in found])
        return
    for paragraph in found:
        headings = name(" / ".join(paragraph.heading_path))
        say(
            f"[{name(paragraph.id)}] paragraph {paragraph.ordinal},"
            f" characters {paragraph.start}-{paragraph.end}"
            f"{f', under {headings}' if headings else ''}\n{paragraph.text}\n"
        )


def status(as_json: bool = JSON) -> None:
    """What is indexed, with which model, and which models are on this machine."""
    chosen = settings()
    file = chosen.state / CATALOG_FILE
    catalog = Catalog(Database.open(file)) if file.exists() else None
    documents = catalog.documents() if catalog else []
    states = Counter(str(document.state) for document in documents)
    found: dict[str, Any] = {
        "state": str(chosen.state.resolve()),
        "corpus": str((chosen.state.resolve() / catalog.get("corpus")).resolve())
        if catalog and catalog.get("corpus")
        else None,
        "files": dict(states),
        "searchable": sum(document.searchable for document in documents),
        "paragraphs": sum(document.paragraphs for document in documents),
        "fingerprint": catalog.get("fingerprint") if catalog else None,
        "synced": catalog is not None and catalog.get("synced") == "yes",
        "embedder": {
            "name": chosen.embedder,
            "here": find_reader(chosen.embedder) is not None,
        },
        "reader": {
            "name": chosen.close_reader or None,
            "here": find_reader(chosen.close_reader) is not None,
        },
        "reranker": {
            "name": chosen.reranker or None,
            "here": find_reranker(chosen.reranker) is not None,
        },
        "llm": {
            "name": chosen.llm,
            "server": chosen.server_shown or None,
            "here": _llm_is_here(chosen.llm),
        },
    }
    if as_json:
        print_json(found)
        return
    if catalog is None:
        say(f'no index in {chosen.state}: run "pincite sync"')
    else:
        counts = ", ".join(f"{count} {state}" for state, count in states.items()) or "no files"
        synced = "" if found["synced"] else '; a sync was cut off: run "pincite sync"'
        say(f"{name(str(found['corpus']))}: {counts}, {found['paragraphs']} paragraphs{synced}")
        if unread := len(documents) - found["searchable"]:
            say(f'{unread} files hold nothing that can be searched: "pincite list" says why')
    say(f"embedder: {chosen.embedder}, {_here(found['embedder'])}")
    if chosen.llm_base_url:
        say(f"model: {chosen.llm} at {chosen.server_shown}")
    else:
        own = "" if chosen.llm in MODELS else ", or set llm_base_url if it is a server's"
        here = _here(found["llm"]) + ("" if found["llm"]["here"] else own)
        say(f"model: {chosen.llm}" + ("" if chosen.llm == NO_LLM else f", {here}"))
    for role, model, without in (
        ("reader", chosen.close_reader, "the embedder reads in its place"),
        ("reranker", chosen.reranker, "search goes on without it"),
    ):
        if model:
            say(f"{role}: {model}, {'here' if found[role]['here'] else f'not here, {without}'}")


def _llm_is_here(model: str) -> bool:
    """A pulled model, or a file of the user's own; ``none`` asks for nothing."""
    from index.weights import find

    return model == NO_LLM or find(model) is not None or Path(model).is_file()


def _here(model: Mapping[str, Any]) -> str:
    """Whether a model that is needed is on this machine, and what mends it where it is not."""
    if model["here"]:
        return "here"
    if model["name"] in MODELS:
        return 'not pulled (run "pincite models pull")'
    return "not here: correct the setting, or fetch it"


def _catalog() -> Catalog:
    return Catalog(Database.open(settings().state / CATALOG_FILE))
