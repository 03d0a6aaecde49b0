"""How the threads of a model wait for each other."""

import os

_POLICY = "OMP_WAIT_POLICY"


def wait_asleep() -> None:
    """Let threads that wait sleep, unless the environment says otherwise.

    To be called before torch is imported, which reads it then. By default a thread that has done
    its share of a layer keeps its core busy until the others have: where two processes embed at
    once, as in a sync beside a chat, each waits for threads that the other's waiting keeps off the
    cores: the slowest of twenty questions took three to ten times as long (docs/quality.md).
    """
    os.environ.setdefault(_POLICY, "PASSIVE")
