from eval.differences import differences, flat


def test_values_are_found_under_dotted_keys() -> None:
    assert dict(flat({"a": {"b": {"c": 1}}, "d": [2]})) == {"a.b.c": 1, "d": [2]}


def test_changed_added_and_missing_keys_are_listed() -> None:
    left = {"same": 1, "a": {"b": 1}, "gone": "x"}
    right = {"same": 1, "a": {"b": 2}, "new": "y"}
    assert differences(left, right) == {"a.b": (1, 2), "gone": ("x", None), "new": (None, "y")}
