"""A crowd of telephones in one process: they join, follow, answer, lose the service and come back.

Each keeps a stream open, and opens a new connection for each answer: the worst that telephones do.
An answer is sent again until it is acknowledged; nobody changes theirs before. Bare sockets: the
crowd shares the two cores of the machine with the service, and must weigh less than it.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

COOKIE = re.compile(rb"ticket_\d{6}=([\w-]+)")
ETAG = re.compile(rb"(?i)\r\netag: ([^\r]+)")
ROUND = re.compile(rb'"round":(?:null|\{"id":(\d+),"state":"(\w+)")')
RETRY_SECONDS = 0.25
GIVE_UP_SECONDS = 60


@dataclass(eq=False)
class Telephone:
    """One person: their ticket, what they answered last, when they saw what."""

    token: str = ""
    acknowledged: int | None = None
    answered: int = 0
    seen: dict[str, float] = field(default_factory=dict)
    stream: "Stream | None" = None
    waits: asyncio.Lock = field(default_factory=asyncio.Lock)


class Stream(asyncio.Protocol):
    """An open stream of events; notes when a state is seen for the first time."""

    def __init__(self, telephone: Telephone, request: bytes) -> None:
        self.telephone, self.request = telephone, request
        self.rest = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        text = self.rest + data
        note(self.telephone, text)
        self.rest = text[-80:]

    def connection_lost(self, error: Exception | None) -> None:
        self.telephone.stream = None


class Crowd:
    """People of one workshop, before one service."""

    def __init__(self, port: int, code: str, people: int) -> None:
        self.port, self.code = port, code
        self.telephones = [Telephone() for _ in range(people)]

    async def join(self, *, at_once: int = 100) -> float:
        """Everybody takes a ticket; gives people per second."""
        gate = asyncio.Semaphore(at_once)

        async def one(telephone: Telephone) -> None:
            async with gate:
                head, _body = await self.post("join", {}, telephone)
                found = COOKIE.search(head)
                telephone.token = found[1].decode() if found else ""

        began = time.perf_counter()
        await asyncio.gather(*(one(each) for each in self.telephones))
        taken = time.perf_counter() - began
        assert all(each.token for each in self.telephones), "somebody was not let in"
        return len(self.telephones) / taken

    async def follow(self) -> float:
        """Everybody opens a stream; milliseconds until all have seen what is shown now."""
        began = time.time()
        for telephone in self.telephones:
            telephone.seen.clear()
        gate = asyncio.Semaphore(500)

        async def one(telephone: Telephone) -> None:
            async with gate:
                await self.open_stream(telephone)

        await asyncio.gather(*(one(each) for each in self.telephones))
        await self.until(lambda: all(each.seen for each in self.telephones))
        return 1000 * (max(min(each.seen.values()) for each in self.telephones) - began)

    async def poll(self, seconds: float, *, every: float = 2.0) -> list[float]:
        """Everybody asks for the state every two seconds, as where streams do not pass; the times,
        in ms, that answers took. What each sees is noted as a stream does."""
        began = asyncio.get_running_loop().time()

        async def one(telephone: Telephone) -> list[float]:
            mark, taken = b"", []
            await asyncio.sleep(random.uniform(0, every))
            while asyncio.get_running_loop().time() < began + seconds:
                asked = time.perf_counter()
                head, body = await self.ask(mark)
                taken.append(1000 * (time.perf_counter() - asked))
                found = ETAG.search(head)
                mark = found[1] if found else mark
                note(telephone, body)
                await asyncio.sleep(max(0.0, every - taken[-1] / 1000))
            return taken

        return [
            each for times in await asyncio.gather(*map(one, self.telephones)) for each in times
        ]

    async def ask(self, mark: bytes) -> tuple[bytes, bytes]:
        """The state, unless it is the one that this mark was given for."""
        known = b"If-None-Match: %s\r\n" % mark if mark else b""
        where = f"GET /live/workshops/{self.code}/state HTTP/1.1\r\n".encode()
        return await self._sent(
            where + b"Host: 127.0.0.1\r\n" + known + b"Connection: close\r\n\r\n"
        )

    async def open_stream(self, telephone: Telephone) -> None:
        """Connect until it succeeds."""
        head = (
            f"GET /live/workshops/{self.code}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        )
        opened = partial(Stream, telephone, head)
        loop = asyncio.get_running_loop()
        deadline = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < deadline:
            try:
                _, telephone.stream = await loop.create_connection(opened, "127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(RETRY_SECONDS * random.random())
            else:
                return
        raise TimeoutError("The service did not come back.")

    async def answer(self, round_id: int, *, within: float, again: float = 0.1) -> list[float]:
        """Everybody answers within some seconds, one in ten twice; the times, in ms, until each
        was acknowledged."""
        moments = [(random.uniform(0, within), each) for each in self.telephones]
        twice = random.sample(self.telephones, int(again * len(self.telephones)))
        moments += [(within + 0.2 + random.uniform(0, within / 4), each) for each in twice]
        began = asyncio.get_running_loop().time()

        async def one(moment: float, telephone: Telephone) -> float:
            await asyncio.sleep(began + moment - asyncio.get_running_loop().time())
            async with telephone.waits:
                return await self.answer_one(round_id, telephone, random.randint(1, 5))

        return await asyncio.gather(*(one(*each) for each in moments))

    async def answer_one(self, round_id: int, telephone: Telephone, level: int) -> float:
        """Send until acknowledged; milliseconds."""
        began = time.perf_counter()
        while time.perf_counter() - began < GIVE_UP_SECONDS:
            fields = {"round": round_id, "level": level}
            try:
                head, body = await self.post("vote", fields, telephone)
            except (OSError, EOFError):
                head = body = b""
            if head.startswith(b"HTTP/1.1 200") and json.loads(body)["verdict"] == "recorded":
                telephone.acknowledged, telephone.answered = level, round_id
                return 1000 * (time.perf_counter() - began)
            await asyncio.sleep(RETRY_SECONDS * random.random())
        raise TimeoutError(f"An answer was never acknowledged: {head!r}")

    async def post(
        self, where: str, fields: dict[str, Any], telephone: Telephone
    ) -> tuple[bytes, bytes]:
        """Send a form over a connection of its own; headers and body of the answer."""
        body = json.dumps(fields).encode()
        cookie = f"Cookie: ticket_{self.code}={telephone.token}\r\n" if telephone.token else ""
        head = (
            f"POST /live/workshops/{self.code}/{where} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        )
        return await self._sent(head.encode() + body)

    async def _sent(self, request: bytes) -> tuple[bytes, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            said = await reader.read()
        finally:
            writer.close()
        headers, _, rest = said.partition(b"\r\n\r\n")
        return headers, rest

    def told(self, round_id: int) -> list[Telephone]:
        """Those whose answer to a round was told as recorded."""
        return [each for each in self.telephones if each.answered == round_id]

    async def until(self, true: Callable[[], bool], seconds: float = GIVE_UP_SECONDS) -> None:
        """Wait; raise TimeoutError after a while."""
        deadline = time.monotonic() + seconds
        while not true():
            if time.monotonic() > deadline:
                raise TimeoutError("The crowd waited in vain.")
            await asyncio.sleep(0.02)

    def leave(self) -> None:
        """Close every stream."""
        for telephone in self.telephones:
            if telephone.stream is not None:
                telephone.stream.transport.abort()


def note(telephone: Telephone, text: bytes) -> None:
    """Note when a telephone saw for the first time the states that a text tells."""
    now = time.time()
    for found in ROUND.finditer(text):
        key = b"%s %s" % (found[1] or b"-", found[2] or b"-")
        telephone.seen.setdefault(key.decode(), now)


def seen_after(crowd: Crowd, key: str, moment: float) -> list[float]:
    """Milliseconds after a moment at which each telephone saw a state."""
    return [1000 * (each.seen[key] - moment) for each in crowd.telephones]
