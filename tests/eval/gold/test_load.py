import json
from pathlib import Path

import pytest

from eval.gold.bundle import renew_corpus, write_corpus
from eval.gold.items import GoldSet
from eval.gold.load import load_gold, read_bundle
from eval.gold.problems import GoldError
from eval.relevance import Corpus
from index.errors import UsageError
from index.readers import read
from tests.eval.fakes import GOLD_LINES, TEXTS, corpus_of, small_gold, write_lines
from tests.index.cutting import cut

ROOT = Path(__file__).resolve().parents[3]
BENCHMARKS = ROOT.parent / "shared" / "benchmarks"


def corpus_in(folder: Path) -> Corpus:
    """A folder as the index would cut it."""
    texts, paragraphs = {}, {}
    for file in sorted(folder.rglob("*.txt")):
        path = file.relative_to(folder).as_posix()
        texts[path] = read(file.name, file.read_bytes()).text
        paragraphs[path] = cut(path, texts[path])
    return Corpus(texts, paragraphs)


def test_items_keep_their_order_and_know_their_paragraphs(tmp_path: Path) -> None:
    gold = small_gold(tmp_path)
    assert [entry.item.id for entry in gold.items] == [line["id"] for line in GOLD_LINES]
    assert gold.items[1].quote_paragraphs == (frozenset({"bridges.txt#2"}),)
    assert gold.items[1].cluster == "bridges.txt#2"
    assert gold.items[-1].cluster == "item u4"
    assert len(gold.sha256) == 64


def test_missing_gold_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such gold file"):
        load_gold(tmp_path / "none.jsonl", corpus_of(TEXTS))


def test_empty_gold_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="there is no item in it"):
        load_gold(write_lines(tmp_path / "gold.jsonl", []), corpus_of(TEXTS))


def test_squad_file_brings_its_own_corpus(tmp_path: Path) -> None:
    context = "Tam is a river. It rises in\nthe Alder hills. It is long."
    question = {
        "id": "q1",
        "question": "Where does it rise?",
        "answers": [{"text": "Alder hills", "answer_start": context.index("Alder")}] * 2,
    }
    unanswerable = {"id": "q2", "question": "How deep?", "answers": [], "is_impossible": True}
    article = {
        "title": "River/Tam",
        "paragraphs": [
            {"context": context, "qas": [question, unanswerable]},
            {"context": "Its mouth is at the town of Renfield, by the sea.", "qas": []},
        ],
    }
    path = tmp_path / "dev.json"
    path.write_text(
        json.dumps({"version": "2.0", "data": [article, {**article, "paragraphs": []}]})
    )
    bundle = read_bundle(path)
    assert bundle is not None
    assert list(bundle.texts) == ["River-Tam.txt", "River-Tam-2.txt"]
    write_corpus(bundle.texts, tmp_path / "corpus")
    gold = load_gold(path, corpus_in(tmp_path / "corpus"))
    first, second = (entry.item for entry in gold.items)
    assert first.answers == ("Alder hills",)
    assert first.evidence[0].quote == "It rises in the Alder hills."
    assert not second.answerable


def test_squad_problems_say_where_they_are(tmp_path: Path) -> None:
    wrong = {"id": "q", "question": "?", "answers": [{"text": "sea", "answer_start": 1}]}
    path = tmp_path / "dev.json"
    qas = [wrong, {"id": "r", "question": "?", "answers": []}]
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": "The sea.", "qas": qas}]}]}))
    with pytest.raises(GoldError) as caught:
        read_bundle(path)
    assert [problem.place for problem in caught.value.problems] == [
        "data.0.paragraphs.0.qas.0",
        "data.0.paragraphs.0.qas.1",
    ]


def test_squad_file_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    path.write_text('{"questions": []}')
    with pytest.raises(GoldError, match=r"dev\.json: data: Field required"):
        read_bundle(path)


def beir_folder(folder: Path, qrels: str) -> Path:
    documents = [
        {"_id": "d/1", "title": "Herons", "text": "A heron eats\nfish and frogs by the water."},
        {"_id": "D/1", "title": "", "text": "The bridge over the river Tam was opened in 1932."},
        {"_id": "d3", "title": "A title alone", "text": ""},
    ]
    write_lines(folder / "corpus.jsonl", documents)
    write_lines(
        folder / "queries.jsonl", [{"_id": "1", "text": "herons"}, {"_id": "2", "text": "x"}]
    )
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels)
    return folder


