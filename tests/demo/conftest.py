"""One sample, built once for all tests of this folder."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bassin.config.covering import Covering
from bassin.config.making import makes
from bassin.demo import facts, sample
from bassin.indicators.house import House
from bassin.sources import Runner
from bassin.store import Store, made
from bassin.territory import Installation
from tests.support.france import linked
from tests.support.shared import alone

TODAY = date(2026, 11, 20)


def runner_of(house: House) -> Runner:
    """A runner as the commands make it, on a day that does not move."""
    covers = None
    if house.installation.territory:
        covers = Covering(house.store, sorted(house.territory.codes(house.home)))
    return Runner(
        house.store, today=TODAY, now=lambda: datetime.now(UTC), covers=covers,
        inspect=lambda name: made.prepare(house.store, name, makes()),
    )  # fmt: skip


@pytest.fixture(scope="session")
def prepared(packaged, tmp_path_factory) -> Path:
    """The folder of an installation for the sample's territory, with geography and nothing else."""
    var = linked(packaged, tmp_path_factory.mktemp("prepared") / "var")
    Runner(Store(var / "store"), today=TODAY, now=lambda: datetime.now(UTC)).finish()
    home = House.open(var).place(facts.TERRITORY)
    Installation(territory=home.key, name=home.name, sample=True).write(var)
    return var


@pytest.fixture(scope="session")
def sampled(prepared, shared_folder) -> House:
    """The sample, built once for all workers; read it, do not change it."""
    var = shared_folder / "sampled"
    with alone(shared_folder, "sampled"):
        if not var.exists():
            made = House.open(linked(prepared, shared_folder / "sampled-new"))
            sample.build(runner_of(made), made, TODAY)
            made.var.rename(var)
    return House.open(var)


@pytest.fixture
def copied(sampled, tmp_path) -> House:
    """A copy of the built sample that a test may change."""
    shutil.copytree(sampled.var, tmp_path / "var")
    return House.open(tmp_path / "var")
