"""The geography of France as packages carry it, loaded once for all the tests of a run."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bassin.sources import Raw, Runner, source
from bassin.store import Store
from tests.support.shared import alone

DATA = Path(__file__).parents[1] / "sources" / "data"
ADDED = {
    "income_iris": "income_iris/income/filosofi-disp-iris-2017-idf.csv",
    "employment_areas": "employment_areas/labour/bassin_emploi-bmo.csv",
}
"""Samples of ours for the scales that packages do not carry."""
WRITTEN = ("current", "runs.jsonl")
"""Files of a store that are written in place: never shared with the other tests."""


@pytest.fixture(scope="session")
def packaged(shared_folder: Path) -> Path:
    """A folder `var` whose store holds what packages carry, in no release; never write in it."""
    var = shared_folder / "packaged"
    with alone(shared_folder, "packaged"):
        if not var.exists():
            made = shared_folder / "packaged-new"
            runs = runner(made).load_installed()
            assert [run.error for run in runs if run.status == "failed"] == []
            made.rename(var)
    return var


@pytest.fixture(scope="session")
def france(packaged: Path, shared_folder: Path) -> Path:
    """A folder `var` whose store holds all of France; read it, never write in it."""
    var = shared_folder / "france"
    with alone(shared_folder, "france"):
        if not (var / "store" / "current").exists():
            linked(packaged, var)
            loader = runner(var)
            for key, path in ADDED.items():
                raw = Raw(DATA / path, "/".join(Path(path).parts[1:]))
                run = loader.load(source(key), [raw], publish=False)
                assert run.status == "published", run.error
            loader.finish()
    return var


def linked(var: Path, into: Path) -> Path:
    """A copy of an installation whose files, which never change, are those of the first."""
    shutil.copytree(var, into, copy_function=os.link)
    for name in WRITTEN:
        kept = into / "store" / name
        if kept.exists():
            content = kept.read_bytes()
            kept.unlink()
            kept.write_bytes(content)
    return into


def runner(var: Path) -> Runner:
    """A runner on an installation, on a day that does not move."""
    return Runner(Store(var / "store"), today=date(2026, 11, 20), now=lambda: datetime.now(UTC))
