"""`bassin serve`: starts every part of the service, restarts the fallen, stops them together."""

import errno
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from bassin.config import build, parts
from bassin.config.databases import migrate
from bassin.config.parts import Address
from bassin.errors import Refused

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.1
INSIST_AFTER = 2.0
KILL_AFTER = 3.5
"""Seconds after which a part that still runs is told again, then killed: all is over within 5."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


def serve(address: Address) -> int:
    """Serve until SIGTERM or Ctrl-C. Returns the exit code.

    Raises:
        Refused: the port is taken or forbidden; the message names another way.
    """
    check_port_is_free(address)
    build.prepare()
    migrate()
    _notice_interrupted()
    return Supervisor(address).run()


def _notice_interrupted() -> None:
    """A load that was cut by a machine that stopped is said on the pages from the start."""
    if not (settings.STORE / "running.json").exists():
        return
    from bassin.sources.health import notice_interrupted  # reads all sources: a second of the start
    from bassin.store import Store

    notice_interrupted(Store(settings.STORE))


def check_port_is_free(address: Address) -> None:
    """Raise `Refused` with the reason when the pages could not answer at this address."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except socket.gaierror as error:
            raise Refused(
                f"No network card has the address {address.host}. Use 127.0.0.1 for this machine "
                "alone, or 0.0.0.0 for all its addresses."
            ) from error
        except OSError as error:
            raise Refused(_why_not(address, error)) from error


def _why_not(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} is already in use on {address.host}. Stop what uses it, or "
            f"choose another port: --port {address.port + 1} (PORT={address.port + 1} with make)."
        )
    if error.errno == errno.EACCES:
        return f"Port {address.port} is kept for the system's administrator. Choose one above 1023."
    return (
        f"{address.host}:{address.port} cannot be used: {error.strerror}. Choose another address."
    )


@dataclass
class Child:
    """One part and the process that runs it now."""

    name: str
    words: list[str]
    pause: float = FIRST_PAUSE
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = field(default=0.0)

    def start(self) -> None:
        # Its own group: Ctrl-C reaches the supervisor alone, which then stops all in order.
        self.process = subprocess.Popen(self.words, start_new_session=True)
        self.started_at = time.time()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tell(self, number: int) -> None:
        """Send a signal to the process; to its whole group when it is to be killed."""
        if self.process is None or not self.is_running():
            return
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)


class Supervisor:
    """Keeps the parts running."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.stopping = False
        self.children = [Child(name, self._words(name)) for name in parts.present()]

    def _words(self, name: str) -> list[str]:
        words = [sys.executable, "-m", "bassin.cli", "serve", "--part", name]
        words += ["--host", self.address.host, "--port", str(self.address.port)]
        return [*words, "--workers", str(self.address.workers)]

    def run(self) -> int:
        """Start all parts, say where the pages are, and watch until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        self._note()
        told = False
        failed = False
        while not self.stopping and not failed:
            if not told and answers(self.address):
                told = True
                print(f"bassin is at {self.address.url}  (Ctrl-C stops it)", flush=True)  # noqa: T201
            failed = not told and not self._pages().is_running()
            self._restart_the_fallen()
            time.sleep(LOOK_EVERY)
        self._stop_all()
        return 1 if failed else 0

    def _pages(self) -> Child:
        return next(child for child in self.children if child.name == "pages")

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _restart_the_fallen(self) -> None:
        now = time.time()
        for child in self.children:
            if child.is_running():
                continue
            if not child.restart_at:
                lived_long = now - child.started_at > LONGEST_PAUSE
                child.pause = FIRST_PAUSE if lived_long else min(2 * child.pause, LONGEST_PAUSE)
                child.restart_at = now + child.pause
                code = child.process.returncode if child.process else None
                logger.error(
                    "The part %s fell (code %s); again in %.0f s", child.name, code, child.pause
                )
            elif now >= child.restart_at:
                child.restart_at = 0.0
                child.start()
                self._note()

    def _stop_all(self) -> None:
        """Ask; insist, so that a task in progress is noted as interrupted; then kill."""
        began = time.monotonic()
        steps = [
            (0.0, signal.SIGTERM),
            (INSIST_AFTER, signal.SIGTERM),
            (KILL_AFTER, signal.SIGKILL),
        ]
        while any(child.is_running() for child in self.children):
            if steps and time.monotonic() - began >= steps[0][0]:
                _, number = steps.pop(0)
                for child in self.children:
                    child.tell(number)
            time.sleep(LOOK_EVERY / 2)
        running_file().unlink(missing_ok=True)

    def _note(self) -> None:
        """Write which process runs each part, for `bassin status`; a full disk stops no part."""
        note = {
            child.name: {"pid": child.process.pid, "started_at": child.started_at}
            for child in self.children
            if child.process
        }
        fresh = running_file().with_suffix(".new")
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps({"url": self.address.url, "parts": note}))
            fresh.replace(running_file())  # in one move: `bassin status` may be reading
        except OSError as error:
            logger.warning("Which parts run could not be noted: %s", error)


def running_file() -> Path:
    """The file that says which parts run."""
    return Path(settings.VAR) / "run" / "serve.json"


def running_parts() -> dict[str, float]:
    """The parts of this installation that run now, with the moment (epoch, s) they started."""
    if not running_file().exists():
        return {}
    noted = json.loads(running_file().read_text())["parts"]
    return {name: fact["started_at"] for name, fact in noted.items() if _is_alive(fact["pid"])}


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def answers(address: Address) -> bool:
    """Whether something listens at this address."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)  # noqa: S104
    try:
        socket.create_connection((host, address.port), timeout=0.5).close()
    except OSError:
        return False
    return True
