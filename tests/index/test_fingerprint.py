from index.fingerprint import changes, fingerprint_of, vector_key


def test_what_changed_between_two_fingerprints_is_named_with_its_consequence() -> None:
    before = fingerprint_of("mini:1:float32", chunking="1", reader="2")
    now = fingerprint_of("bge small:2:float32", chunking="1", reader="3")
    assert changes(before, before) == []
    assert changes(before, now) == [
        "embedder changed from mini:1:float32 to bge small:2:float32: everything is embedded again",
        "reader changed from 2 to 3: everything is read again",
    ]


def test_where_there_was_no_index_nothing_has_changed() -> None:
    assert changes("", fingerprint_of("mini", chunking="1", reader="2")) == []


def test_keys_differ_by_embedder_and_text() -> None:
    keys = {vector_key(e, t) for e in ("a", "b") for t in ("x", "y")}
    assert {len(key) for key in keys} == {20}
    assert len(keys) == 4
