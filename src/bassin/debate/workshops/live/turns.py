"""Whose turn it is to write, between the processes of one machine.

Two writers of one SQLite file queue by trying again after pauses that grow to 100 ms: one that
waits here instead is woken the moment the other has committed. PostgreSQL has its own queue.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

FILE = "live.turn"


class Turns:
    """The queue of this machine's writers; without its file (a full disk), SQLite's own."""

    def __init__(self) -> None:
        self.file: IO[bytes] | None = None

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Nobody else here writes an answer meanwhile; a process that dies gives its turn up."""
        held = self._file()
        if held is None:
            yield
            return
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(held, fcntl.LOCK_UN)

    def end(self) -> None:
        """Leave the queue."""
        if self.file is not None:
            self.file.close()
            self.file = None

    def _file(self) -> IO[bytes] | None:
        if self.file is None and connection.vendor == "sqlite":
            path = Path(settings.VAR) / "run" / FILE
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.file = path.open("ab")
            except OSError:
                return None
        return self.file
