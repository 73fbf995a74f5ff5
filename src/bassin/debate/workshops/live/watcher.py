"""Sees what any process changed, and prepares what is shown: one thread, one connection.

Every 50 ms it asks the revision of the workshops followed here, on SQLite as on PostgreSQL: an
opening decided in one process is shown by all within 100 ms.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from bassin.debate.workshops.live import showing
from bassin.debate.workshops.live.rooms import Room

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.05
COUNT_EVERY = 0.5
BEAT_EVERY = 15.0
WAIT_SECONDS = 10.0
PAUSE_AFTER_FAULT = 0.5
MOST_LANGUAGES = 20


class Watcher:
    """The rooms of one process, kept up to date."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.ended = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._asked = threading.Event()
        self._prepared: dict[Room, tuple[int, frozenset[str]]] = {}  # the thread's own
        self._counted_at = self._beaten_at = 0.0

    async def room(self, code: str, language: str) -> Room | None:
        """The room, with its state in a language; None when no workshop shows itself there.

        Raises:
            TimeoutError: the database does not answer, or the page of this step cannot be made.
        """
        self._start()
        room = self.rooms.setdefault(code, Room(code))
        room.asked_at = time.monotonic()
        if len(room.wanted) >= MOST_LANGUAGES and language not in room.wanted:
            language = settings.LANGUAGE_CODE
        while language not in room.states:
            signal = room.changed
            room.wanted.add(language)
            self._asked.set()
            await asyncio.wait_for(signal.wait(), WAIT_SECONDS)
            if room.gone:
                return None
            if room.broken or self.ended:
                raise TimeoutError
        return room

    def end(self) -> None:
        """End all streams; those who followed come back when the service does."""
        self.ended = True
        self._asked.set()
        for room in self.rooms.values():
            room.show(room.states, gone=True)

    def join(self) -> None:
        """Wait for the thread, once the end was told."""
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._run, name="live-watcher", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self.ended:
            self._asked.wait(LOOK_EVERY if self.rooms else None)
            self._asked.clear()
            try:
                self._look()
            except DatabaseError as error:
                connection.close()
                logger.warning("The live part waits for the database: %s", error)
                time.sleep(PAUSE_AFTER_FAULT)
        connection.close()

    def _look(self) -> None:
        rooms = list(self.rooms.values())
        for room in [each for each in rooms if not each.is_followed]:
            self._prepared.pop(room, None)
            self._on_loop(self._forget, room)
        current = showing.revisions(room.code for room in rooms)
        for room in rooms:
            revision = current.get(room.code)
            if revision is None:
                self._prepared.pop(room, None)
                self._on_loop(self._dismiss, room)
            elif self._prepared.get(room) != (revision, frozenset(room.wanted)):
                self._prepare(room, revision)
        self._count(rooms)
        self._beat(rooms)

    def _prepare(self, room: Room, revision: int) -> None:
        languages = frozenset(room.wanted)
        self._prepared[room] = revision, languages
        try:
            workshop = showing.read(room.code)
            if workshop is not None:
                self._on_loop(room.show, showing.states(workshop, languages))
        except DatabaseError:
            self._prepared.pop(room, None)
            raise
        except Exception:
            logger.exception("The step of workshop %s cannot be shown", room.code)
            self._on_loop(_break, room)

    def _count(self, rooms: Iterable[Room]) -> None:
        now = time.monotonic()
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            for room in rooms:
                if room.screens:
                    self._on_loop(room.show_count, showing.count(room.code))

    def _beat(self, rooms: Iterable[Room]) -> None:
        now = time.monotonic()
        if now - self._beaten_at >= BEAT_EVERY:
            self._beaten_at = now
            for room in rooms:
                self._on_loop(room.wake)

    def _on_loop(self, function: Callable[..., object], *words: Any) -> None:
        if self._loop is None or self._loop.is_closed():
            self.ended = True
        else:
            self._loop.call_soon_threadsafe(partial(function, *words))

    def _forget(self, room: Room) -> None:
        if not room.is_followed:
            self.rooms.pop(room.code, None)

    def _dismiss(self, room: Room) -> None:
        self.rooms.pop(room.code, None)
        room.show({}, gone=True)


def _break(room: Room) -> None:
    room.show({}, broken=True)
