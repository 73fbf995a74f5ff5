"""Raw files: what is kept, what a bad file leaves behind (nothing), what must not be kept."""

import errno
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bassin.sources.census.population import Census
from bassin.sources.contract import Raw
from bassin.sources.runner import Runner
from bassin.sources.sirene.legal_units import LegalUnits
from bassin.store import Store
from tests.support.t12 import COMMUNES

HEAD = "code_insee,pop_tot"


def census(folder: Path, year: int, people: int) -> Raw:
    from bassin.sources.census import population

    columns = [column for column, _ in population._COUNTS.values()] + [*population._HIGHER_2018]
    lines = [",".join(["code_insee", *columns])]
    lines += [",".join([code, *[str(people)] * len(columns)]) for code in sorted(COMMUNES)]
    path = folder / f"rp{year}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Raw(path, f"census/rp{year}.csv")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    moments = iter(range(1000))
    return Runner(
        Store(tmp_path / "store"),
        today=date(2026, 11, 20),
        now=lambda: datetime(2026, 11, 20, 8, 0, 0, next(moments), tzinfo=UTC),
    )


def test_a_bad_file_does_not_spoil_the_next_load(runner: Runner, tmp_path: Path):
    good, bad = census(tmp_path, 2018, 100), census(tmp_path, 2019, 100)
    bad.path.write_text("code_insee;pop_tot\n", encoding="utf-8")
    runner.load(Census(), [good])

    failed = runner.load(Census(), [bad])
    later = runner.load(Census(), [census(tmp_path, 2020, 200)])

    assert failed.status == "failed"
    assert later.status == "published"
    assert later.rows == 2 * len(COMMUNES)


def test_a_bad_file_leaves_nothing_on_disk(runner: Runner, tmp_path: Path):
    bad = census(tmp_path, 2019, 100)
    bad.path.write_text("code_insee;pop_tot\n", encoding="utf-8")

    runner.load(Census(), [bad])

    left = runner.store.root / "raw" / "census" / "real"
    assert [path.name for path in left.iterdir()] == []


def test_what_is_kept_does_not_change_with_the_folder_it_came_from(runner: Runner, tmp_path: Path):
    # given two files that were loaded
    first, second = census(tmp_path, 2012, 100), census(tmp_path, 2018, 100)
    whole = second.path.read_bytes()
    runner.load(Census(), [first, second])

    # when somebody writes in one of them, in place, and it is bad
    with second.path.open("r+b") as file:
        file.truncate(50)
    failed = runner.load(Census(), [second])

    # then the good one is still kept, and read again with the next
    kept = (runner.store.root / "raw" / "census" / "real").glob("*-rp2018.csv")
    assert [path.read_bytes() for path in kept] == [whole]
    assert failed.status == "failed"
    assert runner.load(Census(), [census(tmp_path, 2023, 100)]).rows == 3 * len(COMMUNES)


def test_an_older_fuller_copy_of_people_s_data_is_not_kept_anywhere(runner: Runner, tmp_path: Path):
    sample = Path(__file__).parent / "data" / "sirene"
    path = tmp_path / "StockUniteLegale_utf8.csv"
    source = next(sample.glob("StockUniteLegale*.csv"))
    path.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    runner.load(LegalUnits(), [Raw(path, path.name)])
    first = runner.store.current
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")

    runner.load(LegalUnits(), [Raw(path, path.name)])

    store = runner.store
    raws = store.root / "raw" / "legal_units" / "real"
    assert len(store.versions("legal_units")) == 1
    assert len([each for each in raws.iterdir() if each.name != "index.json"]) == 1
    assert not store.database(first).exists()


def test_a_disk_that_cannot_share_blocks_still_keeps_the_whole_file(runner, tmp_path, monkeypatch):
    def crossing(*_given):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "copy_file_range", crossing)
    good = census(tmp_path, 2018, 100)

    run = runner.load(Census(), [good])

    kept = (runner.store.root / "raw" / "census" / "real").glob("*-rp2018.csv")
    assert run.status == "published"
    assert [path.read_bytes() for path in kept] == [good.path.read_bytes()]


def test_a_file_that_did_not_change_is_neither_copied_nor_read_again(runner, tmp_path, monkeypatch):
    good = census(tmp_path, 2018, 100)
    runner.load(Census(), [good])
    touched = []
    monkeypatch.setattr(os, "copy_file_range", lambda *given: touched.append(given))
    monkeypatch.setattr("bassin.sources.raw._sha256", touched.append)

    again = runner.load(Census(), [good])

    assert (again.status, touched) == ("unchanged", [])


def test_the_same_content_under_a_newer_date_is_kept_once(runner, tmp_path):
    good = census(tmp_path, 2018, 100)
    runner.load(Census(), [good])
    os.utime(good.path, (2_000_000_000, 2_000_000_000))

    again = runner.load(Census(), [good])

    kept = runner.store.root / "raw" / "census" / "real"
    assert again.status == "unchanged"
    assert sorted(path.name[8:] for path in kept.iterdir() if path.suffix != ".json") == [
        "-rp2018.csv"
    ]
