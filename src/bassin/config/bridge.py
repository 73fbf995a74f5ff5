"""A small bridge that serves a WSGI application from an ASGI server.

One hop to a thread per request: the whole request runs there, so that Django's connections, which
belong to threads, never change hands. A response of known, small length comes back in one piece;
any other is sent part by part as it is made. `docs/benchmarks.md` says what it costs.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
WSGIApplication = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]

logger = logging.getLogger(__name__)

THREADS = 4
"""Requests at work at once in a process: one slow download must not hold the others back."""

IN_MEMORY = 1_000_000
"""Bytes: a longer request body waits in a temporary file, a longer response goes part by part."""

BODY_LIMIT = 200_000_000
"""Bytes: a longer request body is refused, lest one visitor fill the disk."""

TOO_LARGE = (
    "Ce fichier dépasse 200 Mo : rien n'en a été gardé. Envoyez-le en plusieurs parties, ou "
    "chargez-le avec `bassin load`.\n"
    "This file is larger than 200 MB: nothing was kept of it. Send it in parts, or load it with "
    "`bassin load`.\n"
)
NO_ROOM = (
    "Le disque du serveur est plein : rien n'a été reçu ni changé. Prévenez qui administre le "
    "site, puis recommencez.\n"
    "The server's disk is full: nothing was received or changed. Tell who runs the site, then try "
    "again.\n"
)


class Gone(Exception):
    """The person has left before the end of the request, or of the response."""


class WSGIBridge:
    """ASGI application that answers HTTP requests with a WSGI application."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = _length(scope)
        if said > BODY_LIMIT:
            await _refuse(send, 413, TOO_LARGE)
            return
        first = await receive()
        with _file_for(first) as body:
            try:
                size = await _keep_body(first, receive, body)
            except OSError:
                logger.exception("A request of %s bytes finds no room on the disk", said or "many")
                await _refuse(send, 507, NO_ROOM)
                return
            if size > BODY_LIMIT:
                await _refuse(send, 413, TOO_LARGE)
                return
            if size < said:  # who was sending it has left: what came of it is no request
                return
            loop = asyncio.get_running_loop()
            exchange = _Exchange(scope, body, receive, send, loop)
            if size:  # one sent in chunks says no length, and would be taken for nothing
                exchange.environ.setdefault("CONTENT_LENGTH", str(size))
            try:
                for message in await loop.run_in_executor(
                    self.threads, exchange.run, self.application
                ):
                    await send(message)
            except Gone:
                return
            finally:
                exchange.watch_no_more()


def _length(scope: Scope) -> int:
    """The length that a request says its body has; 0 when it says none."""
    said = next(
        (value for name, value in scope.get("headers", ()) if name == b"content-length"), b""
    )
    return int(said) if said.isdigit() else 0


def _file_for(message: Message) -> IO[bytes]:
    """Where to keep a body: in memory when its first message is all of it."""
    if message.get("more_body", False):
        return SpooledTemporaryFile(max_size=IN_MEMORY)
    return BytesIO()


async def _keep_body(message: Message, receive: Receive, body: IO[bytes]) -> int:
    """Write the request's body into a file and rewind it; how long it is, or more than the limit.

    Raises:
        OSError: there is no room left for it.
    """
    size = 0
    more = True
    while more:
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            break
        body.write(part)
        more = message.get("more_body", False)
        if more:
            message = await receive()
    body.seek(0)
    return size


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})


class _Exchange:
    """One request and its response, run from beginning to end in one thread."""

    def __init__(
        self,
        scope: Scope,
        body: IO[bytes],
        receive: Receive,
        send: Send,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.environ = environ_of(scope, body)
        self.receive = receive
        self.send = send
        self.loop = loop
        self.gone = False
        self.watching: asyncio.Task[None] | None = None
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
        encoded: Headers = [(name_sent(name), value.encode("latin-1")) for name, value in headers]
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
        self.loop.call_soon_threadsafe(self._watch)
        started = False
        for part in parts:
            if not started:
                self._send_now(self.start)
                started = True
            if part:
                self._send_now({"type": "http.response.body", "body": part, "more_body": True})
        last: Message = {"type": "http.response.body", "body": b""}
        return [last] if started else [self.start, last]

    def _watch(self) -> None:
        """Notice that the person has left, so that an endless response stops being made."""
        self.watching = self.loop.create_task(self._until_gone())

    async def _until_gone(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    def watch_no_more(self) -> None:
        """The response is over, whole or not. One in a single piece was never watched."""
        if self.watching is not None:
            self.watching.cancel()

    def _send_now(self, message: Message) -> None:
        if self.gone:
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
        name = header_name(raw_name)
        if not name:
            continue
        value = raw_value.decode("latin-1")
        # A header sent twice is one list (RFC 9110 §5.3), save cookies, which join with ";".
        joint = "; " if name == "HTTP_COOKIE" else ","
        environ[name] = f"{environ[name]}{joint}{value}" if name in environ else value
    return environ


@lru_cache(maxsize=256)
def header_name(raw: bytes) -> str:
    """The name of a header as WSGI writes it; "" for one that is left out.

    WSGI would take X_Forwarded_Proto for X-Forwarded-Proto: anyone could pose as the proxy.
    """
    if b"_" in raw:
        return ""
    name = raw.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


@lru_cache(maxsize=256)
def name_sent(name: str) -> bytes:
    """The name of a header as ASGI wants it."""
    return name.lower().encode("latin-1")
