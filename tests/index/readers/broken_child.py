"""A child whose functions fail in every way a library can."""

import os

from index.readers.child import main


def hang() -> None:
    while True:
        pass


def flood() -> bytearray:
    return bytearray(10**12)


def deepen() -> None:
    deepen()


if __name__ == "__main__":
    main({"crash": os.abort, "hang": hang, "flood": flood, "deepen": deepen, "echo": str})
