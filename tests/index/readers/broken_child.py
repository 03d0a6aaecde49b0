"""A child whose functions fail in every way a library can."""

import os
import signal
import sys

from index.readers.child import main


def hang() -> None:
    while True:
        pass


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    sys.exit(1)


def flood() -> bytearray:
    return bytearray(10**12)


def deepen() -> None:
    deepen()


if __name__ == "__main__":
    main(
        {
            "crash": os.abort,
            "hang": hang,
            "flood": flood,
            "deepen": deepen,
            "be killed": be_killed,
            "leave": leave,
            "echo": str,
        }
    )
