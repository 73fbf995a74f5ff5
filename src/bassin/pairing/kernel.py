"""The compiled part: the best offers of each need, exactly, without looking at every pair.

It knows nothing of what is compared. A need brings, for each bucket, what the narrow facets add up
to (`base`), for each wide facet a row of what each value adds (`look`), and the items of its sets;
the offers bring their values, and for each item and bucket the offers that list it. Totals are
those of `packed`. It runs on one thread without the interpreter's lock: `batch` splits the needs.

Numba is imported here and nowhere else, and this module by the first large ranking only.
"""

from typing import NamedTuple

import numba
import numpy as np

from bassin.pairing.declaration import FULL
from bassin.pairing.packed import POINT

NOTHING = -POINT
"""Below what any offer has that nothing blocks."""


class Shelf(NamedTuple):
    """The offers. Arrays with an `o` in front of their axes have one row for each overlap.

    `post[start[at[o] + item * buckets + b]:…]` are the offers of bucket `b` that list an item.
    """

    bucket: np.ndarray  # first offer of each bucket, then their number
    rank: np.ndarray  # place of each offer by key
    codes: np.ndarray  # offer, wide facet → value
    start: np.ndarray
    post: np.ndarray
    at: np.ndarray  # o
    heavy: np.ndarray  # item weights, one overlap after the other
    heavy_at: np.ndarray  # o
    whole: np.ndarray  # o, offer → weight of its set
    known: np.ndarray  # o, bucket → its sets are known
    least: np.ndarray  # o → share wanted by its gate; -1 when it has none
    of_need: np.ndarray  # o → the whole is the need's set


class Asking(NamedTuple):
    """The needs."""

    base: np.ndarray  # need, bucket
    look: np.ndarray  # what the values of wide facets add, flat
    rows: np.ndarray  # need, wide facet → where its row begins in `look`
    known: np.ndarray  # o, need
    start: np.ndarray  # o, need → where its items begin
    items: np.ndarray
    whole: np.ndarray  # o, need → weight of its set
    share: np.ndarray  # o → hundredths that it can earn
    doubt: np.ndarray  # o → what it adds while it is unknown


class Room(NamedTuple):
    """Where one thread works; `sum` is all zeros between two needs."""

    sum: np.ndarray  # o, offer → weight in common
    met: np.ndarray  # offers met in this bucket
    live: np.ndarray  # o → known on both sides


class Best(NamedTuple):
    """What is found: positions (-1: none), totals, and the weight in common for each overlap."""

    offer: np.ndarray  # need, place
    total: np.ndarray
    part: np.ndarray  # need, place, o


_fast = numba.njit(nogil=True, cache=True, error_model="numpy")
_part = numba.njit(inline="always", error_model="numpy")
# Typed by numba. To take an array out of a tuple costs as much as to count an offer: functions do
# so before their loops, and those called for each bucket are written into their caller.


@_fast
def best(shelf: Shelf, asking: Asking, room: Room, out: Best, first: int, last: int) -> None:
    """Fill `out` for the needs from `first` to `last`, last left out."""
    base, doubt, share, here = asking.base, asking.doubt, asking.share, asking.known
    there, least, live = shelf.known, shelf.least, room.live
    for need in range(first, last):
        for b in range(base.shape[1]):
            total, ceiling, driver = np.int64(base[need, b]), np.int64(0), -1
            for o in range(live.size):
                live[o] = here[o, need] and there[o, b]
                if not live[o]:
                    total += doubt[o]
                    continue
                ceiling += share[o] * POINT
                if driver < 0 and least[o] >= 0:
                    driver = o
            if total > NOTHING:
                met = _meet(shelf, asking, room, need, b, driver)
                _count(shelf, asking, room, out, need, b, driver, met, total, ceiling)
                _clear(shelf, asking, room, need, b, driver, met)