def test_beir_folder_brings_its_own_corpus(tmp_path: Path) -> None:
    qrels = "query-id\tcorpus-id\tscore\n1\td/1\t2\n1\tD/1\t0\n1\td3\t1\n"
    folder = beir_folder(tmp_path, qrels)
    bundle = read_bundle(folder)
    assert bundle is not None
    assert list(bundle.texts) == ["d-1.txt", "D-1-2.txt", "d3.txt"]
    write_corpus(bundle.texts, tmp_path / "corpus")
    [entry] = load_gold(folder, corpus_in(tmp_path / "corpus")).items
    assert entry.item.answers == ()
    assert [part.path for part in entry.paragraphs] == ["d-1.txt", "d3.txt"]


def beir_about(folder: Path, *texts: str) -> GoldSet:
    """One query, about the first of the documents, over what their folder brings."""
    folder.mkdir()
    write_lines(folder / "corpus.jsonl", [{"_id": f"d{n}", "text": t} for n, t in enumerate(texts)])
    write_lines(folder / "queries.jsonl", [{"_id": "1", "text": "Who must paint the fence?"}])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("1\td0\t1\n")
    bundle = read_bundle(folder)
    assert bundle is not None
    write_corpus(bundle.texts, folder / "corpus")
    return load_gold(folder, corpus_in(folder / "corpus"))


def test_beir_documents_that_only_begin_alike_are_not_both_relevant(tmp_path: Path) -> None:
    notice = "This judgment may be reproduced free of charge in any format or medium. " * 6
    assert len(notice) > 400
    fence, whales = f"{notice}The tenant must paint it.", f"{notice}It is about whaling."
    [entry] = beir_about(tmp_path / "beir", fence, whales, fence).items
    assert [part.path for part in entry.paragraphs] == ["d0.txt", "d2.txt"]


def test_all_paragraphs_of_a_long_beir_document_are_relevant(tmp_path: Path) -> None:
    report = "The committee wrote a long report on the dues of the harbour in spring. " * 200
    gold = beir_about(tmp_path / "beir", f"{report}The tenant must paint it.", "About birds.")
    [entry] = gold.items
    assert len(entry.paragraphs) > 1
    assert {part.path for part in entry.paragraphs} == {"d0.txt"}
    assert "must paint it" in entry.paragraphs[-1].text
    assert entry.quote_paragraphs == (frozenset(part.id for part in entry.paragraphs),)


def test_beir_problems_name_file_and_line(tmp_path: Path) -> None:
    folder = beir_folder(tmp_path, "1\tgone\t1\n9\td3\t1\nbroken\n")
    with pytest.raises(GoldError) as caught:
        read_bundle(folder)
    text = str(caught.value)
    assert 'test.tsv:1: document "gone" is not in corpus.jsonl' in text
    assert 'test.tsv: query "9" is not in queries.jsonl' in text
    assert "test.tsv:3: not query id" in text


def test_corpus_is_not_written_into_a_folder_with_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="is not empty"):
        write_corpus(TEXTS, tmp_path)


@pytest.mark.parametrize("path", ["../out.txt", "a/../../out.txt", "/out.txt", ".."])
def test_corpus_is_not_written_outside_its_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="leads out of"):
        write_corpus({"a.txt": "x", path: "y"}, tmp_path / "corpus")
    assert list(tmp_path.rglob("*")) == []


def test_corpus_that_cannot_be_written_whole_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"corpus cannot be written \("):
        write_corpus({"a.txt": "x", f"{'long' * 100}.txt": "y"}, tmp_path / "corpus")
    assert list(tmp_path.rglob("*")) == []


def test_a_corpus_is_renewed_to_hold_its_documents_and_nothing_else(tmp_path: Path) -> None:
    for texts in ({"a.txt": "x", "b/c.txt": "y"}, {"a.txt": "x"}, {"a.txt": "z"}):
        renew_corpus(texts, tmp_path / "corpus")
        files = [file for file in (tmp_path / "corpus").rglob("*") if file.is_file()]
        assert {
            f.relative_to(tmp_path / "corpus").as_posix(): f.read_text() for f in files
        } == texts


@pytest.mark.parametrize("name", ["xquad-en-dev", "clapnq-dev", "mtrag-un-dev"])
def test_development_sets_fit_their_corpus(name: str) -> None:
    folder = BENCHMARKS / name
    if not folder.is_dir():
        pytest.skip(f"the development sets are not at {BENCHMARKS.name}/{name}")
    gold = load_gold(folder / "gold.jsonl", corpus_in(folder / "corpus"))
    assert all(ids for entry in gold.items for ids in entry.quote_paragraphs)


def test_seeds_gold_fits_the_seeds() -> None:
    seeds = ROOT / "eval" / "gold" / "seeds.jsonl"
    if not seeds.is_file():
        pytest.skip("eval/gold/seeds.jsonl is not written yet")
    assert load_gold(seeds, corpus_in(ROOT / "seeds")).items
