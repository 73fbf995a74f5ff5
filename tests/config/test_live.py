"""The live part as a service: its streams end with it, and alone it loads no page."""

import socket
import subprocess
import sys
import time

import pytest

from tests.config.test_serve import STOP_SECONDS, environ, service

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
    """Open a stream, and read until the first state is there."""
    opened = socket.create_connection(("127.0.0.1", port), timeout=20)
    opened.sendall(b"GET /live/workshops/123456/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    received = b""
    while b"event: state" not in received:
        received += opened.recv(65536)
    return opened


@pytest.mark.slow
def test_fifty_open_streams_end_with_the_service_within_five_seconds(tmp_path):
    with service(tmp_path) as running:
        running.manage("shell", "-c", SEED)
        streams = [follow(running.port) for _ in range(50)]

        began = time.monotonic()
        took = running.stop()
        # Each stream was ended, not cut: its last chunk is there.
        ends = [_rest(each) for each in streams]

    assert took < STOP_SECONDS
    assert time.monotonic() - began < 2 * STOP_SECONDS
    assert sum(end.endswith(b"0\r\n\r\n") for end in ends) == len(streams)


def _rest(stream: socket.socket) -> bytes:
    received = b""
    with stream:
        while part := stream.recv(65536):
            received += part
    return received
