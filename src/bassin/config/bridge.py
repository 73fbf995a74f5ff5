"""A small bridge that serves a WSGI application from an ASGI server.

One hop to a thread per request: the whole request runs there, so that Django's connections, which
belong to threads, never change hands. A response of known, small length comes back in one piece;
any other is sent part by part as it is made. `docs/benchmarks.md` says what it costs.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from threading import Event
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
WSGIApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]

THREADS = 4
"""Requests at work at once in a process: one slow download must not hold the others back."""

IN_MEMORY = 1_000_000
"""Bytes: a longer request body waits in a temporary file, a longer response goes part by part."""

BODY_LIMIT = 200_000_000
"""Bytes: a longer request body is refused, lest one visitor fill the disk."""

TOO_LARGE = b"This file is larger than 200 MB. Send it in parts, or load it with `bassin load`.\n"


class Gone(Exception):
    """The person has left before the end of the response."""


class WSGIBridge:
    """ASGI application that answers HTTP requests with a WSGI application."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if not await _keep_body(receive, body):
                await _refuse(send)
                return
            exchange = _Exchange(scope, body, send, asyncio.get_running_loop())
            watch = asyncio.create_task(_watch(receive, exchange.gone))
            try:
                work = asyncio.get_running_loop().run_in_executor(
                    self.threads, exchange.run, self.application
                )
                for message in await work:
                    await send(message)
            except Gone:
                return
            finally:
                watch.cancel()


async def _keep_body(receive: Receive, body: IO[bytes]) -> bool:
    """Write the request's body into a file and rewind it; False when it is over the limit."""
    size = 0
    more = True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            return False
        body.write(part)
        more = message.get("more_body", False)
    body.seek(0)
    return True


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})


async def _watch(receive: Receive, gone: Event) -> None:
    """Notice that the person has left, so that an endless response stops being made."""
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


class _Exchange:
    """One request and its response, run from beginning to end in one thread."""

    def __init__(
        self, scope: Scope, body: IO[bytes], send: Send, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.environ = environ_of(scope, body)
        self.send = send
        self.loop = loop
        self.gone = Event()
        self.start: Message = {}

    def run(self, application: WSGIApplication) -> list[Message]:
        """Return the messages left to send: all of them, or none when they went part by part."""
        parts = application(self.environ, self._start_response)
        try:
            if self._is_small():
                whole = b"".join(parts)
                return [self.start, {"type": "http.response.body", "body": whole}]
            return self._send_by_part(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        encoded: Headers = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        self.start = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": encoded,
        }
        return self._no_write

    @staticmethod
    def _no_write(data: bytes) -> object:
        raise NotImplementedError("Return the body's parts; nothing here calls write().")

    def _is_small(self) -> bool:
        for name, value in self.start.get("headers", ()):
            if name == b"content-length":
                return int(value) <= IN_MEMORY
        return False

    def _send_by_part(self, parts: Iterable[bytes]) -> list[Message]:
        started = False
        for part in parts:
            if not started:
                self._send_now(self.start)
                started = True
            if part:
                self._send_now({"type": "http.response.body", "body": part, "more_body": True})
        last: Message = {"type": "http.response.body", "body": b""}
        return [last] if started else [self.start, last]

    def _send_now(self, message: Message) -> None:
        if self.gone.is_set():
            raise Gone

        async def one() -> None:
            await self.send(message)

        asyncio.run_coroutine_threadsafe(one(), self.loop).result()


def environ_of(scope: Scope, body: IO[bytes]) -> Environ:
    """The WSGI view of a request (PEP 3333): names in capitals, paths as latin-1 text."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("ascii"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"] = scope["client"][0]
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # WSGI would take X_Forwarded_Proto for X-Forwarded-Proto: anyone could pose
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        # A header sent twice is one list (RFC 9110 §5.3), save cookies, which join with ";".
        joint = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{joint}{value}" if name in environ else value
    return environ
