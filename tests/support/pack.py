"""The data pack: a folder of real files of publishers, named by BASSIN_PACK."""

from pathlib import Path

import pytest
from django.conf import settings

from bassin.taxonomies.rome import Rome


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
def rome_v347(pack) -> Rome:
    """ROME as the data pack has it, read once; for tests marked `pack`."""
    return Rome.read(pack)
