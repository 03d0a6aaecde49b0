"""How the threads of a model wait for each other."""

import os

from threadpoolctl import ThreadpoolController

_POLICY = "OMP_WAIT_POLICY"


def wait_asleep() -> None:
    """Let threads that wait sleep, unless the environment says otherwise.

    To be called before torch is imported, which reads it then. By default a thread that has done
    its share of a layer keeps its core busy until the others have: where two processes embed at
    once, as in a sync beside a chat, each waits for threads that the other's waiting keeps off the
    cores: the slowest of twenty questions took three to ten times as long (docs/experiments.md).
    """
    os.environ.setdefault(_POLICY, "PASSIVE")


def numpy_alone() -> None:
    """Let numpy multiply with one thread from now on, in this process.

    OpenBLAS's threads stay awake for tens of milliseconds after each product, however small, and
    keep torch's off the cores: on two of them a question's vector took 15 ms instead of 9, and the
    tokens of a paragraph 38 instead of 20 (docs/experiments.md). What numpy multiplies is small.
    """
    ThreadpoolController().select(internal_api="openblas").limit(limits=1)
