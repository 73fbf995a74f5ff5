"""The live part as a service: its streams end with it, and alone it loads no page."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.config.test_serve import START_SECONDS, STOP_SECONDS, environ, service
from tests.support.made_once import first_start

STREAMS = 50
TRIES = 3
LOADED = """
import bassin.config.live, sys
from bassin.debate.workshops.live import showing
from bassin.debate.workshops.models import Workshop
workshop = Workshop(code="123456", title={"fr": "Atelier"}, languages=["fr"], state="lobby")
print(showing.states(workshop, ["fr"])["fr"].body.decode())
print(sorted({"duckdb", "pyarrow", "numpy", "ibis", "bassin.config.urls"} & set(sys.modules)))
"""

SEED = """
from bassin.debate.workshops.models import Workshop
Workshop.objects.create(code="123456", title={"fr": "Atelier"}, languages=["fr"], state="lobby")
"""


def test_the_live_part_alone_shows_a_workshop_and_loads_no_page(tmp_path):
    words = [sys.executable, "-c", LOADED]
    said = subprocess.run(
        words, env=environ(tmp_path), capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert '"state":"lobby"' in said[0]
    assert said[-1] == "[]"


def follow(port: int) -> socket.socket:
    """Open a stream, and read until the first state is there; told to come back, come back."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        opened = socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS)
        opened.sendall(b"GET /live/workshops/123456/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        received = opened.recv(65536)
        while received.startswith(b"HTTP/1.1 200") and b"event: state" not in received:
            received += opened.recv(65536)
        if b"event: state" in received:
            return opened
        opened.close()
        assert time.monotonic() < deadline, received
        time.sleep(0.2)


@pytest.mark.slow
def test_fifty_open_streams_end_with_the_service_within_five_seconds(migrated_file, tmp_path):
    """A machine busy with others for seconds gives nobody the time to end anything: such a stop is
    tried again. A service that cuts its streams, or waits for them, does so each time."""
    stops = []
    for number in range(TRIES):
        stops.append(_stopped(first_start(migrated_file, tmp_path / str(number))))
        took, whole, ended = stops[-1]
        if took < STOP_SECONDS and whole < 2 * STOP_SECONDS and ended == STREAMS:
            return
    pytest.fail(f"seconds to stop, to read all to the end, and streams ended: {stops}")


def _stopped(var: Path) -> tuple[float, float, int]:
    """Seconds that a service took to stop, and its streams to be read to their end; how many of
    them were ended, not cut: their last chunk is there."""
    with service(var) as running:
        running.manage("shell", "-c", SEED)
        streams = [follow(running.port) for _ in range(STREAMS)]

        began = time.monotonic()
        running.stop()
        took = time.monotonic() - began
        ends = [_rest(each) for each in streams]
    return took, time.monotonic() - began, sum(end.endswith(b"0\r\n\r\n") for end in ends)


def _rest(stream: socket.socket) -> bytes:
    received = b""
    with stream:
        while part := stream.recv(65536):
            received += part
    return received
