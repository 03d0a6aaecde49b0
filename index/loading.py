"""What loading any sentence-transformers model takes: the libraries, imported late, and a lock."""

import threading
import warnings
from typing import Any

from index.waiting import numpy_alone

ONE_LOADS = threading.Lock()
"""To be held while a model is made. transformers sets torch's default type of numbers meanwhile,
for the whole process: of two models loaded at once, one may end up with layers of both types."""


def libraries(threads: int) -> tuple[Any, Any]:
    """torch, to compute with so many threads, and sentence_transformers, without its progress bars.

    They take seconds and hundreds of megabytes: only those who compute with a model pay for them.
    """
    with warnings.catch_warnings():
        # Their dependencies deprecate their own modules at import.
        warnings.simplefilter("ignore", DeprecationWarning)
        import sentence_transformers
        import torch
        from transformers.utils import logging

    logging.disable_progress_bar()
    torch.set_num_threads(threads)
    numpy_alone()
    return torch, sentence_transformers
