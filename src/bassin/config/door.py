"""One door for everything: `/live/…` goes to the live part, all the rest to the pages.

Pages run under WSGI behind a small bridge (two to three times the throughput of Django's own
ASGI handler). A system has a live part when its folder holds a module `live` with an ASGI
`application`, served at `/live/<slug>/`, and a function `ending` which ends its open streams: it is
called as soon as the process is asked to stop, when the server still waits for them.
"""

import asyncio
import gc
import signal
import threading
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from bassin.config.bridge import Receive, Scope, Send
from bassin.systems import systems

ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]
LIVE = "/live/"
AGAIN_AFTER = 0.5


class Switch:
    """ASGI application that hands each request to the pages or to a system's live part.

    `began` is called once, when the server is ready to answer; each of `endings` once, when it is
    told to stop.
    """

    def __init__(
        self,
        pages: ASGIApplication,
        live: dict[str, ASGIApplication],
        began: Callable[[], None] | None = None,
        endings: Iterable[Callable[[], None]] = (),
    ) -> None:
        self.pages = pages
        self.live = live
        self.began = began
        self.endings = list(endings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["path"].startswith(LIVE):
            slug = scope["path"].removeprefix(LIVE).split("/", 1)[0]
            await self.live.get(slug, no_such_address)(scope, receive, send)
        elif scope["type"] == "http":
            await self.pages(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Nothing holds the start or the stop back: what is long begins in its own thread."""
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                self._end()
                return
            self._listen_for_the_end()
            if self.began is not None:
                self.began()

    def _listen_for_the_end(self) -> None:
        """The server tells of its shutdown only once nothing is open: streams must know before.

        Python keeps one function for a signal, and the event loop another, which goes on working.
        """
        if self.endings and threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda told, _: loop.call_soon_threadsafe(self._told, told))

    def _told(self, number: int) -> None:
        if self.endings:
            self._end()
            # A loop that is very busy may have missed the first: the server is told again.
            asyncio.get_running_loop().call_later(AGAIN_AFTER, signal.raise_signal, number)

    def _end(self) -> None:
        while self.endings:
            self.endings.pop()()


async def no_such_address(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer that no live part is there."""
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"No live part has this address.\n"})


def settle() -> None:
    """What is loaded stays as long as the process: going through it to collect it again would
    hold every answer back, by 130 ms when measured."""
    gc.collect()
    gc.freeze()


def live_parts() -> dict[str, ModuleType]:
    """The module `live` of each system that has one, by slug."""
    return {
        system.slug: import_module(f"{system.package}.live")
        for system in systems()
        if find_spec(f"{system.package}.live")
    }


def switch(pages: ASGIApplication, began: Callable[[], None] | None = None) -> Switch:
    """The door with every live part behind it, and these pages."""
    parts = live_parts()
    applications = {slug: part.application for slug, part in parts.items()}
    return Switch(pages, applications, began, [part.ending for part in parts.values()])