@_part
def _meet(shelf, asking, room, need, b, driver):  # type: ignore[no-untyped-def]
    """Add up the weight in common; how many offers the driver met, noted in `room.met`."""
    at, starts, post, heavy, heavy_at = (
        shelf.at, shelf.start, shelf.post, shelf.heavy, shelf.heavy_at,
    )  # fmt: skip
    begin, items, sums, noted = asking.start, asking.items, room.sum, room.met
    buckets, met = shelf.bucket.size - 1, 0
    for o in range(at.size):
        if not room.live[o]:
            continue
        for n in range(begin[o, need], begin[o, need + 1]):
            place = at[o] + items[n] * buckets + b
            weight = heavy[heavy_at[o] + items[n]]
            for p in range(starts[place], starts[place + 1]):
                offer = post[p]
                if o == driver and sums[o, offer] == 0:
                    noted[met] = offer
                    met += 1
                sums[o, offer] += weight
    return met


@_part
def _count(shelf, asking, room, out, need, b, driver, met, base, most):  # type: ignore[no-untyped-def]
    """Count the offers met, or all of the bucket; leave one as soon as it cannot be kept."""
    codes, rank, look, rows = shelf.codes, shelf.rank, asking.look, asking.rows
    sums, noted, live, share, least = room.sum, room.met, room.live, asking.share, shelf.least
    whole, of_need, whole_need = shelf.whole, shelf.of_need, asking.whole
    offers, totals, first = out.offer[need], out.total[need], shelf.bucket[b]
    if driver < 0:
        met = shelf.bucket[b + 1] - first
    for n in range(met):
        offer = noted[n] if driver >= 0 else first + n
        total, ceiling, worst = base, most, np.int64(totals[-1])
        for c in range(codes.shape[1]):
            total += look[rows[need, c] + codes[offer, c]]
        for o in range(live.size):
            if total + ceiling < worst:
                break
            if not live[o]:
                continue
            part = np.int64(sums[o, offer])
            all_of_it = np.int64(whole_need[o, need] if of_need[o] else whole[o, offer])
            if least[o] >= 0 and (part == 0 or part * FULL < least[o] * all_of_it):
                ceiling, total = 0, NOTHING
                break
            ceiling -= share[o] * POINT
            # No division for those that cannot be: they lack `wanted` hundredths at least.
            wanted = (worst - total - ceiling) // POINT
            if share[o] * part < (wanted - 1) * all_of_it:
                ceiling, total = 0, NOTHING
                break
            total += (2 * share[o] * part + all_of_it) // (2 * all_of_it) * POINT
        if total > worst or (total == worst > NOTHING and _first(rank, offer, offers[-1])):
            _keep(rank, room, offers, totals, out.part[need], offer, total)


@_fast
def _first(rank, offer, other):  # type: ignore[no-untyped-def]
    """Whether an offer comes before one kept, by its key."""
    return other >= 0 and rank[offer] < rank[other]


@_fast
def _keep(rank, room, offers, totals, parts, offer, total):  # type: ignore[no-untyped-def]
    """Put an offer at its place among the best of a need."""
    place = offers.size - 1
    while place > 0:
        ahead = totals[place - 1]
        if ahead > total or (ahead == total and rank[offers[place - 1]] < rank[offer]):
            break
        offers[place], totals[place] = offers[place - 1], ahead
        parts[place] = parts[place - 1]
        place -= 1
    offers[place], totals[place] = offer, total
    for o in range(room.live.size):
        parts[place, o] = room.sum[o, offer] if room.live[o] else -1


@_part
def _clear(shelf, asking, room, need, b, driver, met):  # type: ignore[no-untyped-def]
    """Put back the zeros."""
    at, starts, post, sums, noted = shelf.at, shelf.start, shelf.post, room.sum, room.met
    begin, items, buckets = asking.start, asking.items, shelf.bucket.size - 1
    for n in range(met):
        sums[driver, noted[n]] = 0
    for o in range(at.size):
        if o == driver or not room.live[o]:
            continue
        for n in range(begin[o, need], begin[o, need + 1]):
            place = at[o] + items[n] * buckets + b
            for p in range(starts[place], starts[place + 1]):
                sums[o, post[p]] = 0
