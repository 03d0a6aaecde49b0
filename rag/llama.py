"""The answer chain as a LlamaIndex query engine."""

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore
from pydantic import ConfigDict

from index.llama import paragraph_node
from rag.document_engine import DocumentEngine
from rag.serialise import answer_to_dict
from rag.types import Answer, Finished


class PinciteQueryEngine(CustomQueryEngine):
    """``query()`` gives the cited answer; its source nodes are the cited paragraphs, in order.

    ``response.metadata`` is the answer as ``pincite ask --json`` prints it, so that a caller sees
    the status, the verdicts and the quoted spans.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    engine: DocumentEngine

    def custom_query(self, query_str: str) -> Response:
        answer = self._answer(query_str)
        scores = {hit.paragraph.id: hit.score for hit in answer.retrieved}
        cited = {citation.paragraph.id: citation.paragraph for citation in answer.citations}
        return Response(
            response=answer.text,
            source_nodes=[
                NodeWithScore(node=paragraph_node(paragraph), score=scores.get(id_))
                for id_, paragraph in cited.items()
            ],
            metadata=answer_to_dict(answer),
        )

    def _answer(self, question: str) -> Answer:
        for event in self.engine.stream(question):
            if isinstance(event, Finished):
                return event.answer
        raise RuntimeError("the engine ended without an answer")
