"""The keys that other programs rely on, copied from the contract (shared/design.md), in its order.

Written out, not taken from the code: the tests are to notice when the code drifts from it.
"""

ANSWER_KEYS = [
    "question",
    "standalone_question",
    "status",
    "answer",
    "extractive",
    "sentences",
    "citations",
    "retrieved",
    "model",
    "timings_ms",
    "tokens",
    "error",
]
SENTENCE_KEYS = ["text", "citations", "verdict"]
CITATION_KEYS = [
    "number",
    "paragraph_id",
    "path",
    "paragraph",
    "page",
    "start",
    "end",
    "text",
    "quote",
    "quote_start",
    "quote_end",
]
RETRIEVED_KEYS = [
    "rank",
    "paragraph_id",
    "path",
    "paragraph",
    "start",
    "end",
    "text",
    "score",
    "signals",
]
TIMING_KEYS = {"retrieve", "first_token", "total"}
TOKEN_KEYS = {"prompt", "cached", "completion"}
