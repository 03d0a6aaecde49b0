"""What an eval run is run with: everything that could move a number."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from index.model_folder import find_reranker, folder_id
from index.model_specs import MODELS
from index.types import Document
from rag.prompt import PROMPT_VERSION
from rag.settings import Settings, masked

_PACKAGES = ("index", "rag", "eval", "ui")
_NOT_MOVING_NUMBERS = {"state", "corpus", "examples", "host", "port", "password", "llm_api_key"}


def settings_record(
    settings: Settings, fingerprint: str, documents: Iterable[Document]
) -> dict[str, object]:
    """Equal for runs that must give equal figures: code, models, index, documents, settings."""
    values = {k: v for k, v in masked(settings).items() if k not in _NOT_MOVING_NUMBERS}
    return {
        "version": version("pincite"),
        "code_sha256": _code_sha256(),
        "index": fingerprint,
        "corpus_sha256": _corpus_sha256(documents),
        "prompt": PROMPT_VERSION,
        "model_sha256": _model_sha256(settings),
        "reranker_files": _reranker_files(settings),
        "libraries": {
            name: version(name)
            for name in ("chromadb", "llama-index", "sentence-transformers", "torch", "xllamacpp")
        },
        **values,
    }


def _code_sha256() -> str:
    """One hash over the program's files: an uncommitted change must not pass for the release."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for package in _PACKAGES:
        files = [*(root / package).rglob("*.py"), *(root / package).glob("*.json")]
        for file in sorted(files):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _corpus_sha256(documents: Iterable[Document]) -> str:
    """One hash over every document's path, state and bytes."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.path}\0{document.state}\0{document.sha256}\n".encode())
    return digest.hexdigest()[:16]


def _model_sha256(settings: Settings) -> str | None:
    spec = MODELS.get(settings.llm)
    return spec.weights.sha256 if spec and not settings.llm_base_url else None


def _reranker_files(settings: Settings) -> str | None:
    folder = find_reranker(settings.reranker)
    return folder_id(folder) if folder else None
