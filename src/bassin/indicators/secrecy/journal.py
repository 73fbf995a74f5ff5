"""Each answer that leaves with hidden cells is counted: by day and by way, never who asked.

What an answer rests on is told by `Engine.observe`, through which every figure passes: nothing
hidden can leave uncounted. Where an answer says exactly which values it gives (`told`), those are
counted instead of all that was read for it.

    with leaving() as left:
        …  # figures are read, an answer is made
    Journal(var).note("api", left.hidden, today)
"""

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bassin.indicators.figure import Observation, Status
from bassin.indicators.secrecy.regimes import reason

logger = logging.getLogger(__name__)

COVERED = (Status.SECRET, Status.SECONDARY, Status.ROUNDED)
"""What secrecy did something to."""


@dataclass(slots=True)
class Leaving:
    """What is hidden in an answer that is being made: cells read, cells told, rows without name."""

    read: set[tuple[str, str, str]] = field(default_factory=set)
    told: set[tuple[str, str, str]] | None = None
    rows: int = 0

    @property
    def hidden(self) -> int:
        """How many cells and rows of an answer for machines, or of a file, are hidden."""
        return len(self.read if self.told is None else self.told) + self.rows

    @property
    def on_page(self) -> int:
        """The same of a page, where figures stand beside what it gives to machines."""
        return len(self.read | (self.told or set())) + self.rows


_LEAVING: ContextVar[Leaving | None] = ContextVar("leaving", default=None)


@contextmanager
def leaving() -> Iterator[Leaving]:
    """Count what is hidden in the answer made within."""
    made = Leaving()
    token = _LEAVING.set(made)
    try:
        yield made
    finally:
        _LEAVING.reset(token)


def read(observed: Iterable[Observation]) -> None:
    """Say what an answer reads: called by the engine for each protected figure."""
    counted = _LEAVING.get()
    if counted is not None:
        counted.read.update(_cells(observed))


def told(observed: Iterable[Observation]) -> None:
    """Say exactly what an answer gives, once it has chosen among what it read."""
    counted = _LEAVING.get()
    if counted is not None:
        counted.told = (counted.told or set()) | _cells(observed)


def rows(count: int) -> None:
    """Say that an answer gives so many rows whose identity is hidden, or is given again."""
    counted = _LEAVING.get()
    if counted is not None:
        counted.rows += count


def current() -> Leaving:
    """The answer that is being made; one that nobody counts outside of any."""
    return _LEAVING.get() or Leaving()


def _cells(observed: Iterable[Observation]) -> set[tuple[str, str, str]]:
    return {(each.indicator, each.place.key, each.period) for each in observed if _is_covered(each)}


def _is_covered(observed: Observation) -> bool:
    if observed.status == Status.REFUSED:
        return observed.why == reason("not_judged")
    return observed.status in COVERED


class Journal:
    """The counts of an installation: one small file a day, to which every process adds lines."""

    def __init__(self, var: Path) -> None:
        self.folder = var / "journal"

    def note(self, way: str, hidden: int, today: date) -> None:
        """Count one answer; a full disk is told in the log and keeps nobody from reading."""
        if not hidden:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # A short line added at the end is written whole, whoever else is writing.
            opened = os.open(self._file(today), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                os.write(opened, f"{way}\t1\t{hidden}\n".encode())
            finally:
                os.close(opened)
        except OSError as error:
            logger.warning("An answer with %s hidden cells is not counted: %s", hidden, error)

    def _file(self, day: date) -> Path:
        return self.folder / f"hidden-{day.isoformat()}.tsv"

    def counts(self, day: date) -> dict[str, tuple[int, int]]:
        """Of each way, how many answers left with something hidden, and how many cells."""
        answers, cells = Counter[str](), Counter[str]()
        try:
            lines = self._file(day).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return {}
        for line in lines:
            way, times, hidden = line.split("\t")
            answers[way] += int(times)
            cells[way] += int(hidden)
        return {way: (answers[way], cells[way]) for way in sorted(answers)}

    def days(self) -> list[date]:
        """The days that something was counted on, the latest first."""
        names = (path.stem.removeprefix("hidden-") for path in self.folder.glob("hidden-*.tsv"))
        return sorted(map(date.fromisoformat, names), reverse=True)

    def shorten(self, today: date) -> None:
        """Write the days that are over in as many lines as there were ways."""
        for day in self.days():
            path = self._file(day)
            if (today - day).days < 2 or path.stat().st_size < 4_000:
                continue
            counted = self.counts(day).items()
            fresh = path.with_suffix(".new")
            fresh.write_text("".join(f"{w}\t{n}\t{c}\n" for w, (n, c) in counted), "utf-8")
            os.replace(fresh, path)
