"""As a LlamaIndex user meets the index: only LlamaIndex's own classes and methods on this side."""

import asyncio
import logging

import pytest
from llama_index.core import SimpleDirectoryReader
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.evaluation.retrieval.metrics import HitRate
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import MetadataMode, QueryBundle, TextNode

from index.boxes import boxes_of
from index.llama import (
    CorpusReader,
    ParagraphRetriever,
    PinciteReader,
    file_extractor,
    paragraph_node,
)
from index.readers import UnreadableError, kinds
from tests.index.corpora import Library
from tests.index.cutting import cut
from tests.index.documents import DOCUMENTS

SHIPS = "Ships carry timber. They sail in May."
FISH = "Fish is salted. It is sold in June."


def test_the_reader_gives_each_readable_file_as_a_document(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    library.write("b/a.txt", f"{SHIPS}\r\n\r\n{FISH}")
    library.write("c.md", f"# Goods\n\n{FISH}")
    library.write("d.mp3", "ID3")
    library.write("e.txt", "\n")
    reader = CorpusReader()
    assert isinstance(reader, BaseReader)
    documents = reader.load_data(library.folder)
    assert [(d.id_, d.text, d.metadata) for d in documents] == [
        ("b/a.txt", f"{SHIPS}\r\n\r\n{FISH}", {"path": "b/a.txt"}),
        ("c.md", f"# Goods\n\n{FISH}", {"path": "c.md"}),
    ]
    left_out = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert left_out == [
        f"d.mp3 left out: no reader for .mp3 files (there is for {kinds()})",
        "e.txt left out: no paragraph in it",
    ]
    assert asyncio.run(reader.aload_data(str(library.folder))) == documents


def test_a_node_has_the_paragraphs_id_offsets_and_source() -> None:
    text = f"# Goods\n\n## Sea\n\n{FISH}"
    (paragraph,) = cut("c.md", text, markdown=True)
    node = paragraph_node(paragraph)
    assert isinstance(node, TextNode)
    assert node.node_id == paragraph.id
    assert node.ref_doc_id == "c.md"
    assert text[node.start_char_idx : node.end_char_idx] == node.text == FISH
    assert node.metadata == {
        "path": "c.md",
        "paragraph": 1,
        "start": paragraph.start,
        "end": paragraph.end,
        "heading": "Goods / Sea",
    }
    # Neither an embedder nor a model is shown the metadata.
    assert node.get_content(MetadataMode.EMBED) == node.get_content(MetadataMode.LLM) == FISH
    assert TextNode.from_json(node.to_json()) == node


def test_the_retriever_gives_the_paragraphs_in_rank_order(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.write("b.txt", f"{SHIPS}\n\n{SHIPS}")
    library.sync()
    with library.opened() as store:
        searcher = library.searcher(store)
        retriever = ParagraphRetriever(searcher, top=4)
        assert isinstance(retriever, BaseRetriever)
        found = retriever.retrieve("When do ships sail?")
        hits = searcher.search("When do ships sail?", 4)
        assert [(n.node_id, n.score, n.text) for n in found] == [
            (hit.paragraph.id, hit.score, hit.paragraph.text) for hit in hits
        ]
        assert len({n.node_id for n in found}) == 4
        assert asyncio.run(retriever.aretrieve(QueryBundle("When do ships sail?"))) == found
        assert [n.score for n in found] == sorted((n.score for n in found), reverse=True)


def test_llamaindex_can_filter_and_score_what_was_retrieved(library: Library) -> None:
    library.write("a.txt", f"{SHIPS}\n\n{FISH}")
    library.sync()
    with library.opened() as store:
        found = ParagraphRetriever(library.searcher(store)).retrieve("When do ships sail?")
        kept = SimilarityPostprocessor(similarity_cutoff=0.0).postprocess_nodes(found)
        right = next(p.id for p in store.catalog.paragraphs("a.txt") if p.text == SHIPS)
        score = HitRate().compute(expected_ids=[right], retrieved_ids=[n.node_id for n in kept])
    assert [n.text for n in kept] == [SHIPS]
    assert score.score == 1.0


def test_simple_directory_reader_reads_every_format_with_pincites_reader(
    library: Library,
) -> None:
    for name, content in DOCUMENTS.items():
        (library.folder / name).write_bytes(content)
    documents = SimpleDirectoryReader(
        str(library.folder), file_extractor=file_extractor(), raise_on_error=True
    ).load_data()
    found = {d.metadata["file_name"]: d for d in documents}
    assert found.keys() == DOCUMENTS.keys()
    own = {d.id_: d.text for d in CorpusReader().load_data(library.folder)}
    assert {name: d.text for name, d in found.items()} == own
    assert found["a.docx"].metadata["author"] == "Jane Doe"
    assert found["a.docx"].get_content(MetadataMode.LLM) == own["a.docx"]


def test_the_reader_of_one_file_says_why_it_cannot_be_read(library: Library) -> None:
    file = library.folder / "a.docx"
    file.write_bytes(b"no archive")
    with pytest.raises(UnreadableError, match="not what its name says"):
        PinciteReader().load_data(file)


def test_a_node_says_page_and_place_where_there_are_any(library: Library) -> None:
    for name in ("a.pdf", "a.csv"):
        (library.folder / name).write_bytes(DOCUMENTS[name])
    library.sync()
    with library.opened() as store:
        (paged,) = store.catalog.paragraphs("a.pdf")
        placed, _ = store.catalog.paragraphs("a.csv")
        pages = store.catalog.pages("a.pdf")
    assert paragraph_node(paged).metadata["page"] == 1
    assert paragraph_node(placed).metadata["location"] == "rows 2-21"
    assert boxes_of(pages, paged.start, paged.end)[1]
