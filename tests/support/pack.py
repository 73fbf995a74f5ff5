"""The data pack: a folder of real files of publishers, named by BASSIN_PACK."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.support.france import linked, runner
from tests.support.shared import alone


def missing() -> str:
    """Why the tests marked `pack` cannot run; "" when they can."""
    if Path(settings.DATA_PACK).is_dir():
        return ""
    return f"no data pack at {settings.DATA_PACK} (name another folder with BASSIN_PACK)"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The folder of the data pack; for tests marked `pack`."""
    return Path(settings.DATA_PACK).resolve()


@pytest.fixture(scope="session")
def pack_loaded(pack: Path, packaged: Path, shared_folder: Path) -> Path:
    """A folder `var` with the packages and the data pack, loaded once; never write in it."""
    var = shared_folder / "pack"
    with alone(shared_folder, "pack"):
        if not var.exists():
            made = linked(packaged, shared_folder / "pack-new")
            runs, _unknown = runner(made).load_folder(pack)
            assert [run.error for run in runs if run.status == "failed"] == []
            made.rename(var)
    return var
