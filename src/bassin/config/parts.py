"""The parts of a running service, one process each: `bassin serve --part NAME` runs one alone."""

import logging
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.core.management import call_command

from bassin.config import clock

logger = logging.getLogger(__name__)

STOP_SECONDS = 2
"""How long a web worker may finish what it answers (an open live page never ends by itself)."""

BACKLOG = 4096

AT_ONCE = 8192
"""Requests and open streams of one process; the server's own limit would stop at 2,048 of two."""

OPEN_FILES = 20_000

SERVED_PORT = "BASSIN_SERVED_PORT"
"""Variable by which the server tells its workers their port; nobody sets it from outside."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the pages answer, and with how many processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2

    @property
    def url(self) -> str:
        """What a person types in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def run_pages(address: Address) -> None:
    """Become the web server (pages and live part); does not return."""
    _become_server(address, "bassin.config.asgi:application", address.workers)


def run_live(address: Address) -> None:
    """Become a server of the live part alone, in one process; does not return."""
    _become_server(address, "bassin.config.live:application", 1)


def _become_server(address: Address, application: str, workers: int) -> None:
    words = [
        *("--interface", "asgi"),
        *("--host", address.host),
        *("--port", str(address.port)),
        *("--workers", str(workers)),
        *("--blocking-threads", "1"),
        *("--backlog", str(BACKLOG)),
        *("--backpressure", str(AT_ONCE)),
        *("--workers-kill-timeout", str(STOP_SECONDS)),
        *("--log-level", "warning"),
        "--respawn-failed-workers",
        application,
    ]
    os.environ[SERVED_PORT] = str(address.port)
    # Each thread would keep its own reserve of memory: 40 MB more per process, for no speed.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    allow_open_files()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *words])  # noqa: S606  no shell wanted


def allow_open_files() -> None:
    """Each telephone that follows a workshop is an open file; the usual 1,024 would not do."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def run_worker(address: Address) -> None:
    """Run the tasks that people and the clock have queued."""
    call_command("db_worker", queue_name="*", reload=False, verbosity=1)


def run_clock(address: Address) -> None:
    """Queue nightly and weekly work."""
    clock.run()


def run_charts(address: Address) -> None:
    """Draw charts apart from the web workers: the drawing library takes 300 MB."""
    import_module(CHARTS).main()


def run_mail(address: Address) -> None:
    """Read the reports that come by e-mail."""
    following = import_module(MAIL)
    following.follow(settings.IMAP_EVERY, following.Stop().listen(), logger.info)


CHARTS = "bassin.ui.charts.renderer"
MAIL = "bassin.steer.programmes.mail.following"

PARTS: dict[str, Callable[[Address], None]] = {
    "pages": run_pages,
    "worker": run_worker,
    "clock": run_clock,
    "charts": run_charts,
    "mail": run_mail,
    "live": run_live,
}

WANTED: dict[str, Callable[[], bool]] = {
    "charts": lambda: find_spec(CHARTS) is not None,
    "mail": lambda: bool(settings.IMAP_HOST),
    "live": lambda: False,  # comes with the pages, on their port: alone only when asked for
}
"""Whether this installation has the parts that not all have."""


def present() -> list[str]:
    """The parts this installation has."""
    return [name for name in PARTS if name not in WANTED or WANTED[name]()]
