"""Settings -> what reads the best paragraphs found once more: a reader, or a reranker."""

from index.embedding import SentenceTransformerEmbedder
from index.late_interaction import LateInteraction
from index.model_folder import find_reader, find_reranker
from index.model_specs import DEFAULT_READER, MODELS
from index.one_shot import OneShotReader
from index.precision import Precision
from index.reranking import CrossEncoderReranker, Reranker
from rag.models.threads import default_threads
from rag.settings import Settings

_LIFTS = {DEFAULT_READER: 0.02}
"""By so much its best cosines are below the default embedder's, in the mean of 541 questions of the
development sets' tuning halves and of ten other documents."""


def build_reader(
    settings: Settings, precision: Precision, *, one_shot: bool = False
) -> LateInteraction | None:
    """What reads the best paragraphs closely; None where the embedder does, or it is not here.

    In the precision of the embedder, which is the faster one on this machine. ``one_shot`` as in
    ``open_index``.
    """
    name = settings.close_reader
    folder = None if name == settings.embedder else find_reader(name)
    if folder is None:
        return None
    threads = settings.threads or default_threads()
    reader = SentenceTransformerEmbedder(folder, "", threads=threads, precision=precision)
    lift = _LIFTS.get(name, 0.0)
    return LateInteraction(OneShotReader(reader) if one_shot else reader, lift)


def reader_problem(settings: Settings) -> str:
    """Why the reader named in the settings is missing; "" when none is."""
    name = settings.close_reader
    if not name or find_reader(name) is not None:
        return ""
    mend = "pincite models pull" if name in MODELS else f"hf download {name}"
    return (
        f"The reader {name!r} is not on this machine, the embedder reads in its place: correct the"
        f' setting, or fetch it ("{mend}").'
    )


def build_reranker(settings: Settings) -> Reranker | None:
    """The reranker named in the settings, None when there is none or it is not here.

    Raises ``ModelLoadError`` when it is here and is no reranker.
    """
    name = settings.reranker
    folder = find_reranker(name) if name else None
    if folder is None:
        return None
    return CrossEncoderReranker(name, folder, threads=settings.threads or default_threads())


def reranker_problem(settings: Settings) -> str:
    """Why the reranker named in the settings is missing; "" when none is."""
    name = settings.reranker
    if not name or find_reranker(name) is not None:
        return ""
    return (
        f"The reranker {name!r} is neither a folder nor in the Hugging Face cache, search goes"
        f' on without it: correct the setting, or fetch it ("hf download {name}").'
    )


def search_problems(settings: Settings) -> str:
    """What search goes on without, and how to mend it; "" when it has all of it."""
    return f"{reader_problem(settings)} {reranker_problem(settings)}".strip()
