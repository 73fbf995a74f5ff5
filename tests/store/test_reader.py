"""What readers see while releases follow one another."""

import os
import shutil
import threading

import duckdb
import pytest

from bassin.errors import SourceError
from bassin.store import Reader, Store
from bassin.store import store as stores
from tests.store.making import add, moment


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def publish(store: Store, values: list[int], number: int) -> str:
    add(store, "numbers", values, f"v{number}", made=moment(number))
    return store.publish(moment(number)).name


def values(reader: Reader) -> list[int]:
    return [row[0] for row in reader.rows("SELECT value FROM numbers ORDER BY value")]


def test_an_empty_store_says_which_command_fills_it(store):
    reader = Reader(store)

    assert reader.name == ""
    assert not reader.has("numbers")
    with pytest.raises(SourceError, match=r"Nothing is loaded yet.*bassin init --territory CODE"):
        reader.rows("SELECT 1")


def test_a_reader_opened_before_the_first_release_follows_it(store):
    reader = Reader(store)
    publish(store, [1], 1)

    assert reader.refresh()

    assert values(reader) == [1]


def test_a_reader_stays_on_its_release_until_it_refreshes(store):
    publish(store, [1], 1)
    reader = Reader(store)
    publish(store, [2], 2)

    before = values(reader)
    changed, again = reader.refresh(), reader.refresh()

    assert before == [1]
    assert (changed, again) == (True, False)
    assert values(reader) == [2]


def test_a_release_pruned_from_the_disk_is_still_read_by_who_has_it_open(store):
    publish(store, [1], 1)
    reader = Reader(store)
    for number in range(2, 3 + stores.KEPT_RELEASES):
        publish(store, [number], number)

    assert not store.database(reader.name).exists()
    assert values(reader) == [1]
    reader.refresh()
    assert values(reader) == [2 + stores.KEPT_RELEASES]


def test_a_page_never_mixes_two_releases_even_when_its_neighbour_meets_a_newer_one(store):
    publish(store, [1], 1)
    reader = Reader(store)
    seen, step, done = [], threading.Event(), threading.Event()

    def slow_page():
        reader.refresh()
        seen.append((reader.name, values(reader)))
        step.set()
        done.wait(10)
        seen.append((reader.name, values(reader)))

    page = threading.Thread(target=slow_page)
    page.start()
    step.wait(10)
    publish(store, [2], 2)
    reader.refresh()  # another request, in this thread
    done.set()
    page.join()

    assert seen[0] == seen[1]
    assert values(reader) == [2]


def test_threads_read_side_by_side_on_their_own_cursors(store):
    publish(store, list(range(1000)), 1)
    reader = Reader(store)
    sums = []

    def add_up():
        sums.extend(reader.rows("SELECT sum(value) FROM numbers")[0][0] for _ in range(20))

    threads = [threading.Thread(target=add_up) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sums == [499500] * 80


def test_what_is_read_of_a_table_is_the_same_until_that_table_changes(store):
    publish(store, [1], 1)
    reader = Reader(store)
    before = reader.content("numbers", "others")

    add(store, "others", [7])
    store.publish(moment(2))
    reader.refresh()
    assert reader.content("numbers") == before[:1]
    assert reader.content("numbers", "others") != before

    publish(store, [2], 3)
    reader.refresh()
    assert reader.content("numbers") != before[:1]


def test_two_stores_with_the_same_file_read_the_same_and_with_the_same_name_alone_do_not(tmp_path):
    first, other = Store(tmp_path / "first"), Store(tmp_path / "other")
    publish(first, [1], 1)
    publish(other, [2], 1)
    shutil.copytree(first.root, tmp_path / "linked", copy_function=os.link)

    contents = [Reader(Store(tmp_path / name)).content("numbers") for name in ("first", "linked")]

    assert contents[0] == contents[1]
    assert Reader(other).content("numbers") != contents[0]


def test_a_version_that_was_forgotten_is_read_from_the_release_and_is_that_of_no_other(store):
    publish(store, [1], 1)
    reader = Reader(store)
    shutil.rmtree(store.path("numbers", "v1"))

    assert values(reader) == [1]
    assert reader.content("numbers") == reader.content("numbers")
    assert reader.content("numbers")[0][0] != "v1"


def test_a_large_table_is_read_from_its_sorted_file_and_a_small_one_from_the_release(
    store, monkeypatch
):
    monkeypatch.setattr(stores, "COPIED_ROWS", 3)
    add(store, "small", [1, 2, 3])
    add(store, "large", [1, 2, 3, 4])
    store.publish(moment(1))

    reader = Reader(store)

    with duckdb.connect(str(store.database()), read_only=True) as con:
        copied = [
            row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        ]
    assert copied == ["small"]
    assert reader.rows("SELECT sum(value) FROM large") == [(10,)]
    assert reader.rows("SELECT sum(value) FROM small") == [(6,)]


def test_a_table_that_grows_large_leaves_the_release_s_file(store, monkeypatch):
    monkeypatch.setattr(stores, "COPIED_ROWS", 3)
    publish(store, [1], 1)
    publish(store, [1, 2, 3, 4], 2)

    assert values(Reader(store)) == [1, 2, 3, 4]


def test_the_release_cannot_be_written_through_a_reader(store):
    publish(store, [1], 1)
    reader = Reader(store)

    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        reader.rows("DELETE FROM numbers")


def test_a_damaged_release_is_said_with_what_to_do(store):
    publish(store, [1], 1)
    store.database().write_bytes(b"not a database")

    with pytest.raises(SourceError, match=r"cannot be read.*Delete .*\.duckdb.*bassin load"):
        Reader(store)


def test_a_damaged_newer_release_leaves_readers_on_the_good_one(store, caplog):
    publish(store, [1], 1)
    reader = Reader(store)
    newer = publish(store, [2], 2)
    store.database(newer).write_bytes(b"not a database")

    assert not reader.refresh()

    assert values(reader) == [1]
    assert "stays in service" in caplog.text


def test_a_folder_whose_name_has_a_quote_is_read(tmp_path):
    store = Store(tmp_path / "l'observatoire")
    publish(store, [1], 1)

    assert values(Reader(store)) == [1]


def test_giving_memory_back_changes_nothing_of_what_is_read(store):
    Reader(store).give_back()  # nothing is read yet: there is nothing to give
    publish(store, [1, 2], 1)
    reader = Reader(store)
    limit = "SELECT current_setting('memory_limit')"
    reader.give_back()
    before = reader.rows(limit)

    for _ in range(20):
        reader.give_back()

    assert reader.rows(limit) == before  # DuckDB rounds what it says: it must not melt away
    assert values(reader) == [1, 2]
