"""The data pack: a folder of real files of publishers, named by BASSIN_PACK."""

from pathlib import Path

import pytest
from django.conf import settings


def missing() -> str:
    """Why the tests marked `pack` cannot run; "" when they can."""
    if Path(settings.DATA_PACK).is_dir():
        return ""
    return f"no data pack at {settings.DATA_PACK} (name another folder with BASSIN_PACK)"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The folder of the data pack; for tests marked `pack`."""
    return Path(settings.DATA_PACK).resolve()
