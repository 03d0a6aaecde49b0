from pathlib import Path

import pytest

from eval.gold.hide import HIDDEN_TAG, HiddenSet, hide_evidence, write_hidden
from eval.gold.load import load_gold
from eval.relevance import Corpus
from index.errors import UsageError
from index.readers import read
from tests.eval.fakes import write_lines
from tests.index.cutting import cut

TEXT = (
    "The pier was built in 1901. It is made of oak. Storms closed it twice.\n\n"
    "The tower is 40 metres high. It was painted white in 1950, and 40 men did it."
)
GOLD = """\
{"id": "1", "question": "When was the pier built?", "answers": ["1901"], "answerable": true, \
"evidence": [{"path": "a.txt", "quote": "The pier was built in 1901."}]}
{"id": "2", "question": "What is the pier made of?", "answers": ["oak"], "answerable": true, \
"evidence": [{"path": "a.txt", "quote": "It is made of oak."}]}
{"id": "3", "question": "How high is the tower?", "answers": ["40"], "answerable": true, \
"evidence": [{"path": "a.txt", "quote": "The tower is 40 metres high."}]}
{"id": "4", "question": "Who owns it?", "answers": [], "answerable": false, "evidence": []}
"""


def corpus_of(text: str) -> Corpus:
    return Corpus({"a.txt": text}, {"a.txt": cut("a.txt", text)})


def test_hidden_sentences_are_gone_and_everything_else_is_as_it_was(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD)
    hidden = hide_evidence(
        load_gold(gold, corpus_of(TEXT)).items, corpus_of(TEXT), share=1.0, seed=0
    )
    left = hidden.texts["a.txt"]
    assert "1901" not in left
    assert "oak" not in left
    assert "Storms closed it twice." in left
    by_id = {item.id: item for item in hidden.items}
    assert HIDDEN_TAG in by_id["1"].tags
    assert by_id["1"].answers == by_id["1"].evidence == ()
    # Its answer, 40, still stands in the paragraph: nobody can say that it is unanswerable now.
    assert "3" not in by_id
    assert by_id["4"].tags == ()


def test_an_item_whose_sentence_another_document_has_too_is_left_out(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD)
    copy = "News of the coast.\n\nStorms came again.  It is made of\noak. So it lasts."
    texts = {"a.txt": TEXT, "b.txt": copy}
    corpus = Corpus(texts, {path: cut(path, text) for path, text in texts.items()})
    hidden = hide_evidence(load_gold(gold, corpus).items, corpus, share=1.0, seed=0)
    assert [item.id for item in hidden.items] == ["1", "4"]
    assert "oak" not in hidden.texts["a.txt"]


def test_what_is_written_is_a_sound_gold_set_over_its_own_corpus(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(GOLD)
    items = load_gold(gold, corpus_of(TEXT)).items
    hidden = hide_evidence(items, corpus_of(TEXT), share=0.4, seed=1)
    write_hidden(hidden, tmp_path / "out")
    text = (tmp_path / "out" / "corpus" / "a.txt").read_text()
    again = load_gold(tmp_path / "out" / "gold.jsonl", corpus_of(text))
    assert [gold.item for gold in again.items] == list(hidden.items)
    assert sum(not gold.item.answerable for gold in again.items) == 2


def test_documents_in_folders_and_of_other_formats_are_written_as_text(tmp_path: Path) -> None:
    texts = {
        "a.pdf": "The pier was built in 1901. It is made of oak.",
        "A.PDF.txt": "The tower is 40 metres high.",
        "notes/a.md": "# Mill\n\nThe mill stands by the weir.",
    }
    lines = [
        {
            "id": path,
            "question": f"What of {path}?",
            "answers": ["it"],
            "answerable": True,
            "evidence": [{"path": path, "quote": text.splitlines()[-1]}],
        }
        for path, text in texts.items()
    ]
    gold = write_lines(tmp_path / "gold.jsonl", lines)
    corpus = Corpus(texts, {path: cut(path, text) for path, text in texts.items()})
    items = load_gold(gold, corpus).items
    write_hidden(hide_evidence(items, corpus, share=0.0, seed=0), tmp_path / "out")
    root = tmp_path / "out" / "corpus"
    written = {
        file.relative_to(root).as_posix(): read(file.name, file.read_bytes()).text
        for file in root.rglob("*")
        if file.is_file()
    }
    assert written == {
        "a.pdf-2.txt": texts["a.pdf"],
        "A.PDF.txt": texts["A.PDF.txt"],
        "notes/a.md": texts["notes/a.md"],
    }
    again = load_gold(
        tmp_path / "out" / "gold.jsonl",
        Corpus(written, {path: cut(path, text) for path, text in written.items()}),
    )
    named = [gold.item.evidence[0].path for gold in again.items]
    assert named == ["a.pdf-2.txt", "A.PDF.txt", "notes/a.md"]


def test_a_hidden_set_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    hidden = HiddenSet({f"{'long' * 100}.txt": "x"}, ())
    with pytest.raises(UsageError, match="cannot be written"):
        write_hidden(hidden, tmp_path / "out")
