"""Files that systems want made of a release are collected, and made, by whoever publishes."""

from pathlib import Path

import pytest

from bassin import systems
from bassin.config import archive, making, opening
from bassin.indicators.house import House
from bassin.store import Made, Reader
from bassin.systems import System
from bassin.types import Text
from tests.store.making import add, moment


def written(reader: Reader, path: Path) -> None:
    path.write_text(str(reader.rows("SELECT sum(value) FROM numbers")[0][0]))


SUM = Made("sum.txt", ("numbers",), written)
ROOM = System(
    slug="sums", room="observe", title=Text("Sommes"), summary=Text(""), home="",
    makes=(f"{__name__}.SUM",),
)  # fmt: skip


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "speakers", lambda: (*systems.speakers(), ROOM))
    monkeypatch.setattr(
        making, "call", lambda path: SUM if path == ROOM.makes[0] else systems.call(path)
    )
    return House.open(tmp_path / "var")


def test_every_file_that_a_system_names_is_one():
    made = making.makes()

    assert all(isinstance(each, Made) and each.title.fr and each.title.en for each in made)
    assert len({each.key for each in made}) == len(made)


def test_the_commands_make_the_files_before_the_release_serves(house):
    add(house.store, "numbers", [1, 2])

    with opening.running(house) as runner:
        runner.finish()

    house.refresh()
    assert house.reader.made(SUM).read_text() == "3"


def test_a_release_that_lacks_a_file_gets_it_when_the_service_starts(house):
    add(house.store, "numbers", [4])
    house.store.publish(moment(1))
    house.refresh()

    assert "sum.txt" in making.make_files(house)
    assert making.make_files(house) == []
    assert house.reader.made(SUM).read_text() == "4"


def test_files_that_can_be_made_again_are_not_in_a_backup(house, tmp_path):
    add(house.store, "numbers", [4])
    house.store.publish(moment(1))
    making.make_files(house)

    kept = {path.name for path in archive._kept(house.var, house.store.current)}

    assert "data.parquet" in kept
    assert "sum.txt" not in kept
