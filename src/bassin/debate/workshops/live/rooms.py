"""What each workshop that somebody follows shows now, kept in memory and sent to all who follow it.

The event loop reads and sends; the watcher's thread prepares (`watcher.py`). What is shown is made
once for all who read one language, whether they are two or two thousand.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from secrets import randbelow
from typing import Any

KEPT_SECONDS = 60
"""How long a workshop that nobody follows is still watched, for those who ask now and then."""

BEAT = b": \n\n"
"""Says nothing: it keeps the proxies between us from closing a quiet stream."""


@dataclass(frozen=True, slots=True)
class State:
    """What the room sees in one language, ready to be sent."""

    etag: str
    body: bytes
    event: bytes

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "State":
        """The state as JSON, under its digest."""
        body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
        mark = hashlib.sha256(body).hexdigest()[:16]
        event = b"event: state\nid: %s\ndata: %s\n\n" % (mark.encode(), body)
        return cls(f'"{mark}"', body, event)


@dataclass(eq=False)
class Room:
    """One workshop that somebody follows."""

    code: str
    wanted: set[str] = field(default_factory=set)
    states: dict[str, State] = field(default_factory=dict)
    count: bytes = b""
    gone: bool = False
    broken: bool = False
    followers: int = 0
    screens: int = 0
    asked_at: float = field(default_factory=time.monotonic)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    counted: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_followed(self) -> bool:
        """Whether it is worth watching."""
        return self.followers > 0 or time.monotonic() - self.asked_at < KEPT_SECONDS

    def state(self, language: str) -> State | None:
        """What is shown in a language, else in French."""
        return self.states.get(language) or self.states.get("fr")

    def show(self, states: dict[str, State], *, gone: bool = False, broken: bool = False) -> None:
        """Send a new state to all who follow."""
        self.states, self.gone, self.broken = states, gone, broken
        self.wake()

    def show_count(self, count: bytes) -> None:
        """Send the count of answers to screens and facilitators."""
        if count != self.count:
            self.count = count
            self.counted = _replaced(self.counted)

    def wake(self) -> None:
        """Have all who follow look again."""
        self.changed = _replaced(self.changed)
        self.counted = _replaced(self.counted)

    async def follow(self, language: str, *, screen: bool, seen: str) -> AsyncIterator[bytes]:
        """The events of one follower, until the workshop goes away or the service stops."""
        self.followers += 1
        self.screens += screen
        try:
            # Those who come back after a stop do not all come back in the same instant.
            yield b"retry: %d\n\n" % (500 + randbelow(2000))
            count = b""
            while not self.gone:
                signal = self.counted if screen else self.changed
                state = self.state(language)
                news = state.event if state is not None and state.etag != seen else b""
                if screen and self.count != count:
                    count = self.count
                    news += b"event: count\ndata: %s\n\n" % (count or b"null")
                seen = state.etag if state is not None else seen
                yield news or BEAT
                await signal.wait()
        finally:
            self.followers -= 1
            self.screens -= screen


def _replaced(event: asyncio.Event) -> asyncio.Event:
    """A fresh signal for the next change; those who wait for the old one go on."""
    event.set()
    return asyncio.Event()
