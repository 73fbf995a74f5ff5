"""Versions that never change, releases that name one of each, and what is served."""

import json
import os
from datetime import date

import pyarrow.parquet as pq
import pytest

from bassin.errors import SourceError
from bassin.store import Store, Version
from bassin.store.store import KEPT_RELEASES
from bassin.types import Origin
from tests.store.making import add, databases, moment


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def read(store: Store, table: str, version: str) -> list[int]:
    return pq.read_table(store.path(table, version) / "data.parquet")["value"].to_pylist()


def test_a_version_says_all_its_facts_again_once_written(store):
    written = Version(
        table="births", version="v1", origin=Origin.INVENTED, rows=2, refused=1, vintage="2018",
        created_at=moment(0), source="births", title="Naissances", files=("a.csv", "b.csv"),
        columns=("commune_code", "births"), has_communes=True, bytes=12,
    )  # fmt: skip

    with store.scratch("births") as folder:
        made = folder / "made"
        made.mkdir()
        store.add(written, made)

    assert store.versions("births") == [written]


def test_a_version_already_there_is_left_alone_because_releases_read_its_file(store):
    add(store, "numbers", [1, 2])
    before = (store.path("numbers", "v1") / "data.parquet").stat().st_ino

    add(store, "numbers", [1, 2])

    assert (store.path("numbers", "v1") / "data.parquet").stat().st_ino == before


def test_a_version_half_written_does_not_exist(store):
    folder = store.path("numbers", "v1")
    folder.mkdir(parents=True)
    (folder / "data.parquet").write_bytes(b"PAR1 and then the power went")

    assert not store.has("numbers", "v1")
    assert store.versions("numbers") == []
    add(store, "numbers", [7])
    assert read(store, "numbers", "v1") == [7]


def test_a_working_folder_disappears_even_when_the_work_fails(store):
    with pytest.raises(ZeroDivisionError), store.scratch("work") as folder:
        (folder / "half").write_text("x")
        _ = 1 / 0

    assert list((store.root / "tmp").iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_a_living_one_is_left_in_peace(store):
    gone, neighbour = (
        store.root / "tmp" / "load-999999999",
        store.root / "tmp" / f"x-{os.getppid()}",
    )
    gone.mkdir()
    neighbour.mkdir()

    with store.scratch("work"):
        pass

    assert not gone.exists()
    assert neighbour.exists()


def test_the_latest_version_of_each_table_is_served(store):
    add(store, "numbers", [1], "old", made=moment(1))
    add(store, "numbers", [2], "new", made=moment(2))
    add(store, "others", [3])

    release = store.publish(moment(3))

    served = {name: each.version.version for name, each in release.tables.items()}
    assert served == {"numbers": "new", "others": "v1"}
    assert store.release() == release
    assert store.current == release.name


def test_nothing_new_makes_no_new_release(store):
    add(store, "numbers", [1])
    first = store.publish(moment(1))

    again = store.publish(moment(2))

    assert again == first
    assert databases(store.root) == [first.name]


def test_two_releases_of_the_same_second_have_two_names(store):
    add(store, "numbers", [1], "a")
    first = store.publish(moment(1))
    add(store, "numbers", [2], "b", made=moment(2))

    second = store.publish(moment(1))

    assert second.name != first.name
    assert store.current == second.name


def test_a_table_taken_away_leaves_the_next_release(store):
    add(store, "numbers", [1])
    add(store, "sample", [2], origin=Origin.INVENTED)
    store.publish(moment(1))

    store.remove("sample", "v1")
    release = store.publish(moment(2))

    assert set(release.tables) == {"numbers"}


@pytest.mark.parametrize(
    ("covered", "origin", "without"),
    [(True, Origin.REAL, None), (False, Origin.INVENTED, "real"), (None, Origin.REAL, None)],
)
def test_invented_rows_hide_real_ones_only_when_those_have_none_for_the_territory(
    store, covered, origin, without
):
    add(store, "numbers", [1], "real")
    add(store, "numbers", [2], "invented", Origin.INVENTED, made=moment(5))
    covers = None if covered is None else lambda version, data: covered

    served = store.publish(moment(6), covers).tables["numbers"]

    assert served.version.origin == origin
    assert (served.without_coverage and served.without_coverage.version) == without


def test_a_real_table_is_served_without_coverage_when_nothing_was_invented(store):
    add(store, "numbers", [1], "real")

    served = store.publish(moment(1), lambda version, data: False).tables["numbers"]

    assert served.version.origin == Origin.REAL
    assert served.without_coverage is None


def test_coverage_is_judged_on_the_latest_real_file(store):
    asked = []
    add(store, "numbers", [1], "first", made=moment(1))
    add(store, "numbers", [2], "second", made=moment(2))
    add(store, "numbers", [3], "invented", Origin.INVENTED, made=moment(3))

    store.publish(moment(4), lambda version, data: bool(asked.append((version.version, data))))

    assert asked == [("second", store.path("numbers", "second") / "data.parquet")]


def test_a_release_that_regains_coverage_is_published_again(store):
    add(store, "numbers", [1], "real")
    add(store, "numbers", [2], "invented", Origin.INVENTED)
    store.publish(moment(1), lambda version, data: False)

    release = store.publish(moment(2), lambda version, data: True)

    assert release.origin("numbers") == Origin.REAL


def test_only_the_last_releases_keep_their_file_and_all_keep_their_facts(store):
    names = []
    for number in range(KEPT_RELEASES + 2):
        add(store, "numbers", [number], f"v{number}", made=moment(number))
        names.append(store.publish(moment(number)).name)

    assert databases(store.root) == names[-KEPT_RELEASES:]
    assert all(store.release(name).tables["numbers"].version for name in names)


def test_a_clock_set_back_never_deletes_the_release_in_service(store):
    for number in range(KEPT_RELEASES + 1):
        add(store, "numbers", [number], f"v{number}", made=moment(number))
        store.publish(moment(30 + number))
    add(store, "numbers", [9], "late", made=moment(50))

    release = store.publish(moment(1))

    assert store.current == release.name == min(databases(store.root))


def test_a_deleted_release_file_is_built_anew_from_the_tables_that_are_kept(store):
    add(store, "numbers", [1])
    first = store.publish(moment(1))
    store.database(first.name).unlink()

    again = store.publish(moment(2))

    assert store.database(again.name).exists()
    assert store.current == again.name


def test_facts_written_by_a_person_s_editor_are_read_back(store):
    add(store, "numbers", [1])
    path = store.path("numbers", "v1") / "facts.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "title": "Écrit à la main"}, indent=4))

    assert store.versions("numbers")[0].title == "Écrit à la main"


def test_a_store_that_may_not_be_written_says_so_and_keeps_its_release(store, monkeypatch):
    add(store, "numbers", [1])
    first = store.publish(moment(1))
    add(store, "numbers", [2], "v2", made=moment(2))

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bassin.store.store.shutil.copyfile", full)
    with pytest.raises(SourceError, match=r"No space left.*stays in service.*Free some disk"):
        store.publish(moment(3))

    assert store.current == first.name
    assert date.fromisoformat(store.release().created_at[:10]) == date(2026, 11, 20)
