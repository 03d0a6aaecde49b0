"""How the threads of a model wait for each other."""

import os

_POLICY = "OMP_WAIT_POLICY"


def wait_asleep() -> None:
    """Let threads that wait sleep, unless the environment says otherwise.

    To be called before torch is imported, which reads it then. By default a thread that has done
    its share of a layer keeps its core busy until the others have: where two processes embed at
    once, as in a sync beside a chat, each waits for threads that the other's waiting keeps off the
    cores. Of twenty questions the slowest then took 50 to 394 ms, with sleeping threads 16 to 39
    (five times twenty each, medians 16 and 12 ms; two cores). Alone no difference was measured.
    """
    os.environ.setdefault(_POLICY, "PASSIVE")
