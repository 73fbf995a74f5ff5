"""What takes long to make is made once a run, by the first worker that needs it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all its workers."""
    base = tmp_path_factory.getbasetemp()
    # Processes of pytest-xdist have a folder each, in one that they share.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def alone(folder: Path, work: str) -> Iterator[None]:
    """Held by one worker at a time: the first one does the work, the others find it done."""
    with (folder / f"{work}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
