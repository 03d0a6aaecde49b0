"""What differs between two records of settings, key by key."""

from collections.abc import Iterator, Mapping


def differences(
    left: Mapping[str, object], right: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    """The dotted keys whose values differ, with both values; None where a side has no such key."""
    ours, theirs = dict(flat(left)), dict(flat(right))
    keys = dict.fromkeys([*ours, *theirs])
    return {
        key: (ours.get(key), theirs.get(key)) for key in keys if ours.get(key) != theirs.get(key)
    }


def flat(value: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """The values of nested mappings under dotted keys, in order."""
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from flat(inner, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", inner
