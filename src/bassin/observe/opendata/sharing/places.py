"""Where the files of a deposit lie, and how large one may be."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from bassin.commons.brought import MEGABYTE

MOST_BYTES = 50 * MEGABYTE
AT_ONCE = 2 * MEGABYTE
"""A larger file is checked by the worker, while its page says how far it is."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one deposit."""

    folder: Path

    @property
    def received(self) -> Path:
        """The file as it came."""
        return self.folder / "received"

    @property
    def accepted(self) -> Path:
        """What would be loaded."""
        return self.folder / "accepted.csv"

    @property
    def broken(self) -> Path:
        """The rows that are not whole."""
        return self.folder / "broken.csv"

    @property
    def faults(self) -> Path:
        """Every fault."""
        return self.folder / "faults.parquet"

    def clear(self) -> None:
        """Leave what was made of it, half or whole; the file as it came stays."""
        for path in (self.accepted, self.broken, self.faults):
            path.unlink(missing_ok=True)


def files(pk: int) -> Files:
    """The files of a deposit."""
    return Files(Path(settings.VAR) / "deposits" / str(pk))


def keep(pk: int, chunks: Iterable[bytes]) -> Files:
    """Write a file down as it comes, never whole in memory; nothing is left when it fails."""
    kept = files(pk)
    kept.folder.mkdir(parents=True, exist_ok=True)
    try:
        with kept.received.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
    except OSError:
        forget(pk)
        raise
    return kept


def forget(pk: int) -> None:
    """Delete the files of a deposit."""
    shutil.rmtree(files(pk).folder, ignore_errors=True)
