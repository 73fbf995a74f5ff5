"""Matrices on disk: computed once per release and hypotheses, then read where they are needed."""

import os
import shutil
from collections.abc import Callable
from hashlib import blake2s
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bassin.store import Reader
from bassin.territory.travel.hypotheses import Hypotheses

METHOD = 1
"""Raised when the same inputs give other minutes."""

INPUTS = ("communes", "shapes", "stations", "lines", "establishments")
MOST_FOLDERS = 3


class Shelf:
    """The folder of one release's matrices: one file each, mapped in memory when read."""

    def __init__(self, root: Path, reader: Reader, home: str, said: Hypotheses) -> None:
        versions = [
            served.version.version if (served := reader.release.tables.get(table)) else ""
            for table in INPUTS
        ]
        words = "|".join([str(METHOD), home, said.digest, *versions])
        self.root = root
        self.folder = self.root / blake2s(words.encode(), digest_size=10).hexdigest()

    def get(self, name: str, make: Callable[[], NDArray[np.int16]]) -> NDArray[np.int16]:
        """A matrix by name; made and written when it is not there yet.

        Where nothing can be written (a full disk, a read-only folder) it is made in memory.
        """
        path = self.folder / f"{name}.npy"
        if not path.exists():
            made = make()
            if not self._write(path, made):
                return made
        found: NDArray[np.int16] = np.load(path, mmap_mode="r", allow_pickle=False)
        return found

    def _write(self, path: Path, made: NDArray[np.int16]) -> bool:
        fresh = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                np.save(file, made, allow_pickle=False)
            os.replace(fresh, path)
            self._sweep()
        except OSError:
            fresh.unlink(missing_ok=True)
            return False
        return True

    def _sweep(self) -> None:
        """Keep the folders written last; a file that is being read outlives its name."""
        folders = sorted(self.root.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for old in folders[:-MOST_FOLDERS]:
            if old != self.folder:
                shutil.rmtree(old, ignore_errors=True)
