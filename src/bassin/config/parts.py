"""The parts of a running service, one process each: `bassin serve --part NAME` runs one alone."""

import gc
import logging
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_start_method

from django.conf import settings
from django.core.management import call_command
from granian.cli import cli

from bassin.config import clock, memory

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
    """Be the web server (pages and live part) until told to stop."""
    application = "bassin.config.asgi:application"
    memory.spare()
    if get_start_method() == "fork":
        share(application)
    _serve(address, application, address.workers)


def run_live(address: Address) -> None:
    """Be a server of the live part alone, in one process, until told to stop."""
    memory.spare()
    _serve(address, "bassin.config.live:application", 1)


def share(application: str) -> None:
    """Load what every web process needs before they part, so that they hold it once for all.

    What is set aside from the collector is written to by none of them, so that it stays shared.
    """
    import_module(application.partition(":")[0])
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()


def _serve(address: Address, application: str, workers: int) -> None:
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
    allow_open_files()
    cli(words, prog_name="granian", auto_envvar_prefix="GRANIAN")


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
