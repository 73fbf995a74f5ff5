"""The compiled part: the best offers of each need, exactly, without looking at every pair.

It knows nothing of what is compared. A need brings, for each bucket, what the narrow facets add up
to (`base`), for each wide facet a row of what each value adds (`look`), and the items of its sets;
the offers bring their values, and for each item and bucket the offers that list it. Totals are
those of `packed`. It runs on one thread without the interpreter's lock: `batch` splits the needs.

Numba is imported here and nowhere else, and this module by the first large ranking only.
"""

from typing import Any, NamedTuple

import numba
import numpy as np

from bassin.pairing.declaration import FULL
from bassin.pairing.packed import BLOCK, POINT

NOTHING = -POINT
"""Below what any offer has that nothing blocks."""

TOTAL = 32
LAST = (1 << TOTAL) - 1
NOBODY = ((NOTHING + 1) << TOTAL) - 1
"""The key of an empty place, below the key of any offer that nothing blocks."""

LANES = 16
"""As many totals as a processor compares at once."""

CHUNK = 1024
"""Offers added up at a time, so that their totals stay near."""


class Shelf(NamedTuple):
    """The offers. Arrays with an `o` in front of their axes have one row for each overlap.

    `post[start[at[o] + item * buckets + b]:…]` are the offers of bucket `b` that list an item.
    """

    bucket: np.ndarray  # first offer of each bucket, then their number
    rank: np.ndarray  # place of each offer by key
    codes: np.ndarray  # wide facet, offer → value
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

    order: np.ndarray  # needs that look the same up, together
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
    met: np.ndarray  # offers met in this bucket, and one place more
    kept: np.ndarray  # a chunk of them, without those that are blocked
    total: np.ndarray  # what they total
    lane: np.ndarray  # LANES totals
    live: np.ndarray  # o → known on both sides


class Best(NamedTuple):
    """What is found: positions (-1: none), keys, and the weight in common for each overlap.

    A key is the total, shifted by `TOTAL`, then `LAST` less the offer's rank: the greatest is best.
    """

    offer: np.ndarray  # need, place
    key: np.ndarray
    part: np.ndarray  # need, place, o


_fast = numba.njit(nogil=True, cache=True, error_model="numpy")
_part = numba.njit(inline="always", error_model="numpy")
# Typed by numba. To take an array out of a tuple costs as much as to count an offer: functions do
# so before their loops, and those called for each bucket are written into their caller.


@_fast
def best(shelf: Shelf, asking: Asking, room: Room, out: Best, first: int, last: int) -> None:
    """Fill `out` for the needs of `asking.order` from `first` to `last`, last left out."""
    base, doubt, here = asking.base, asking.doubt, asking.known
    there, least, live = shelf.known, shelf.least, room.live
    for turn in range(first, last):
        need = asking.order[turn]
        end = 0
        while end < base.shape[1]:
            b, end = end, _alike(base[need], there, end)
            total, driver = np.int64(base[need, b]), -1
            if total <= NOTHING:
                continue
            for o in range(live.size):
                live[o] = here[o, need] and there[o, b]
                if not live[o]:
                    total += doubt[o]
                elif driver < 0 and least[o] >= 0:
                    driver = o
            met = _meet(shelf, asking, room, need, b, end, driver)
            for begin in range(0, met, CHUNK):
                until = min(begin + CHUNK, met)
                count = _add(shelf, asking, room, need, begin, until, total)
                _earn(shelf, asking, room, need, count)
                _choose(shelf, room, out, need, count)
            _clear(shelf, asking, room, need, b, end, driver, met)


@_part
def _alike(base: Any, known: Any, b: Any) -> Any:
    """The end of the buckets from `b` that a need thinks the same of: they are one to it."""
    end = b + 1
    while end < base.size and base[end] == base[b]:
        for o in range(known.shape[0]):
            if known[o, end] != known[o, b]:
                return end
        end += 1
    return end


@_part
def _meet(shelf: Any, asking: Any, room: Any, need: Any, b: Any, end: Any, driver: Any) -> Any:
    """Add up the weight in common; note in `room.met` what the driver met, or all there are."""
    at, starts, post, heavy, heavy_at = (
        shelf.at, shelf.start, shelf.post, shelf.heavy, shelf.heavy_at,
    )  # fmt: skip
    begin, items, noted = asking.start, asking.items, room.met
    buckets, met = shelf.bucket.size - 1, 0
    for o in range(at.size):
        if not room.live[o]:
            continue
        sums = room.sum[o]
        for n in range(begin[o, need], begin[o, need + 1]):
            place = at[o] + items[n] * buckets + b
            weight = heavy[heavy_at[o] + items[n]]
            if o == driver:
                for p in range(np.int64(starts[place]), np.int64(starts[place + end - b])):
                    offer = post[p]
                    before = sums[offer]
                    sums[offer] = before + weight
                    noted[met] = offer
                    met += before == 0
            else:
                for p in range(np.int64(starts[place]), np.int64(starts[place + end - b])):
                    sums[post[p]] += weight
    if driver < 0:
        met = shelf.bucket[end] - shelf.bucket[b]
        for n in range(met):
            noted[n] = shelf.bucket[b] + n
    return met


