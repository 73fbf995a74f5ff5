"""ROME for the tests: the real one of the data pack, and a few occupations of it."""

from pathlib import Path

import pytest
from pyarrow import feather

from bassin.sources.raw import recognised
from bassin.sources.registry import sources
from bassin.store import Store
from bassin.taxonomies.rome import Rome
from tests.support.loading import DATA, runner
from tests.support.shared import alone

FOLDER = DATA / "rome"
TABLES = Rome.__match_args__[:8]


@pytest.fixture(scope="session")
def rome_v347(pack: Path, shared_folder: Path) -> Rome:
    """ROME as the data pack has it, read once for all workers; for tests marked `pack`."""
    kept = shared_folder / "rome-v347"
    with alone(shared_folder, "rome-v347"):
        if not kept.exists():
            kept.mkdir()
            found = Rome.read(pack)
            for name in TABLES:
                feather.write_feather(getattr(found, name), kept / name, "uncompressed")
            (kept / "version").write_text(found.version)
    tables = {name: feather.read_table(kept / name) for name in TABLES}
    return Rome(**tables, version=(kept / "version").read_text())


@pytest.fixture(scope="session")
def rome_sample() -> Rome:
    """The few occupations of `FOLDER`, read once; change a copy, never this one."""
    return Rome.read(FOLDER)


@pytest.fixture(scope="session")
def rome_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A release of the same few occupations; publish in a copy, never in this one."""
    made = runner(tmp_path_factory.mktemp("rome-store"))
    shares, _ = recognised(FOLDER, sources().values())
    for source, raws in shares:
        made.load(source, raws, publish=False)
    made.finish()
    return made.store
