"""`bassin serve` for real: one port, every part, and nothing left five seconds after SIGTERM."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from bassin.config import parts, serve
from bassin.config.parts import Address
from bassin.errors import Refused
from tests.support.mailbox import ADDRESS, HOST, PASSWORD, USER, Server

pytestmark = pytest.mark.slow

START_SECONDS = 180  # long: the machine may be busy with others
STOP_SECONDS = 5
BASSIN = (sys.executable, "-m", "bassin.cli")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environ(var: Path) -> dict[str, str]:
    """The environment of a process that works on an installation, as the settings are outside."""
    return {
        **os.environ,
        "BASSIN_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bassin.config.settings",
        # This checkout, and its tests: the worker runs a task of theirs.
        "PYTHONPATH": os.pathsep.join([str(settings.CHECKOUT / "src"), str(settings.CHECKOUT)]),
    }


class Service:
    """A service started as a person starts it, and what it said."""

    def __init__(self, var: Path, **more: str) -> None:
        self.var = var
        self.port = free_port()
        self.env = {**environ(var), **more}
        self.process = subprocess.Popen(
            [*BASSIN, "serve", "--port", str(self.port)],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: deque[str] = deque()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        self.said.extend(self.process.stdout)

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not any("bassin is at" in line for line in self.said):
            assert self.process.poll() is None, "".join(self.said)
            assert time.monotonic() < deadline, "".join(self.said)
            time.sleep(0.1)

    def manage(self, *words: str) -> None:
        """Run a command of Django beside the service, on the same folder."""
        subprocess.run([*BASSIN, "manage", *words], env=self.env, check=True, capture_output=True)

    def pids(self) -> dict[str, int]:
        noted = json.loads((self.var / "run" / "serve.json").read_text())["parts"]
        return {name: fact["pid"] for name, fact in noted.items()}

    def stop(self) -> None:
        """Send SIGTERM and wait for the end; how long it takes is measured by `make bench`."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.reader.join(timeout=5)
        self.process.stdout.close()


