"""Processor time of one thread: what else the process or the machine does is not in it."""

import gc
import time
from collections.abc import Callable


def thread_s(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time that ``work`` takes in this thread, the least of ``times`` runs."""
    taken = []
    gc.disable()  # A collection would walk over all that earlier tests left in the process.
    try:
        for _ in range(times):
            begun = time.thread_time()
            work()
            taken.append(time.thread_time() - begun)
    finally:
        gc.enable()
    return min(taken)
