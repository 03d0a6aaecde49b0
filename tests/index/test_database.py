"""The catalog's file: opened, refused, damaged, shared."""

import sqlite3
import threading
from pathlib import Path

import pytest

from index.catalog import Catalog
from index.database import Database
from index.errors import IndexMismatchError, NoIndexError, PinciteError
from index.schema import SCHEMA_VERSION
from tests.index.corpora import Library


@pytest.fixture
def file(tmp_path: Path) -> Path:
    database = Database.create(tmp_path / "state" / "catalog.sqlite3")
    Catalog(database).put("corpus", "a")
    database.close()
    return tmp_path / "state" / "catalog.sqlite3"


def test_reading_where_nothing_was_synced_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match=r'no index in .*: run "pincite sync" first'):
        Database.open(tmp_path / "catalog.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_tables_are_not_made_yet_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").touch()
    with pytest.raises(NoIndexError):
        Database.open(tmp_path / "catalog.sqlite3")


def test_only_the_owner_may_look_into_a_new_state(file: Path) -> None:
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_file_of_a_later_version_is_refused(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    for opening in (Database.open, Database.create):
        with pytest.raises(IndexMismatchError, match=r"a later version of Pincite .*PINCITE_HOME"):
            opening(file)


def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.write_bytes(b"something else" * 1000)
    with pytest.raises(
        IndexMismatchError, match=r"is damaged \(file is not a database\): .pincite rebuild"
    ):
        Database.open(file)


def test_damage_found_later_is_named_too(library: Library) -> None:
    library.write("a.txt", "\n\n".join(f"Ship {n} sails on day {n}." for n in range(200)))
    library.sync()
    file = library.state / "catalog.sqlite3"
    content = bytearray(file.read_bytes())
    content[8192:] = b"\x55" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(
        IndexMismatchError, match=r"catalog.sqlite3 is damaged .*: .pincite rebuild"
    ):
        library.found("ships")


def test_a_file_that_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite3").mkdir()
    with pytest.raises(PinciteError, match=r"cannot be used .*try again") as raised:
        Database.open(tmp_path / "catalog.sqlite3")
    assert not isinstance(raised.value, IndexMismatchError)


def test_a_wrong_statement_is_our_own_error(file: Path) -> None:
    database = Database.open(file)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        database.rows("SELECT * FROM missing")
    database.close()


def test_a_failed_transaction_keeps_nothing(file: Path) -> None:
    database = Database.open(file)
    catalog = Catalog(database)

    def write_and_fail() -> None:
        with database.writing():
            catalog.put("corpus", "b")
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert catalog.get("corpus") == "a"
    with database.writing():
        catalog.put("corpus", "c")
    assert catalog.get("corpus") == "c"
    database.close()


def test_a_reader_sees_one_moment_while_another_writes(file: Path) -> None:
    reader, writer = Database.open(file), Database.open(file)
    with reader.reading():
        assert Catalog(reader).get("corpus") == "a"
        Catalog(writer).put("corpus", "b")
        assert Catalog(reader).get("corpus") == "a"
    assert Catalog(reader).get("corpus") == "b"
    reader.close()
    writer.close()


def test_many_threads_share_one_database(file: Path) -> None:
    database = Database.open(file)
    catalog = Catalog(database)
    seen: set[tuple[str, str]] = set()

    def read() -> None:
        for _ in range(50):
            with database.reading():
                seen.add((catalog.get("corpus"), catalog.get("corpus")))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(50):
        catalog.put("corpus", str(n))
    for thread in threads:
        thread.join()
    assert all(one == two for one, two in seen)
    database.close()


def test_lists_of_any_length_can_be_looked_up(file: Path) -> None:
    database = Database.open(file)
    keys = [str(n) for n in range(3000)]
    Catalog(database).put_all({key: key for key in keys[:2500]})
    rows = database.rows_in("SELECT key FROM meta WHERE key IN ({})", keys)
    assert len(rows) == 2500
    assert database.rows_in("SELECT key FROM meta WHERE key IN ({})", []) == []
    database.close()
