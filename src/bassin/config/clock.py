"""The clock: every few seconds, puts the jobs that are due in the worker's queue.

What it started last is kept in `var/run/clock.json`, and the release it followed last in
`var/run/followed`, so that a restart neither repeats nor forgets.
"""

import json
import logging
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from bassin.config.schedule import Job, due, following, jobs
from bassin.store import Store

logger = logging.getLogger(__name__)

EVERY_SECONDS = 15


def kept_file() -> Path:
    """The file that remembers when each job was last started."""
    return Path(settings.VAR) / "run" / "clock.json"


def read_kept() -> dict[str, datetime]:
    """When each job was last started, by task; empty on a first start."""
    if not kept_file().exists():
        return {}
    kept = json.loads(kept_file().read_text())
    return {task: datetime.fromisoformat(moment) for task, moment in kept.items()}


def write_kept(started: dict[str, datetime]) -> None:
    """Replace the file in one move: a process killed half-way leaves the old one."""
    kept_file().parent.mkdir(parents=True, exist_ok=True)
    fresh = kept_file().with_suffix(".new")
    fresh.write_text(json.dumps({task: each.isoformat() for task, each in started.items()}))
    fresh.replace(kept_file())


def tick(table: tuple[Job, ...], now: datetime) -> list[Job]:
    """Queue the jobs that are due at `now`; return them."""
    started = read_kept()
    ready = due(table, started, now)
    for job in ready:
        import_string(job.task).enqueue()
        logger.info("Queued %s", job.task)
    unseen = {job.task: now for job in table if job.task not in started}
    if ready or unseen:
        write_kept(started | unseen | {job.task: now for job in ready})
    return ready


def follow(tasks: tuple[str, ...]) -> str:
    """Queue what follows a release that came in service, once; return its name, "" when none did.

    Whoever put it there: a command, a page, or the night.
    """
    kept = Path(settings.VAR) / "run" / "followed"
    current = Store(Path(settings.VAR) / "store").current
    if not current or (kept.exists() and kept.read_text() == current):
        return ""
    for task in tasks:
        import_string(task).enqueue()
        logger.info("Queued %s for the release %s", task, current)
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(".new")
    fresh.write_text(current)
    fresh.replace(kept)
    return current


def run() -> None:
    """Tick until the process is told to stop."""
    table, after = jobs(), following()
    while True:
        close_old_connections()
        try:
            tick(table, timezone.localtime())
            follow(after)
        except OperationalError:
            # The database is restarting or busy: the jobs are still due at the next tick.
            logger.warning("The database did not answer; trying again in %s s", EVERY_SECONDS)
        time.sleep(EVERY_SECONDS)
