"""Files made of a release: once, whole or not at all, and forgotten with what they were made of."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bassin.errors import SourceError
from bassin.store import Made, Reader, Store
from bassin.store.made import prepare
from bassin.store.store import KEPT_RELEASES
from bassin.types import Text
from tests.store.making import add, moment
from tests.store.test_publication import started

TITLE = Text("Somme des nombres", "Sum of the numbers")

DIES = """
    # Makes a file, and is killed while it is half written, or before it takes its place.
    import os, sys
    from pathlib import Path
    from bassin.store import Made, Store
    from bassin.store.made import prepare

    store, when, real = Store(Path(sys.argv[1])), sys.argv[2], os.replace

    def build(reader, path):
        with path.open("w") as file:
            file.write("half")
            file.flush()
            if when == "writing":
                os.kill(os.getpid(), 9)

    def replace(one, other):
        if when == "placing":
            os.kill(os.getpid(), 9)
        real(one, other)

    os.replace = replace
    prepare(store, store.current, [Made("sum.txt", ("numbers",), build)])
    print("made")
"""


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def summed(reader: Reader, path: Path) -> None:
    path.write_text(str(reader.rows("SELECT sum(value) FROM numbers")[0][0]))


SUM = Made("sum.txt", ("numbers",), summed, optional=("others",), title=TITLE)


def publish(store: Store, number: int, *makes: Made, **tables: list[int]) -> str:
    for name, values in tables.items():
        add(store, name, values, f"v{number}", made=moment(number))
    return store.publish(moment(number), inspect=lambda name: prepare(store, name, makes)).name


def folders(store: Store) -> list[str]:
    return sorted(path.name for path in (store.root / "made").glob("*/*"))


def test_a_file_is_made_of_the_new_release_before_it_serves(store):
    publish(store, 1, SUM, numbers=[1, 2])
    seen = []

    def build(reader, path):
        seen.append(store.current)
        summed(reader, path)

    second = publish(store, 2, replace(SUM, build=build), numbers=[3, 4])

    assert seen != [second]
    assert Reader(store).made(SUM).read_text() == "7"


def test_a_release_that_changes_none_of_its_tables_makes_nothing_again(store):
    publish(store, 1, SUM, numbers=[1])
    before = Reader(store).made(SUM)
    stamp = before.stat().st_mtime_ns

    publish(store, 2, SUM, unrelated=[5])
    after = Reader(store).made(SUM)

    assert (after, after.stat().st_mtime_ns) == (before, stamp)
    assert prepare(store, store.current, [SUM]) == []


@pytest.mark.parametrize("changed", [{"numbers": [2]}, {"others": [9]}])
def test_a_release_that_changes_one_of_its_tables_makes_it_again(store, changed):
    publish(store, 1, SUM, numbers=[1])
    before = Reader(store).made(SUM)

    publish(store, 2, SUM, **changed)

    assert Reader(store).made(SUM) != before


def test_its_own_version_makes_it_again_without_any_load(store):
    publish(store, 1, SUM, numbers=[1])

    assert prepare(store, store.current, [replace(SUM, version=2)]) == ["sum.txt"]


def test_a_reader_that_stays_on_its_release_keeps_that_release_s_file(store):
    publish(store, 1, SUM, numbers=[1])
    reader = Reader(store)

    publish(store, 2, SUM, numbers=[2])

    assert reader.made(SUM).read_text() == "1"
    reader.refresh()
    assert reader.made(SUM).read_text() == "2"


def test_files_of_releases_that_nobody_reads_any_more_go(store):
    for number in range(KEPT_RELEASES + 3):
        publish(store, number, SUM, numbers=[number])

    # One more than are kept: the release is inspected before the oldest goes.
    assert len(folders(store)) == KEPT_RELEASES + 1


@pytest.mark.parametrize("when", ["writing", "placing"])
def test_a_process_killed_while_making_leaves_no_half_file(store, when):
    publish(store, 1, numbers=[1])

    killed = started(DIES, store.root, when)
    said, wrong = killed.communicate(timeout=30)

    assert (killed.returncode, said) == (-9, ""), wrong
    assert [path for path in store.root.rglob("sum.txt") if "tmp" not in path.parts] == []
    with pytest.raises(SourceError):
        Reader(store).made(SUM)
    prepare(store, store.current, [SUM])
    assert Reader(store).made(SUM).read_text() == "1"
    assert list((store.root / "tmp").iterdir()) == []


def test_a_full_disk_leaves_the_last_release_in_service_and_nothing_half_made(store):
    first = publish(store, 1, SUM, numbers=[1])

    def full(reader, path):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(SourceError, match=r"Sum of the numbers.*No space left.*Free some disk"):
        publish(store, 2, replace(SUM, build=full), numbers=[2])

    assert store.current == first
    assert len(folders(store)) == 1
    assert Reader(store).made(SUM).read_text() == "1"


def test_what_is_forgotten_takes_with_it_the_files_made_of_it(store):
    named = Made("names.txt", ("people",), lambda reader, path: path.write_text("Planted Name"))
    publish(store, 1, SUM, named, numbers=[1], people=[1])
    publish(store, 2, SUM, named, people=[2])
    assert len(folders(store)) == 3

    store.forget_older("people")

    made_of = [json.loads(path.read_text())["inputs"] for path in store.root.rglob("facts.json")
               if "made" in path.parts]  # fmt: skip
    assert {"people": "v1"} not in made_of
    assert {"people": "v2"} in made_of
    assert Reader(store).made(SUM).read_text() == "1"


def test_a_file_without_its_tables_is_not_made_and_says_which_are_to_be_loaded(store):
    publish(store, 1, SUM, others=[1])

    with pytest.raises(SourceError, match=r"Sum of the numbers: .*numbers.*bassin load FOLDER"):
        Reader(store).made(SUM)
    assert folders(store) == []


def test_a_file_that_is_not_there_is_told_in_a_sentence(store):
    publish(store, 1, numbers=[1])

    with pytest.raises(SourceError, match="was not made for the release in service") as said:
        Reader(store).made(SUM)

    assert "Somme des nombres : ce fichier n'a pas été fait" in said.value.text.fr


def test_without_a_release_nothing_is_made(store):
    assert prepare(store, "", [SUM]) == []
    assert not os.path.exists(store.root / "made")
