"""A limit on what one client asks in a minute, counted together by the processes of this machine.

The count lies in a small file of fixed size that all of them map in memory: nothing is written to
the database, and no address is kept. Each minute an address becomes another digest, that nobody can
turn back, so the file says nothing of who asked what.
"""

import mmap
import struct
import threading
import time
from dataclasses import dataclass
from hashlib import blake2s
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from bassin.parties.throttle import address

SECONDS = 60
_SLOT = struct.Struct("<III")  # minute, digest of the client, requests
_SLOTS = 65_536
_LOCK = threading.Lock()
_MAPPED: dict[Path, mmap.mmap] = {}


@dataclass(frozen=True, slots=True)
class Left:
    """What a client may still ask: `rest` of `most` until `seconds` from now; no limit for 0."""

    most: int
    rest: int
    seconds: int

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.most > 0 and self.rest < 0

    def headers(self) -> dict[str, str]:
        """As the IETF draft on RateLimit header fields writes them."""
        if not self.most:
            return {}
        return {
            "RateLimit-Policy": f'"client";q={self.most};w={SECONDS}',
            "RateLimit": f'"client";r={max(0, self.rest)};t={self.seconds}',
        }


def spend(request: HttpRequest) -> Left:
    """Count one request of this client."""
    most = int(settings.API_PER_MINUTE)
    if not most:
        return Left(0, 0, 0)
    now = time.time()
    minute = int(now // SECONDS)
    said = f"{minute} {address(request)}".encode()
    digest = blake2s(said, key=settings.SECRET_KEY.encode()[:32], digest_size=8).digest()
    place = _SLOT.size * (int.from_bytes(digest[:4]) % _SLOTS)
    count = _add(place, minute, int.from_bytes(digest[4:]))
    return Left(most, most - count, SECONDS - int(now % SECONDS))


def _add(place: int, minute: int, who: int) -> int:
    """One more for that client; a slot of another minute, or of somebody else, starts again."""
    table = _table(Path(settings.VAR) / "run" / "clients")
    with _LOCK:  # two processes may lose one another's count of a request: never more
        then, known, count = _SLOT.unpack_from(table, place)
        count = count + 1 if (then, known) == (minute, who) else 1
        _SLOT.pack_into(table, place, minute, who, count)
    return count


def _table(path: Path) -> mmap.mmap:
    found = _MAPPED.get(path)
    if found is None:
        with _LOCK:
            found = _MAPPED.get(path) or _map(path)
            _MAPPED[path] = found
    return found


def _map(path: Path) -> mmap.mmap:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.truncate(_SLOT.size * _SLOTS)
        return mmap.mmap(file.fileno(), 0)
