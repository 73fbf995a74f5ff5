"""`bassin demo` as a person types it: with no data pack, no network, then with real data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bassin.demo import sample
from bassin.demo.parts import PARTS
from bassin.indicators.house import House
from bassin.sources import sources
from bassin.territory import Installation
from bassin.types import Origin
from tests.demo.conftest import runner_of
from tests.support.france import linked

pytestmark = pytest.mark.slow

# Read by Python before the command: any address but this machine's own is refused.
NO_NETWORK = """
import socket

def refuse(self, address):
    raise AssertionError(f"the command asked for {address}")

socket.socket.connect = refuse
socket.socket.connect_ex = refuse
"""


@pytest.fixture
def bassin(tmp_path):
    """Run the command in a folder of its own, with the network cut."""
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "sitecustomize.py").write_text(NO_NETWORK)

    def run(*words, var: Path) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "BASSIN_VAR": str(var),
            "BASSIN_PACK": str(tmp_path / "no pack"),
            "PYTHONPATH": os.pathsep.join([str(tmp_path / "cut"), *sys.path]),
            "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        }
        return subprocess.run(
            [sys.executable, "-m", "bassin.cli", *words], env=environment, capture_output=True,
            text=True, check=False, timeout=300,
        )  # fmt: skip

    return run


def origins(var: Path) -> dict[str, Origin]:
    release = House.open(var).store.release()
    return {name: served.version.origin for name, served in release.tables.items()}


def test_the_sample_is_built_without_pack_or_network_and_the_same_in_another_process(
    bassin, prepared, sampled, migrated_file, tmp_path
):
    var = tmp_path / "var"
    shutil.copytree(prepared, var)
    shutil.copyfile(migrated_file, var / "bassin.sqlite3")

    first = bassin("demo", "--build-only", var=var)
    second = bassin("demo", "--build-only", var=var)

    assert first.returncode == 0, first.stderr
    assert "Sample built" in first.stdout
    assert second.returncode == 0, second.stderr
    assert "Sample built" not in second.stdout
    mine, other = House.open(var).store, sampled.store
    for part in PARTS:
        [made], [expected] = mine.versions(part.source), other.versions(part.source)
        assert made.version == expected.version, part.source


def test_a_real_territory_forgets_everything_invented_until_it_is_asked_for(
    bassin, copied, migrated_file
):
    shutil.copyfile(migrated_file, copied.var / "bassin.sqlite3")
    moved = bassin("init", "--territory", "departement:48", var=copied.var)
    refused = bassin("demo", "--build-only", var=copied.var)

    assert moved.returncode == 0, moved.stderr
    assert set(origins(copied.var).values()) == {Origin.REAL}
    left = [
        version
        for folder in (copied.store.root / "tables").iterdir()
        for version in copied.store.versions(folder.name)
        if version.origin == Origin.INVENTED
    ]
    assert left == []
    assert not Installation.read(copied.var).sample
    assert refused.returncode == 2
    assert "Lozère" in refused.stderr
    assert "BASSIN_VAR" in refused.stderr
    assert not sample.is_built(copied.store)


@pytest.fixture(scope="module")
def mixed(pack, pack_loaded, sampled, tmp_path_factory) -> House:
    """The sample with the data pack loaded over it; its files were already read once."""
    house = House.open(linked(sampled.var, tmp_path_factory.mktemp("mixed") / "var"))
    for read in (pack_loaded / "store" / "tables").glob("*/*"):
        if read.parent.name not in sources():
            continue  # derived: here it comes from the real and the invented together
        here = house.store.root / "tables" / read.parent.name / read.name
        if not here.exists():
            shutil.copytree(read, here, copy_function=os.link)
    runs, _ = runner_of(house).load_folder(pack)
    assert [run for run in runs if run.status == "failed"] == []
    house.refresh()
    return house


@pytest.mark.pack
def test_real_data_replace_their_invented_twin_only_where_they_cover_the_territory(mixed):
    served = mixed.store.release().tables

    empty = {name for name, each in served.items() if each.without_coverage}
    assert {"establishments", "legal_units", "failures"} <= empty
    real = {name for name, each in served.items() if each.version.origin == Origin.REAL}
    assert {"census", "offers", "prices", "rents", "hiring_needs", "tension", "pay"} <= real
    invented = {name for name, each in served.items() if each.version.origin == Origin.INVENTED}
    assert {"establishment_flows", "failures_local", "jobs_at_workplace", "jobseekers"} <= invented


@pytest.mark.pack
def test_no_invented_number_is_that_of_a_real_firm(mixed, sampled):
    real: set[str] = set()
    for name in sources():
        for version in mixed.store.versions(name):
            if version.origin == Origin.REAL and "siren" in version.columns:
                data = mixed.store.path(name, version.version) / "data.parquet"
                rows = mixed.reader.rows(f"SELECT DISTINCT siren FROM read_parquet('{data}')")
                real |= {row[0] for row in rows}
    invented = {row[0] for row in sampled.reader.rows("SELECT siren FROM legal_units")}

    assert len(real) > 1_000
    assert "000325175" in real  # a real number that begins with 000, and is never given
    assert invented.isdisjoint(real)
