"""The index as LlamaIndex knows such things: a reader, nodes, a retriever.

Nodes keep what LlamaIndex's own splitters lose: the paragraph's stable id and exact offsets.
"""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    Document,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from index import readers
from index.prepare import prepare
from index.readers.formats import READERS
from index.scan import check_root, scan
from index.search import Searcher
from index.types import FileState, Hit, Paragraph

log = logging.getLogger(__name__)


class CorpusReader(BaseReader):
    """``load_data(folder)``: every readable file as Pincite reads it, its path as its id."""

    def lazy_load_data(self, folder: str | Path) -> Iterator[Document]:
        root = check_root(Path(folder))
        for file in scan(root).values():
            prepared = prepare(root, file)
            if prepared.document.state is not FileState.INDEXED:
                log.warning("%s left out: %s", file.path, prepared.document.reason)
                continue
            yield Document(
                id_=file.path,
                text=prepared.text,
                metadata={"path": file.path},
                excluded_embed_metadata_keys=["path"],
                excluded_llm_metadata_keys=["path"],
            )


class PinciteReader(BaseReader):
    """Reads one file of any kind that Pincite reads, for LlamaIndex's own pipelines::

        SimpleDirectoryReader(folder, file_extractor=file_extractor()).load_data()

    One document a file: its extracted text, and what it says of itself as metadata. Raises
    ``index.readers.UnreadableError`` with the reason for a file that cannot be read.
    """

    def load_data(
        self, file: str | Path, extra_info: dict[str, Any] | None = None
    ) -> list[Document]:
        path = Path(file)
        extracted = readers.read(path.name, path.read_bytes())
        said = {key: value for key, value in asdict(extracted.metadata).items() if value}
        metadata = {**said, **(extra_info or {})}
        return [
            Document(
                text=extracted.text,
                metadata=metadata,
                excluded_embed_metadata_keys=list(metadata),
                excluded_llm_metadata_keys=list(metadata),
            )
        ]


def file_extractor() -> dict[str, BaseReader]:
    """A ``PinciteReader`` for each file name ending that can be read."""
    reader = PinciteReader()
    return {suffix: reader for suffix in READERS}


class ParagraphRetriever(BaseRetriever):
    """``retrieve(question)``: the best ``top`` paragraphs of a ``Searcher``, best first."""

    def __init__(self, searcher: Searcher, top: int = 10) -> None:
        super().__init__()
        self._searcher = searcher
        self._top = top

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [hit_node(hit) for hit in self._searcher.search(query_bundle.query_str, self._top)]


def hit_node(hit: Hit) -> NodeWithScore:
    return NodeWithScore(node=paragraph_node(hit.paragraph), score=hit.score)


def paragraph_node(paragraph: Paragraph) -> TextNode:
    """The paragraph with its own id and offsets; its metadata is for people, not for models."""
    metadata: dict[str, Any] = {
        "path": paragraph.path,
        "paragraph": paragraph.ordinal,
        "start": paragraph.start,
        "end": paragraph.end,
        "heading": " / ".join(paragraph.heading_path),
    }
    if paragraph.page is not None:
        metadata["page"] = paragraph.page
    if paragraph.location:
        metadata["location"] = paragraph.location
    return TextNode(
        id_=paragraph.id,
        text=paragraph.text,
        start_char_idx=paragraph.start,
        end_char_idx=paragraph.end,
        metadata=metadata,
        # Else LlamaIndex writes "path: ..." into every text that it embeds or shows a model.
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=list(metadata),
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=paragraph.path)},
    )
