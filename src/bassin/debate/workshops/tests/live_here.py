"""The live part inside a test: its application on an event loop of its own, asked without a socket.

What a test writes must be seen by the live part's two threads, hence a database that is committed
to: a file for SQLite, the tests' server for PostgreSQL.
"""

import asyncio
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bassin.debate.workshops import devices
from bassin.debate.workshops.live.app import made

SECONDS = 20


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.body)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def token(self) -> str:
        """The ticket that the device is to keep."""
        return self.header("set-cookie").partition(";")[0].partition("=")[2]


@dataclass
class Follower:
    """An open stream."""

    parts: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    leave: Callable[[], None] = lambda: None

    def events(self, name: str) -> list[dict[str, Any]]:
        """What was received under a name."""
        text = b"".join(self.parts).decode()
        blocks = [block for block in text.split("\n\n") if f"event: {name}\n" in block]
        return [json.loads(block.partition("data: ")[2]) for block in blocks]


class Live:
    """One process of the live part, as far as a test sees."""

    def __init__(self) -> None:
        self.application = made()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End as the service does: streams, then threads."""
        self.loop.call_soon_threadsafe(self.application.state.watcher.end)
        self.application.state.writer.end()
        self.application.state.watcher.join()
        self._run(self.loop.shutdown_default_executor())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(SECONDS)

    def get(self, code: str, where: str = "state", query: str = "", **headers: str) -> Answer:
        return self._run(self._ask("GET", code, where, query, b"", headers))

    def post(self, code: str, where: str, fields: Any, **headers: str) -> Answer:
        return self._run(self._post(code, where, fields, headers))

    def together(self, *posts: tuple[str, str, Any, dict[str, str]]) -> list[Answer]:
        """Several at once."""

        async def all_of_them() -> list[Answer]:
            return await asyncio.gather(*(self._post(*each) for each in posts))

        return self._run(all_of_them())

    def join(self, code: str, token: str = "", **fields: str) -> Answer:
        return self.post(code, "join", fields, **_cookie(code, token))

    def vote(self, code: str, token: str, round_id: Any, **answer: Any) -> Answer:
        fields = {"round": round_id, **answer}
        return self.post(code, "vote", fields, **_cookie(code, token))

    def follow(self, code: str, query: str = "", **headers: str) -> Follower:
        """Open a stream that goes on until it is left, or ended by the service."""
        follower = Follower()
        gone = asyncio.Event()

        async def stream() -> None:
            body = self._ask("GET", code, "events", query, b"", headers, follower.parts, gone)
            with suppress(asyncio.CancelledError):
                await body
            follower.ended.set()

        asyncio.run_coroutine_threadsafe(stream(), self.loop)
        follower.leave = lambda: self.loop.call_soon_threadsafe(gone.set)
        return follower

    async def _post(self, code: str, where: str, fields: Any, headers: dict[str, str]) -> Answer:
        if isinstance(fields, bytes):
            body = fields
        elif "form" in headers.get("content_type", ""):
            body = urlencode(fields).encode()
        else:
            body = json.dumps(fields).encode()
        headers = {"content_type": "application/json", **headers}
        where, _mark, query = where.partition("?")
        return await self._ask("POST", code, where, query, body, headers)

    async def _ask(
        self, method: str, code: str, where: str, query: str, body: bytes, headers: dict[str, str],
        parts: list[bytes] | None = None, gone: asyncio.Event | None = None,
    ) -> Answer:  # fmt: skip
        received = [{"type": "http.request", "body": body, "more_body": False}]
        parts = [] if parts is None else parts
        start: dict[str, Any] = {}

        async def receive() -> dict[str, Any]:
            if received:
                return received.pop()
            await (gone or asyncio.Event()).wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        sent = {"host": "localhost:8000", **headers}
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in sent.items()]
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http",
            "path": f"/live/workshops/{code}/{where}", "root_path": "", "headers": raw,
            "query_string": query.encode(), "client": ("203.0.113.7", 1), "server": None,
        }  # fmt: skip
        await self.application(scope, receive, send)
        named = [(name.decode(), value.decode()) for name, value in start["headers"]]
        return Answer(start["status"], named, b"".join(parts))


def _cookie(code: str, token: str) -> dict[str, str]:
    return {"cookie": f"{devices.ticket_cookie(code)}={token}"} if token else {}


def form(**headers: str) -> dict[str, str]:
    """The headers of a plain form."""
    return {"content_type": "application/x-www-form-urlencoded", **headers}
