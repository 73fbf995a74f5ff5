"""The one thread of a process that writes: what arrives within some milliseconds is committed
together, and whoever sent it is told only then.

A burst of 2,000 answers costs a few dozen commits instead of 2,000.
"""

import asyncio
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from bassin.debate.workshops.live.turns import Turns

logger = logging.getLogger(__name__)

GATHER_SECONDS = 0.01
MOST_TOGETHER = 500
MOST_WAITING = 20_000
"""Requests that may wait at once: past that the disk does not follow, and people are told."""

TURN_SECONDS = 0.001
"""For how long the thread that answers may hold the interpreter while the one that writes waits.

Each commit waits for several turns: at Python's own 5 ms, most of an answer's time is waiting."""

Write = Callable[..., Sequence[Any]]
"""Writes several things of one kind in one transaction, `now=`; gives what became of each."""


class Full(Exception):
    """The disk is full: nothing was written."""


class Busy(Exception):
    """Nothing could be written now; sent again later, it may."""


class _Waiting:
    """One thing to write, and who waits for it."""

    __slots__ = ("future", "loop", "thing")

    def __init__(self, thing: object) -> None:
        self.thing = thing
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()


class Writer:
    """Writes things of several kinds, each with its own function, in the order they came."""

    def __init__(self, kinds: Mapping[type, Write]) -> None:
        self.kinds = kinds
        self.waiting: deque[_Waiting] = deque()
        self.something = threading.Event()
        self.lock = threading.Lock()
        self.turns = Turns()
        self.thread: threading.Thread | None = None
        self.ended = False

    async def write(self, thing: object) -> Any:
        """What became of it, once that is on the disk.

        Raises:
            Full: the disk is full.
            Busy: the database does not answer, or too many wait already.
        """
        if len(self.waiting) >= MOST_WAITING:
            raise Busy
        self._start()
        one = _Waiting(thing)
        self.waiting.append(one)
        if not self.something.is_set():
            self.something.set()
        return await one.future

    def end(self) -> None:
        """Write what waits, then stop."""
        self.ended = True
        self.something.set()
        if self.thread is not None:
            self.thread.join()

    def _start(self) -> None:
        if self.thread is not None and self.thread.is_alive():
            return
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                sys.setswitchinterval(TURN_SECONDS)
                self.thread = threading.Thread(target=self._run, name="live-writer", daemon=True)
                self.thread.start()

    def _run(self) -> None:
        while not self.ended or self.waiting:
            self.something.wait()
            time.sleep(GATHER_SECONDS)
            self.something.clear()
            taken = min(len(self.waiting), MOST_TOGETHER)
            self._commit([self.waiting.popleft() for _ in range(taken)])
            if self.waiting:  # those of the next commit gather too: few large ones cost less
                self.something.set()
        self.turns.end()
        connection.close()

    def _commit(self, together: list[_Waiting]) -> None:
        now = timezone.now()
        for kind, write in self.kinds.items():
            these = [one for one in together if isinstance(one.thing, kind)]
            if these:
                with self.turns.mine():
                    outcomes = _outcomes(write, [one.thing for one in these], now)
                _settle(these, outcomes)


def _outcomes(write: Write, things: list[Any], now: datetime) -> Sequence[Any]:
    """What became of each, or the error that nothing was written."""
    try:
        return write(things, now=now)
    except DatabaseError as error:
        connection.close()
        if len(things) > 1 and not _says_all(error):
            return [_outcomes(write, [one], now)[0] for one in things]
        logger.warning("%d answers could not be written: %s", len(things), error)
        return [Full() if _is_full(error) else Busy()] * len(things)
    except Exception:
        # One that cannot be written must not take the others with it.
        if len(things) > 1:
            return [_outcomes(write, [one], now)[0] for one in things]
        logger.exception("An answer could not be written")
        return [Busy()]


def _says_all(error: DatabaseError) -> bool:
    """Whether the fault is the database's, not that of one thing written."""
    return type(error).__name__ in ("OperationalError", "InterfaceError")


def _is_full(error: BaseException) -> bool:
    said = f"{type(error.__cause__).__name__} {error}".lower()
    return any(sign in said for sign in ("is full", "diskfull", "no space left"))


def _settle(these: list[_Waiting], outcomes: Sequence[Any]) -> None:
    for loop in {one.loop for one in these}:
        mine = [(o.future, r) for o, r in zip(these, outcomes, strict=True) if o.loop is loop]
        try:
            loop.call_soon_threadsafe(_tell, mine)
        except RuntimeError:
            logger.warning("%d people left before they were told", len(mine))


def _tell(told: list[tuple[asyncio.Future[Any], Any]]) -> None:
    for future, outcome in told:
        if future.done():
            continue  # its sender has gone
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
