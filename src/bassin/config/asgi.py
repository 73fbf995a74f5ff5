"""One door for everything: `/live/…` goes to the live part, all the rest to the pages.

Pages run under WSGI behind a small bridge (two to three times the throughput of Django's own
ASGI handler). A system has a live part when its folder holds a `live.py` with an ASGI
`application`, served at `/live/<slug>/`.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from bassin.config import warm
from bassin.config.bridge import Receive, Scope, Send, WSGIBridge
from bassin.config.wsgi import application as pages
from bassin.systems import systems

ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]
LIVE = "/live/"


class Switch:
    """ASGI application that hands each request to the pages or to a system's live part.

    `began` is called once, when the server is ready to answer.
    """

    def __init__(
        self,
        pages: ASGIApplication,
        live: dict[str, ASGIApplication],
        began: Callable[[], None] | None = None,
    ) -> None:
        self.pages = pages
        self.live = live
        self.began = began

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["path"].startswith(LIVE):
            slug = scope["path"].removeprefix(LIVE).split("/", 1)[0]
            await self.live.get(slug, _not_found)(scope, receive, send)
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
                return
            if self.began is not None:
                self.began()


async def _not_found(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"No live part has this address.\n"})


def live_parts() -> dict[str, ASGIApplication]:
    """The live application of each system that has one, by slug."""
    return {
        system.slug: import_module(f"{system.package}.live").application
        for system in systems()
        if find_spec(f"{system.package}.live")
    }


application = Switch(WSGIBridge(pages), live_parts(), partial(warm.start, pages))
