"""The geography of France as packages carry it, loaded once for all the tests of a run."""

import fcntl
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bassin.sources import Raw, Runner, source
from bassin.store import Store

DATA = Path(__file__).parents[1] / "sources" / "data"
ADDED = {
    "income_iris": "income_iris/income/filosofi-disp-iris-2017-idf.csv",
    "employment_areas": "employment_areas/labour/bassin_emploi-bmo.csv",
}
"""Samples of ours for the scales that packages do not carry."""


@pytest.fixture(scope="session")
def france(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `var` whose store holds all of France; read it, never write in it."""
    base = tmp_path_factory.getbasetemp()
    # Processes of pytest-xdist have a folder each, in one that they share.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    var = shared / "france"
    with (shared / "france.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (var / "store" / "current").exists():
            _load(var)
    return var


def _load(var: Path) -> None:
    runner = Runner(Store(var / "store"), today=date(2026, 11, 20), now=lambda: datetime.now(UTC))
    runs = runner.load_installed()
    for key, path in ADDED.items():
        raw = Raw(DATA / path, "/".join(Path(path).parts[1:]))
        runs.append(runner.load(source(key), [raw], publish=False))
    assert [run.error for run in runs if run.status == "failed"] == []
    runner.finish()
