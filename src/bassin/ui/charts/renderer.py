"""The one process that draws charts: `python -m bassin.ui.charts.renderer`.

It listens on a Unix socket in BASSIN_VAR/run, readable by its owner only and guarded by a key
kept in a file of mode 600. One chart is drawn at a time; at most `QUEUE` wait, the next is told
to come back. `--batch` draws the jobs read on standard input and stops: used where no server
runs (tests, building the sample).
"""

import json
import os
import secrets
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener
from queue import Full, Queue
from types import FrameType

from bassin.ui import paths
from bassin.ui.charts.client import BUSY, DRAWN, FAILED, KEY_FILE, SOCKET_FILE, keep
from bassin.ui.charts.draw import render
from bassin.ui.charts.model import ChartInput, Format

QUEUE = 32
LONGEST = 8_000_000  # bytes of one request: the outlines of a region, with room


def key() -> bytes:
    """The shared key, made once, readable by its owner only."""
    path = paths.var() / KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_hex(32))
    return path.read_bytes()


def draw(request: str) -> bytes:
    """Draw one request (`{"format": …, "chart": …}`) and keep the file."""
    job = json.loads(request)
    chart = ChartInput.from_json(job["chart"])
    form: Format = job["format"]
    return keep(chart, form, render(chart, form))


def _answer(waiting: Queue[Connection]) -> None:
    """Draw for one caller after the other, for ever. A caller who leaves is forgotten."""
    while True:
        caller = waiting.get()
        with caller, suppress(EOFError, OSError):
            request = caller.recv_bytes(LONGEST).decode()
            try:
                caller.send_bytes(DRAWN + draw(request))
            except ValueError as error:
                caller.send_bytes(FAILED + str(error).encode())


def listen() -> Listener:
    """Open the socket, readable by its owner only, in the place of one left behind."""
    path = paths.var() / SOCKET_FILE
    secret = key()
    path.unlink(missing_ok=True)
    before = os.umask(0o077)
    try:
        return Listener(str(path), family="AF_UNIX", backlog=QUEUE, authkey=secret)
    finally:
        os.umask(before)


def serve(listener: Listener) -> None:
    """Answer until the process is told to stop; closing the listener removes its socket."""
    waiting: Queue[Connection] = Queue(QUEUE)
    threading.Thread(target=_answer, args=(waiting,), daemon=True).start()
    with listener:
        while True:
            try:
                caller = listener.accept()
            except (AuthenticationError, EOFError, ConnectionError):
                continue  # a stranger, or a caller who left during the greeting
            try:
                waiting.put_nowait(caller)
            except Full:
                with caller, suppress(OSError):
                    caller.send_bytes(BUSY)


def batch(lines: list[str]) -> None:
    """Draw one request per line into the kept files."""
    for line in lines:
        draw(line)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    """Serve, or with `--batch` draw what standard input asks."""
    if "--batch" in sys.argv[1:]:
        batch(sys.stdin.read().splitlines())
        return
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _stop)
    serve(listen())


if __name__ == "__main__":
    main()