@_part
def _add(shelf: Any, asking: Any, room: Any, need: Any, begin: Any, end: Any, base: Any) -> Any:
    """Keep the offers of a chunk that no wide facet blocks, with what these add; their number."""
    look, noted, kept, totals = asking.look, room.met[begin:end], room.kept, room.total
    totals[: noted.size] = base
    for c in range(shelf.codes.shape[0]):
        codes, row = shelf.codes[c], look[asking.rows[need, c] :]
        for n in range(noted.size):
            totals[n] += row[codes[noted[n]]]
    count = 0
    for n in range(noted.size):
        kept[count], totals[count] = noted[n], totals[n]
        count += totals[n] > NOTHING
    return count


@_part
def _earn(shelf: Any, asking: Any, room: Any, need: Any, count: Any) -> Any:
    """What their sets add.

    The quotient in floating point is exact: it is `1 / (2 * all_of_it)` away from the next whole
    number at least, far more than what is rounded.
    """
    kept, totals, live = room.kept, room.total, room.live
    for o in range(live.size):
        if not live[o]:
            continue
        sums, whole, of_need = room.sum[o], shelf.whole[o], shelf.of_need[o]
        share, least, fixed = asking.share[o], shelf.least[o], asking.whole[o, need]
        for n in range(count):
            offer = kept[n]
            part = np.int64(sums[offer])
            all_of_it = fixed if of_need else np.int64(whole[offer])
            points = np.floor((2 * share * part + all_of_it) / (2 * all_of_it))
            short = (least >= 0) & ((part == 0) | (part * FULL < least * all_of_it))
            totals[n] += np.int32(points) * POINT - short * BLOCK


@_part
def _choose(shelf: Any, room: Any, out: Any, need: Any, count: Any) -> Any:
    """Put those better than the last of the best at their places."""
    kept, found, live, sums = room.kept, room.total, room.live, room.sum
    offers, keys, parts = out.offer[need], out.key[need], out.part[need]
    rank, last = shelf.rank, keys.size - 1
    worst = keys[last]
    bar = _bar(found[:count], room.lane, keys.size)
    least = max(np.int64(bar), worst >> TOTAL)
    for n in range(count):
        if found[n] < least:
            continue
        offer = kept[n]
        key = (np.int64(found[n]) << TOTAL) + (LAST - np.int64(rank[offer]))
        if key <= worst:
            continue
        place = last
        while place > 0 and keys[place - 1] < key:
            offers[place], keys[place] = offers[place - 1], keys[place - 1]
            for o in range(live.size):
                parts[place, o] = parts[place - 1, o]
            place -= 1
        offers[place], keys[place] = offer, key
        for o in range(live.size):
            parts[place, o] = sums[o, offer] if live[o] else -1
        worst = keys[last]
        least = max(least, worst >> TOTAL)


@_part
def _bar(found: Any, lane: Any, top: Any) -> Any:
    """A total that `top` of those found reach at least: most of the others need no place.

    It is the `top`-th of the greatest of some lanes, each the greatest of its own offers.
    """
    lane[:] = NOTHING
    if top <= LANES:
        for first in range(0, found.size - LANES + 1, LANES):
            for n in range(LANES):
                lane[n] = max(lane[n], found[first + n])
    bar = np.int32(NOTHING)
    for n in range(LANES):
        reached = 0
        for other in range(LANES):
            reached += lane[other] >= lane[n]
        if reached >= top:
            bar = max(bar, lane[n])
    return bar


@_part
def _clear(
    shelf: Any, asking: Any, room: Any, need: Any, b: Any, end: Any, driver: Any, met: Any
) -> Any:
    """Put back the zeros."""
    at, starts, post, noted = shelf.at, shelf.start, shelf.post, room.met
    begin, items, buckets = asking.start, asking.items, shelf.bucket.size - 1
    if driver >= 0:
        sums = room.sum[driver]
        for n in range(met):
            sums[noted[n]] = 0
    for o in range(at.size):
        if o == driver or not room.live[o]:
            continue
        for n in range(begin[o, need], begin[o, need + 1]):
            place = at[o] + items[n] * buckets + b
            for p in range(np.int64(starts[place]), np.int64(starts[place + end - b])):
                room.sum[o, post[p]] = 0
