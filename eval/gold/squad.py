"""SQuAD 1.1 and 2.0 JSON (XQuAD and its kin too) -> a corpus and items about it.

One file an article, its paragraphs separated by blank lines. The evidence of a question is the
sentence around its answer, or the whole paragraph where that sentence stands in several.
"""

import re
from codecs import BOM_UTF8
from collections import Counter
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from eval.gold.bundle import Bundle, BundledItem, FileNames
from eval.gold.items import Evidence, GoldItem
from eval.gold.problems import GoldError, Problem
from eval.normalise import collapse

_SENTENCE_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+")


class _Answer(BaseModel):
    text: str
    answer_start: int


class _Question(BaseModel):
    id: str
    question: str
    answers: list[_Answer] = []
    is_impossible: bool = False


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Article(BaseModel):
    title: str = "document"
    paragraphs: list[_Paragraph]


class _File(BaseModel):
    data: list[_Article]


def read_squad(path: Path) -> Bundle:
    """The articles and questions of a SQuAD file; every problem at once as a ``GoldError``."""
    try:
        articles = _File.model_validate_json(path.read_bytes().removeprefix(BOM_UTF8)).data
    except ValidationError as error:
        raise GoldError(
            [
                Problem(str(path), 0, ".".join(map(str, detail["loc"])), _reason(detail))
                for detail in error.errors()
            ]
        ) from error
    names = FileNames()
    texts: dict[str, str] = {}
    items: list[BundledItem] = []
    problems: list[Problem] = []
    for number, article in enumerate(articles):
        name = names.name(article.title)
        # The same context twice in an article would make every quote of it ambiguous.
        contexts = list(dict.fromkeys(collapse(part.context) for part in article.paragraphs))
        texts[name] = "\n\n".join(filter(None, contexts)) + "\n"
        for at, paragraph in enumerate(article.paragraphs):
            for nth, question in enumerate(paragraph.qas):
                place = f"data.{number}.paragraphs.{at}.qas.{nth}"
                try:
                    item = _item(question, paragraph.context, name, contexts)
                except ValueError as error:
                    problems.append(Problem(str(path), 0, place, str(error)))
                else:
                    items.append(BundledItem(item, place=place))
    repeated = Counter(entry.item.id for entry in items)
    problems += [
        Problem(str(path), 0, entry.place, f'id "{entry.item.id}" is used more than once')
        for entry in items
        if repeated[entry.item.id] > 1
    ]
    if problems or not items:
        raise GoldError(problems or [Problem(str(path), 0, "", "there is no question in it")])
    return Bundle(path, texts, tuple(items))


def _reason(detail: ErrorDetails) -> str:
    reason = detail["msg"]
    if detail["loc"] in ((), ("data",)):
        # A list of items, most likely.
        reason += (
            "; a .json file is taken for SQuAD’s: items of ours stand one a line in a .jsonl file"
        )
    return reason


def _item(question: _Question, context: str, file: str, contexts: list[str]) -> GoldItem:
    if not question.question.strip():
        raise ValueError("question is empty")
    if question.is_impossible:
        return GoldItem(question.id, question.question.strip(), (), (), answerable=False)
    answers = [answer for answer in question.answers if answer.text.strip()]
    if not answers:
        raise ValueError("answerable, but answers is empty")
    for answer in answers:
        end = answer.answer_start + len(answer.text)
        if context[answer.answer_start : end] != answer.text:
            raise ValueError(f'answer "{answer.text}" is not at answer_start in its context')
    return GoldItem(
        id=question.id,
        question=question.question.strip(),
        answers=tuple(dict.fromkeys(answer.text for answer in answers)),
        evidence=(Evidence(file, _quote(answers[0], context, contexts)),),
        answerable=True,
    )


def _quote(answer: _Answer, context: str, contexts: list[str]) -> str:
    """The sentence around an answer; breaks are where a full stop is followed by a blank."""
    start, end = answer.answer_start, answer.answer_start + len(answer.text)
    breaks = [found.end() for found in _SENTENCE_BREAK.finditer(context)]
    left = max((at for at in breaks if at <= start), default=0)
    right = min((at for at in breaks if at >= end), default=len(context))
    quote = collapse(context[left:right])
    unique = sum(quote in text for text in contexts) == 1
    return quote if unique else collapse(context)
