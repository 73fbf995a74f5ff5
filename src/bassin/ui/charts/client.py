"""Ask for a chart: the kept file, else the render process, else a process of its own.

Light: a web worker imports this module and never the renderer.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

from bassin.ui import paths
from bassin.ui.charts.model import FORMATS, ChartInput, Format

SOCKET_FILE = "run/charts.sock"
KEY_FILE = "run/charts.key"
DRAWN, FAILED, BUSY = b"d", b"f", b"b"
PATIENCE = 8.0  # seconds to wait for a full queue before saying so
LONGEST_PATH = 100  # bytes; the kernel refuses a Unix socket beyond 107


class ChartError(Exception):
    """A chart could not be drawn; its table still says everything."""


def kept(chart: ChartInput, form: Format) -> Path:
    """Where the drawn file of this chart is kept."""
    name = chart.digest
    suffix = form if form in ("png", "pdf") else f"{form}.svg"
    return paths.var() / "cache" / "charts" / name[:2] / f"{name}.{suffix}"


def keep(chart: ChartInput, form: Format, drawn: bytes) -> bytes:
    """Write the file whole or not at all, and return its bytes."""
    path = kept(chart, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(drawn)
    Path(name).replace(path)
    return drawn


def ask(chart: ChartInput, form: Format = "page") -> bytes:
    """The drawn chart.

    Raises:
        ChartError: it cannot be drawn, or the render process has too much to do.
    """
    return ask_all([(chart, form)])[0]


def ask_all(jobs: Sequence[tuple[ChartInput, Format]]) -> list[bytes]:
    """The drawn charts of a page, in order; without a render process, one batch draws them.

    Raises:
        ChartError: one cannot be drawn, or the render process has too much to do.
    """
    for _chart, form in jobs:
        if form not in FORMATS:
            raise ChartError(f"No chart is made as “{form}”. Formats: {', '.join(FORMATS)}.")
    socket = paths.var() / SOCKET_FILE
    absent = [job for job in jobs if not kept(*job).exists()]
    if absent and socket.exists() and len(os.fsencode(socket)) <= LONGEST_PATH:
        absent = [job for job in absent if _from_server(socket, _request(*job)) is None]
    draw_all(absent)
    return [kept(*job).read_bytes() for job in jobs]


def draw_all(jobs: Iterable[tuple[ChartInput, Format]]) -> int:
    """Draw in one separate process the charts that are not kept yet; return how many.

    Raises:
        ChartError: one of them cannot be drawn; those before it are kept.
    """
    requests = [_request(*job) for job in jobs if not kept(*job).exists()]
    if not requests:
        return 0
    done = subprocess.run(
        [sys.executable, "-m", "bassin.ui.charts.renderer", "--batch"],
        input="\n".join(requests),
        text=True,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        raise ChartError(f"A chart could not be drawn: {said[-1]}")
    return len(requests)


def _request(chart: ChartInput, form: Format) -> str:
    return json.dumps({"format": form, "chart": chart.to_json()})


def _from_server(socket: Path, request: str) -> bytes | None:
    """The answer of the render process, None when nobody listens there."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with Client(
                str(socket), "AF_UNIX", authkey=(paths.var() / KEY_FILE).read_bytes()
            ) as to:
                # A full queue answers without listening, and hangs up: its answer is there to read.
                with suppress(BrokenPipeError):
                    to.send_bytes(request.encode())
                answer = to.recv_bytes()
        except (ConnectionError, FileNotFoundError, EOFError):
            return None
        except AuthenticationError as error:
            raise ChartError(f"The render process refused our key ({KEY_FILE}).") from error
        if answer[:1] == DRAWN:
            return answer[1:]
        if answer[:1] == FAILED:
            raise ChartError(answer[1:].decode())
        if time.monotonic() > until:
            raise ChartError("Too many charts are being drawn. Come back in a minute.")
        time.sleep(0.2)
