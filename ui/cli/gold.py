"""``eval gold``: check gold files, propose items, review drafts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from index.errors import UsageError
from rag.settings import NO_LLM
from ui.cli.output import JSON, note, notes, print_json, say, settings, tell
from ui.cli.progress import progress

if TYPE_CHECKING:
    from rag.document_engine import DocumentEngine

STALE = 1

app = typer.Typer(help="Gold questions.", no_args_is_help=True, rich_markup_mode=None)

GOLD = typer.Option(..., "--gold", help="Gold JSONL or CSV, SQuAD .json, or a BEIR folder.")
CORPUS = typer.Option(None, "--corpus", help="Folder of documents (default: the indexed one).")
DRAFTS = typer.Option(..., "--drafts", help="File of drafts.")


@contextmanager
def _engine(gold: Path, corpus: Path | None) -> "Iterator[DocumentEngine]":
    """An engine over what a gold file is about; says what was not read as documents."""
    from eval.workspace import open_engines

    told: list[str] = []
    with (
        progress(" files") as show,
        open_engines(settings(llm=NO_LLM), gold, corpus, progress=show, tell=told.append) as [
            engine
        ],
    ):
        notes(told)
        yield engine


@app.command()
def check(
    golds: list[Path] = typer.Option(
        ...,
        "--gold",
        help="Gold JSONL or CSV, SQuAD .json, or a BEIR folder; repeat it for splits.",
    ),
    corpus: Path | None = CORPUS,
    as_json: bool = JSON,
) -> None:
    """Check gold files: every problem at once, repeats, and leaks from one split into another."""
    from eval.gold.checks import set_problems
    from eval.gold.load import load_gold, read_items
    from eval.gold.problems import GoldError, Problem
    from eval.relevance import read_corpus

    problems: list[Problem] = []
    counts = []
    for gold in golds:
        with _engine(gold, corpus) as engine:
            try:
                items = load_gold(gold, read_corpus(engine)).items
            except GoldError as error:
                problems += error.problems
                continue
        answerable = sum(item.item.answerable for item in items)
        counts.append({"gold": str(gold), "items": len(items), "answerable": answerable})
    if not problems:
        problems = set_problems([placed for gold in golds for placed in read_items(gold)[0]])
    if problems:
        raise GoldError(problems)
    lines = [
        "{gold}: {items} items, {answerable} answerable, all right".format(**c) for c in counts
    ]
    tell(as_json, counts, *lines)


@app.command()
def stale(
    gold: Path = GOLD,
    corpus: Path | None = CORPUS,
    reviewed: bool = typer.Option(
        False, "--reviewed", help="Keep the documents' hashes: the items were looked at."
    ),
    as_json: bool = JSON,
) -> None:
    """List items whose source has changed; exit code 1 when there are any."""
    from eval.gold.load import read_items
    from eval.gold.problems import GoldError
    from eval.gold.stale import read_sources, stale_items, write_sources
    from eval.relevance import QuoteFinder, read_corpus

    items, problems = read_items(gold)
    if problems:
        raise GoldError(problems)
    with _engine(gold, corpus) as engine:
        finder = QuoteFinder(read_corpus(engine))
        hashes = {document.path: document.sha256 for document in engine.documents()}
    if reviewed:
        note(f"wrote {write_sources(gold, items, hashes)}")
    found = stale_items(items, finder, hashes, read_sources(gold))
    told = [
        {"id": one.placed.item.id, "place": one.placed.where, "reason": one.reason} for one in found
    ]
    tell(as_json, told, *(map(str, found) if found else [f"{gold}: none of {len(items)} is stale"]))
    if found:
        raise typer.Exit(STALE)


@app.command()
def add(
    question: str = typer.Argument(help="The question."),
    gold: Path = typer.Option(..., "--gold", help="The gold file the draft is for."),
    answers: list[str] = typer.Option([], "--answer", help="An accepted answer; repeat it."),
    quotes: list[str] = typer.Option([], "--quote", help="Words copied from PATH; repeat both."),
    paths: list[str] = typer.Option([], "--path", help="The document of the quote."),
    tags: list[str] = typer.Option([], "--tag", help="A tag; repeat it."),
    remark: str = typer.Option("", "--note", help="For whoever reviews it."),
    as_json: bool = JSON,
) -> None:
    """Draft an item; without answers it is one that should be refused."""
    from eval.gold.drafts import add_drafts, drafts_file, new_draft
    from eval.gold.items import Evidence, GoldItem
    from eval.gold.jsonl import contradictions
    from eval.gold.names import item_id
    from eval.gold.own_file import check_takes_items

    check_takes_items(gold)
    try:
        "".join([question, *answers, *quotes, *paths, *tags, remark]).encode()
    except UnicodeEncodeError as error:
        raise UsageError("the item has characters that are not UTF-8: type them anew") from error
    if len(quotes) != len(paths):
        raise UsageError("each --quote needs its --path")
    evidence = tuple(Evidence(*pair) for pair in zip(paths, quotes, strict=True))
    item = GoldItem(
        item_id(question), question, tuple(answers), evidence, bool(answers), (), tuple(tags)
    )
    for reason in contradictions(item):
        raise UsageError(reason)
    file = drafts_file(gold)
    [kept] = add_drafts(file, [new_draft(item, "added", remark)], gold)
    tell(as_json, {"drafts": str(file), "id": kept.item.id}, f"{file}: {kept.item.id}")


@app.command()
def generate(
    gold: Path = typer.Option(..., "--gold", help="The gold file the drafts are for."),
    corpus: Path | None = CORPUS,
    most: int = typer.Option(20, "--most", min=1, help="Most items to propose."),
    seed: int = typer.Option(0, "--seed", help="Which ones."),
    llm: bool = typer.Option(False, "--llm", help="With the model of the settings."),
    as_json: bool = JSON,
) -> None:
    """Propose items from the documents, as drafts for a person to review."""
    from eval.gold.drafts import add_drafts, drafts_file
    from eval.gold.own_file import check_takes_items
    from eval.gold.proposals import proposals

    check_takes_items(gold)
    told: list[str] = []
    with progress(" items") as show:
        drafts = proposals(
            settings(),
            gold,
            corpus,
            most=most,
            seed=seed,
            with_model=llm,
            progress=show,
            tell=told.append,
        )
    notes(told)
    file = drafts_file(gold)
    ids = [kept.item.id for kept in add_drafts(file, drafts, gold)]
    tell(as_json, {"drafts": str(file), "ids": ids}, f"{file}: {len(drafts)} drafts to review")


@app.command()
def drafts(file: Path = DRAFTS, as_json: bool = JSON) -> None:
    """List drafts."""
    from eval.gold.drafts import read_drafts
    from eval.gold.jsonl import item_to_dict
    from eval.table import printable

    if not file.exists():
        raise UsageError(
            f"{file}: there is no such file; eval gold add and generate make one beside the gold"
            " file, and name it"
        )
    found = read_drafts(file)
    if as_json:
        print_json([{**item_to_dict(one.item), "origin": one.origin} for one in found])
        return
    for one in found:
        answers = " | ".join(one.item.answers) or "none"
        say(printable(f"{one.item.id}  [{one.origin}]  {one.item.question}  {answers}"))


@app.command()
def accept(
    ids: list[str] = typer.Argument(help="Ids of the drafts."),
    file: Path = DRAFTS,
    gold: Path = typer.Option(..., "--gold", help="The gold file they go into."),
    corpus: Path | None = CORPUS,
    as_json: bool = JSON,
) -> None:
    """Move reviewed drafts into the gold file, if all of them are sound."""
    from eval.gold.drafts import accept_drafts
    from eval.gold.own_file import check_takes_items
    from eval.relevance import QuoteFinder, read_corpus
    from eval.workspace import open_corpus_engine

    check_takes_items(gold)
    told: list[str] = []
    with (
        progress(" files") as show,
        open_corpus_engine(
            settings(llm=NO_LLM), gold, corpus, progress=show, tell=told.append
        ) as engine,
    ):
        finder = QuoteFinder(read_corpus(engine))
    notes(told)
    taken = [item.id for item in accept_drafts(file, ids, gold, finder)]
    tell(as_json, {"gold": str(gold), "ids": taken}, *(f"{gold}: {id_}" for id_ in taken))


@app.command()
def drop(
    ids: list[str] = typer.Argument(help="Ids of the drafts."),
    file: Path = DRAFTS,
    as_json: bool = JSON,
) -> None:
    """Forget drafts."""
    from eval.gold.drafts import drop_drafts

    gone = [draft.item.id for draft in drop_drafts(file, ids)]
    tell(as_json, {"dropped": gone}, *(f"dropped {id_}" for id_ in gone))


@app.command()
def hide(
    out: Path = typer.Option(..., "--out", help="Folder for the new corpus and gold file."),
    gold: Path = GOLD,
    corpus: Path | None = CORPUS,
    share: float = typer.Option(0.5, "--share", min=0.0, max=1.0, help="Of items to hide."),
    seed: int = typer.Option(0, "--seed", help="Which items."),
    as_json: bool = JSON,
) -> None:
    """Make near misses: cut the evidence of some items out of a copy of the documents."""
    from eval.gold.hide import hide_evidence, write_hidden
    from eval.gold.load import load_gold
    from eval.relevance import read_corpus

    with _engine(gold, corpus) as engine:
        documents = read_corpus(engine)
        hidden = hide_evidence(load_gold(gold, documents).items, documents, share=share, seed=seed)
    write_hidden(hidden, out)
    answerable = sum(item.answerable for item in hidden.items)
    tell(
        as_json,
        {"out": str(out), "items": len(hidden.items), "answerable": answerable},
        f"{out}: {len(hidden.items)} items, {answerable} answerable",
    )
