"""When repeated work runs: the table of nightly and weekly jobs, and which of them are due.

The `tasks.py` of a system, or of a floor of people and shared records, may hold `NIGHTLY` and
`WEEKLY`, tuples of django-tasks tasks without arguments, and `ON_RELEASE`, those that follow each
release put in service; they are found by the registry.
All hours are those of the installation's time zone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from bassin.systems import systems

NIGHT = time(3, 0)
SUNDAY = 6
LATE_NIGHT = time(4, 30)


@dataclass(frozen=True, slots=True)
class Job:
    """One repeated piece of work. `task` is a dotted path; `weekday` counts from Monday = 0."""

    task: str
    at: time
    weekday: int | None = None

    def latest_slot(self, now: datetime) -> datetime:
        """The last moment, `now` included, at which this job should have started."""
        slot = datetime.combine(now.date(), self.at, tzinfo=now.tzinfo)
        if self.weekday is not None:
            slot -= timedelta(days=(slot.weekday() - self.weekday) % 7)
        if slot > now:
            slot -= timedelta(days=1 if self.weekday is None else 7)
        return slot


HOUSE = (Job("bassin.config.tasks.forget_old_results", LATE_NIGHT, SUNDAY),)
"""Work that belongs to no system."""


FLOORS = ("bassin.parties", "bassin.commons")
"""The floors below the rooms that may have repeated work of their own."""


def jobs() -> tuple[Job, ...]:
    """The whole table: the house's own jobs, then those of the floors and of each system."""
    found = list(HOUSE)
    for module in _modules():
        nightly, weekly = getattr(module, "NIGHTLY", ()), getattr(module, "WEEKLY", ())
        found += [Job(task.module_path, NIGHT) for task in nightly]
        found += [Job(task.module_path, LATE_NIGHT, SUNDAY) for task in weekly]
    return tuple(found)


def following() -> tuple[str, ...]:
    """The tasks that follow each release put in service."""
    return tuple(
        task.module_path for module in _modules() for task in getattr(module, "ON_RELEASE", ())
    )


def _modules() -> Iterator[ModuleType]:
    for package in (*FLOORS, *(system.package for system in systems())):
        if find_spec(f"{package}.tasks"):
            yield import_module(f"{package}.tasks")


def due(table: Iterable[Job], started: Mapping[str, datetime], now: datetime) -> list[Job]:
    """The jobs whose last slot has passed since they were last started.

    A job missed while the machine was off is due once, however many slots were missed. A job never
    seen before waits for its next slot: the caller notes `now` for it.
    """
    return [
        job for job in table if job.task in started and started[job.task] < job.latest_slot(now)
    ]
