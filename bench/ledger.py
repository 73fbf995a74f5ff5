"""The baseline of the live part: an ASGI application that only writes each answer down, durably.

No ticket, no question, no page: what comes within 10 ms is added to a file and synced to the disk
together, then acknowledged. Whoever keeps answers does at least that.
"""

import asyncio
import os
import tempfile

from bassin.config.bridge import Receive, Scope, Send

GATHER_SECONDS = 0.01
_ANSWER = b'{"verdict":"recorded"}'
_HEADERS = [(b"content-type", b"application/json"), (b"set-cookie", b"ticket_000000=bench")]


class Ledger:
    """A file which answers are added to."""

    def __init__(self) -> None:
        self.file = os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_WRONLY, 0o600)
        self.waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self.task: asyncio.Task[None] | None = None

    async def write(self, body: bytes) -> None:
        """Return once it is on the disk."""
        future = asyncio.get_running_loop().create_future()
        self.waiting.append((body, future))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._sync())
        await future

    async def _sync(self) -> None:
        while self.waiting:
            await asyncio.sleep(GATHER_SECONDS)
            together, self.waiting = self.waiting, []
            await asyncio.to_thread(self._append, b"\n".join(body for body, _ in together))
            for _body, future in together:
                future.set_result(None)

    def _append(self, lines: bytes) -> None:
        os.write(self.file, lines)
        os.fsync(self.file)


ledger = Ledger()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Write what is posted; answer anything else with nothing."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        await ledger.write((await receive()).get("body", b""))
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _ANSWER})
