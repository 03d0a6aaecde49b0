"""A sentence-transformers model of the user's own: where it is, and what tells it from others."""

import hashlib
from contextlib import suppress
from pathlib import Path

from index import weights
from index.errors import ModelMissingError
from index.model_specs import DEFAULT_EMBEDDER, MODELS

# What decides a vector: weights, configuration (prompts too), and the tokenizer's own formats.
_READ = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})


def find_folder(name: str, hub_cache: Path | None = None) -> Path:
    """The folder ``name`` says, or the copy of the model ``name`` in the Hugging Face cache.

    Raises ``ModelMissingError``. Never asks the network.
    """
    folder = _named(name, hub_cache)
    if name and (folder / "modules.json").is_file():
        return folder
    known = ", ".join(model for model, spec in MODELS.items() if spec.role == "embedder")
    raise ModelMissingError(
        f"embedder {name!r} is neither a model of Pincite ({known}) nor a sentence-transformers"
        " folder (one with a modules.json) nor in the Hugging Face cache: correct the setting, or"
        f' fetch a model of the Hub ("hf download {name or DEFAULT_EMBEDDER}")'
    )


def find_reader(name: str) -> Path | None:
    """As ``find_folder``, of Pincite's own models too; None when there is none on this machine."""
    if name in MODELS:
        return weights.find(name)
    with suppress(ModelMissingError):
        return find_folder(name)
    return None


def find_reranker(name: str, hub_cache: Path | None = None) -> Path | None:
    """As ``find_folder``, of any content; None when there is no such folder on this machine."""
    folder = _named(name, hub_cache)
    return folder if name and folder.is_dir() else None


def files_id(name: str, folder: Path) -> str:
    """16 hex digits that tell the model ``name`` in its folder from others.

    Of Pincite's own, which were verified, nothing is read for it.
    """
    spec = MODELS.get(name)
    return spec.weights.sha256[:16] if spec else folder_id(folder)


def folder_id(folder: Path) -> str:
    """16 hex digits that differ whenever a file that could change a vector differs.

    Reads all of them: about a sixth of a second for 100 MB.
    """
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.suffix in _READ and f.is_file()):
        name = file.relative_to(folder).as_posix()
        with file.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").digest()
        digest.update(f"{name}\0".encode() + content)
    return digest.hexdigest()[:16]


def _named(name: str, hub_cache: Path | None) -> Path:
    folder = Path(name)
    if not folder.is_dir() and name.count("/") == 1:
        folder = _in_hub_cache(name, hub_cache) or folder
    return folder


def _in_hub_cache(name: str, hub_cache: Path | None) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, cache_dir=hub_cache, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError):
        return None
