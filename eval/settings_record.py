"""What an eval run is run with: everything that could move a number."""

import hashlib
import os
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

from index.eval_runs import EVAL_RUN
from index.model_folder import files_id, find_reader, find_reranker
from index.model_specs import MODELS
from index.types import Document
from rag.prompt import PROMPT_VERSION
from rag.settings import Settings, masked

# Not ui: it hands the settings and questions on, and none of the others can depend on it.
_PACKAGES = ("index", "rag", "eval")
_END_BYTES = 1_000_000
_NOT_MOVING_NUMBERS = {
    "state",
    "corpus",
    "examples",
    "host",
    "port",
    "password",
    "llm_api_key",
    "upload_max_bytes",
    "upload_max_files",
}


def settings_record(
    settings: Settings, fingerprint: str, documents: Iterable[Document]
) -> dict[str, object]:
    """Equal for runs that must give equal figures: code, models, index, documents, settings."""
    values = {k: v for k, v in masked(settings).items() if k not in _NOT_MOVING_NUMBERS}
    return {
        "version": version("pincite"),
        "code_sha256": code_sha256(Path(__file__).parents[1]),
        "index": fingerprint,
        "corpus_sha256": _corpus_sha256(documents),
        "prompt": PROMPT_VERSION,
        "model_sha256": _model_sha256(settings),
        "reader_files": _files_id(settings.close_reader, find_reader),
        "reranker_files": _files_id(settings.reranker, find_reranker),
        "libraries": {
            name: version(name)
            for name in ("chromadb", "llama-index", "sentence-transformers", "torch", "xllamacpp")
        },
        **values,
    }


def model_record(settings: Settings) -> dict[str, object]:
    """Equal for models that must reply to the same prompt alike."""
    return {
        "llm": settings.llm,
        "llm_base_url": settings.llm_base_url,
        "model_sha256": _model_sha256(settings),
        "threads": settings.threads,
        "xllamacpp": version("xllamacpp"),
    }


def code_sha256(root: Path) -> str:
    """One hash over the files that answer and score: an uncommitted change is no release."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        files = [*(root / package).rglob("*.py"), *(root / package).glob("*.json")]
        for file in sorted(files):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _corpus_sha256(documents: Iterable[Document]) -> str:
    """One hash over every document's path, state and bytes.

    Not over the folders of runs: a run that lies in the corpus would change what it measures.
    """
    digest = hashlib.sha256()
    for document in (each for each in documents if each.reason != EVAL_RUN):
        digest.update(f"{document.path}\0{document.state}\0{document.sha256}\n".encode())
    return digest.hexdigest()[:16]


def _model_sha256(settings: Settings) -> str | None:
    """Of a file of one's own a hash of its size and its ends: reading gigabytes takes too long."""
    if settings.llm_base_url:
        return None
    if spec := MODELS.get(settings.llm):
        return spec.weights.sha256
    file = Path(settings.llm)
    if not file.is_file():
        return None
    with file.open("rb") as content:
        digest = hashlib.sha256(content.read(_END_BYTES))
        size = content.seek(0, os.SEEK_END)
        content.seek(max(0, size - _END_BYTES))
        digest.update(content.read() + str(size).encode())
    return f"ends:{digest.hexdigest()[:16]}"


def _files_id(name: str, find: Callable[[str], Path | None]) -> str | None:
    folder = find(name)
    return files_id(name, folder) if folder else None
