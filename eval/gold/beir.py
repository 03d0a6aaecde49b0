"""A BEIR folder (Thakur et al. 2021) -> a corpus and items with evidence but without answers.

``corpus.jsonl`` has ``_id``, ``title``, ``text``; ``queries.jsonl`` has ``_id`` and ``text``;
``qrels/*.tsv`` has query id, document id and a score, where any score above 0 counts as relevant.
Each document becomes one file under its title, of one paragraph where it is not too long for one.
All of it is evidence, and so is every document with the same text. Such a set measures search.
"""

import json
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pydantic import BaseModel, Field, ValidationError

from eval.gold.bundle import Bundle, BundledItem, FileNames
from eval.gold.items import Evidence, GoldItem
from eval.gold.problems import GoldError, Problem
from eval.normalise import collapse
from index.errors import UsageError

_SPLITS = ("test", "dev", "validation", "train")
_QUOTE_CHARACTERS = 400


class _Entry(BaseModel):
    id: str = Field(alias="_id")
    title: str = ""
    text: str = ""


def is_beir(path: Path) -> bool:
    """Whether the path is a folder laid out as BEIR's."""
    return (path / "corpus.jsonl").is_file() and (path / "queries.jsonl").is_file()


def read_beir(folder: Path) -> Bundle:
    """The documents and the judged queries of a folder; every problem at once as a ``GoldError``.

    Of several splits the first of test, dev, validation, train is read.
    """
    qrels = _qrels_file(folder)
    problems: list[Problem] = []
    documents = {entry.id: entry for _, entry in _entries(folder / "corpus.jsonl", problems)}
    queries = dict(_entries(folder / "queries.jsonl", problems))
    names = FileNames()
    files = {identity: names.name(identity) for identity in documents}
    copies: dict[str, list[str]] = defaultdict(list)
    for identity, entry in documents.items():
        copies[_body(entry)].append(files[identity])
    relevant: dict[str, list[str]] = {}
    for line, query, document in _judgements(qrels, problems):
        if document in documents:
            relevant.setdefault(query, []).append(document)
        else:
            reason = f'document "{document}" is not in corpus.jsonl'
            problems.append(Problem(str(qrels), line, "", reason))
    by_id = {entry.id: (line, entry) for line, entry in queries.items()}
    for query in relevant.keys() - by_id.keys():
        problems.append(Problem(str(qrels), 0, "", f'query "{query}" is not in queries.jsonl'))
    if problems or not relevant:
        raise GoldError(problems or [Problem(str(qrels), 0, "", "no document is relevant")])
    return Bundle(
        file=folder / "queries.jsonl",
        texts={files[identity]: _page(entry) for identity, entry in documents.items()},
        items=tuple(
            BundledItem(
                GoldItem(
                    id=identity,
                    question=entry.text.strip(),
                    answers=(),
                    evidence=tuple(
                        Evidence(
                            files[document],
                            _quote(documents[document]),
                            whole=tuple(copies[_body(documents[document])]),
                        )
                        for document in dict.fromkeys(relevant[identity])
                    ),
                    answerable=True,
                ),
                line=line,
            )
            for identity, (line, entry) in by_id.items()
            if identity in relevant
        ),
    )


def _qrels_file(folder: Path) -> Path:
    found = {file.stem: file for file in sorted((folder / "qrels").glob("*.tsv"))}
    if not found:
        raise UsageError(f"{folder} has no qrels/*.tsv: nothing says which documents are relevant")
    return next((found[split] for split in _SPLITS if split in found), next(iter(found.values())))


def _entries(file: Path, problems: list[Problem]) -> Iterator[tuple[int, _Entry]]:
    seen: set[str] = set()
    with file.open("rb") as lines:
        for number, line in _numbered(lines):
            if not line.strip():
                continue
            try:
                entry = _entry(line)
            except (ValueError, RecursionError) as error:
                problems.append(Problem(str(file), number, "", str(error).splitlines()[0]))
                continue
            if entry.id in seen or not (entry.text.strip() or entry.title.strip()):
                reason = f'id "{entry.id}" is used twice' if entry.id in seen else "text is empty"
                problems.append(Problem(str(file), number, "", reason))
                continue
            seen.add(entry.id)
            yield number, entry


def _entry(line: bytes) -> _Entry:
    """The entry of a line; ``ValueError`` or ``RecursionError`` with a reason in one line."""
    try:
        entry = _Entry.model_validate(json.loads(line.decode()))
    except ValidationError as error:
        found = ((".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())
        raise ValueError("; ".join(f"{at}: {why}" if at else why for at, why in found)) from error
    try:
        f"{entry.id}{entry.title}{entry.text}".encode()
    except UnicodeEncodeError as error:
        raise ValueError("half of a surrogate pair is not text") from error
    return entry


def _judgements(file: Path, problems: list[Problem]) -> Iterator[tuple[int, str, str]]:
    with file.open("rb") as lines:
        for number, line in _numbered(lines):
            if not line.strip() or (number == 1 and line.rstrip().endswith(b"score")):
                continue
            try:
                query, document, score = line.decode().strip("\r\n").split("\t")
                if float(score) > 0:
                    yield number, query, document
            except ValueError:
                reason = "not query id, document id and score, separated by tabs"
                problems.append(Problem(str(file), number, "", reason))


def _numbered(lines: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines and their numbers from 1, without the mark that some editors begin a file with."""
    for number, line in enumerate(lines, 1):
        yield number, line.removeprefix(BOM_UTF8) if number == 1 else line


def _body(entry: _Entry) -> str:
    # One line: the paragraph rules then make one paragraph of it, as BEIR ranks whole documents.
    return collapse(entry.text) or collapse(entry.title)


def _page(entry: _Entry) -> str:
    title = collapse(entry.title)
    return f"{title}\n\n{_body(entry)}\n" if title and entry.text.strip() else f"{_body(entry)}\n"


def _quote(entry: _Entry) -> str:
    return _body(entry)[:_QUOTE_CHARACTERS]