@contextmanager
def service(var: Path, **more: str) -> Iterator[Service]:
    running = Service(var, **more)
    try:
        running.wait_until_ready()
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def until(happened: Callable[[], bool]) -> None:
    """Wait for something, a minute at most."""
    deadline = time.monotonic() + START_SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_running(pid: int) -> bool:
    """Whether a process is there and not merely waiting for its parent to notice its end."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


class Lived:
    """What was seen of one service, from its start in an empty folder to its stop: a part falls,
    mail comes, and it is stopped during a task and an upload that never ends."""

    def __init__(self, running: Service, mailbox: Server) -> None:
        self.service, self.mailbox = running, mailbox
        self.health = running.get("/healthz")
        self.live = running.get("/live/nothing")[0]
        self.pids = running.pids()
        self.alive = {name: is_running(pid) for name, pid in self.pids.items()}
        self.worker = self.pids["worker"], self.fall("worker")
        self.health_after_a_fall = running.get("/healthz")[0]
        self.receive()
        words = [*BASSIN, "status"]
        shown = subprocess.run(words, env=running.env, capture_output=True, text=True, check=False)
        self.status = shown.stdout
        running.manage("shell", "-c", "from tests.config.naps import nap; nap.enqueue()")
        until(lambda: self.task() == "RUNNING")
        head = b"POST /language/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
        with socket.create_connection(("127.0.0.1", running.port)) as slow:
            slow.sendall(head)
            time.sleep(0.5)
            last = running.pids()
            running.stop()
        self.left = [name for name, pid in (*self.pids.items(), *last.items()) if is_running(pid)]

    def fall(self, part: str) -> int:
        """Kill a part; the number of the process that takes its place."""
        fallen = self.service.pids()[part]
        os.kill(fallen, signal.SIGKILL)
        until(lambda: self.service.pids()[part] != fallen)
        return self.service.pids()[part]

    def receive(self) -> None:
        """Have an e-mail read, then another one by the part that takes the place of the first."""
        self.read = []
        for subject in ("Bonjour", "Encore"):
            letter = f"From: dan@example.org\r\nSubject: {subject}\r\n\r\nUn\r\n"
            self.mailbox.deliver(letter.encode())
            until(lambda: self.mailbox.unread() == 0)
            self.read.append(subject)
            if subject == "Bonjour":
                self.fall("mail")

    def task(self) -> str:
        """How the only task stands."""
        address = f"file:{self.service.var / 'bassin.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute("SELECT status FROM django_tasks_database_dbtaskresult")
            return rows.fetchone()[0]


@pytest.fixture(scope="module")
def lived(tmp_path_factory, imap_server) -> Lived:
    """A service started once for the tests that follow: each of its starts is six processes."""
    imap_server.empty()
    mailbox = {
        "BASSIN_IMAP_HOST": HOST, "BASSIN_IMAP_PORT": str(imap_server.port),
        "BASSIN_IMAP_SECURITY": "none", "BASSIN_IMAP_USER": USER,
        "BASSIN_IMAP_PASSWORD": PASSWORD, "BASSIN_IMAP_ADDRESS": ADDRESS,
        "BASSIN_IMAP_EVERY": "1",
    }  # fmt: skip
    with service(tmp_path_factory.mktemp("served"), **mailbox) as running:
        return Lived(running, imap_server)


def test_one_port_serves_pages_and_live_part_and_all_stops_whole(lived):
    with override_settings(IMAP_HOST=HOST):
        expected = set(parts.present())

    assert lived.health == (200, "ok\n")
    assert lived.live == 404
    assert set(lived.pids) == expected
    assert all(lived.alive.values())
    assert lived.service.process.returncode == 0
    assert lived.left == []
    assert not (lived.service.var / "run" / "serve.json").exists()


def test_a_part_that_falls_is_started_again_and_the_pages_stay(lived):
    fallen, risen = lived.worker

    assert fallen != risen
    assert lived.health_after_a_fall == 200


def test_the_mailbox_is_read_again_and_again_by_a_part_of_its_own(lived):
    assert lived.read == ["Bonjour", "Encore"]
    assert re.search(r"^running .*\bmail\b", lived.status, re.MULTILINE)


def test_without_a_mailbox_nothing_reads_it():
    with override_settings(IMAP_HOST=""):
        assert "mail" not in parts.present()
    with override_settings(IMAP_HOST="imap.example.org"):
        assert "mail" in parts.present()


def test_what_never_ends_is_killed_in_time_for_all_to_be_over_in_five_seconds(lived):
    assert parts.STOP_SECONDS < serve.KILL_AFTER < STOP_SECONDS
    assert "pages" not in lived.left


def test_a_task_cut_short_by_the_stop_is_noted_as_failed(lived):
    assert lived.task() == "FAILED"


def test_a_busy_port_is_refused_in_one_sentence_that_names_another():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]

        with pytest.raises(Refused) as refusal:
            serve.check_port_is_free(Address(port=port))

    assert f"Port {port} is already in use" in str(refusal.value)
    assert f"--port {port + 1}" in str(refusal.value)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refused, match=r"198\.51\.100\.1"):
        serve.check_port_is_free(Address(host="198.51.100.1", port=free_port()))


def test_parts_noted_by_a_service_that_is_gone_are_not_said_to_run(tmp_path):
    (tmp_path / "run").mkdir()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    noted = {
        "clock": {"pid": ended.pid, "started_at": 1.0},
        "pages": {"pid": os.getpid(), "started_at": 2.0},
    }
    (tmp_path / "run" / "serve.json").write_text(json.dumps({"url": "", "parts": noted}))

    with override_settings(VAR=tmp_path):
        assert serve.running_parts() == {"pages": 2.0}


def test_a_disk_without_room_for_a_note_stops_no_part(tmp_path, caplog):
    (tmp_path / "run").write_text("a file where a folder should be")

    with override_settings(VAR=tmp_path):
        serve.Supervisor(Address())._note()

    assert "could not be noted" in caplog.text
