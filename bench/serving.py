"""Starting servers and asking them; and what the one door costs against a bare ASGI answer."""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bassin.config.bridge import Receive, Scope, Send
from bench.harness import Measure, absent
from bench.installation import environ

SECONDS = 5
NAME = "plain page through bassin serve, 2 workers"
AGAINST = "bare ASGI answer, same server"
TARGET = 0.12
"""Full middleware and a database check per request: an eighth of an answer that does nothing."""


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """The baseline: an ASGI application that says "ok"."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok\n"})


def run() -> Iterator[Measure]:
    """Requests per second, measured with wrk."""
    if not shutil.which("wrk"):
        yield absent(NAME, AGAINST, "wrk is not installed")
        return
    serve = ["-m", "bassin.cli", "serve", "--workers", "2"]
    plain = ["-m", "granian", "--interface", "asgi", "--workers", "2", "--log-level", "warning"]
    with served([*serve, "--port"]) as url:
        ours = rate(f"{url}/healthz")
    with served([*plain, "bench.serving:bare", "--port"]) as url:
        baseline = rate(f"{url}/healthz")
    yield Measure(NAME, AGAINST, "req/s", ours, baseline, TARGET)


@contextmanager
def served(words: list[str], var: Path | None = None) -> Iterator[str]:
    """Start a server with a free port added to its words; give its address, stop it after.

    Args:
        var: the installation that it serves; an empty one by default.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as empty:
        process = subprocess.Popen(
            [sys.executable, *words, str(port)], env=environ(var or Path(empty)),
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Return when something listens on the port; raise TimeoutError after a while."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Nothing answered on port {port} after {seconds:.0f} s.")


def rate(url: str) -> float:
    """Requests per second over 16 connections of a browser, after a second of warming up."""
    words = ["wrk", "-t1", "-c16", "-H", "Accept-Encoding: gzip"]
    subprocess.run([*words, "-d1s", url], capture_output=True, check=True)
    said = subprocess.run(
        [*words, f"-d{SECONDS}s", url], capture_output=True, check=True, text=True
    ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise ValueError(f"wrk said nothing we know: {said}")
    return float(found[1])
