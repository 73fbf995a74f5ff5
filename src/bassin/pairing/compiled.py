"""From offers and needs to the compiled kernel and back; the needs are split between threads."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import local
from typing import TYPE_CHECKING, Any

import numpy as np

from bassin.pairing.needs import Needs
from bassin.pairing.offers import Offers
from bassin.pairing.sets import Listed

if TYPE_CHECKING:
    from bassin.pairing.kernel import Asking, Best, Room, Shelf

THREADS = os.cpu_count() or 1
FEW = 64
"""Needs below which one thread does it all."""


def best(offers: Offers, needs: Needs, shared: Mapping[str, int], top: int) -> "Best":
    """The `top` best offers of each need."""
    from bassin.pairing import kernel

    shelf, asking = shelf_of(offers), asking_of(offers, needs, shared)
    overlaps = len(offers.sets)
    out = kernel.Best(
        np.full((needs.count, top), -1, np.int32),
        np.full((needs.count, top), kernel.NOBODY, np.int64),
        np.full((needs.count, top, overlaps), -1, np.int32),
    )

    def work(span: tuple[int, int]) -> None:
        kernel.best(shelf, asking, _room(offers), out, *span)

    if needs.count < FEW:
        work((0, needs.count))
    else:
        # Several spans for each thread: some needs meet many more offers than others.
        edges = np.linspace(0, needs.count, 8 * THREADS + 1).astype(int).tolist()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, pairwise(edges)))
    return out


def totals(key: np.ndarray) -> np.ndarray:
    """The totals that keys begin with."""
    from bassin.pairing.kernel import TOTAL

    return key >> TOTAL


def shelf_of(offers: Offers) -> "Shelf":
    """The offers as the kernel reads them, made once."""
    from bassin.pairing.kernel import Shelf

    if "shelf" not in offers.scratch:
        parts = [_posted(each, offers) for each in offers.sets]
        sizes = [start.size - 1 for start, _ in parts]
        before = np.cumsum([0, *(post.size for _, post in parts)])
        starts = [start[:-1] + shift for (start, _), shift in zip(parts, before, strict=False)]
        heavy = [each.heavy for each in offers.sets]
        offers.scratch["shelf"] = Shelf(
            bucket=offers.bucket,
            rank=offers.rank,
            codes=np.ascontiguousarray(offers.codes.T, np.uint32),
            start=np.concatenate([*starts, before[-1:]]).astype(np.uint32),
            post=_joined([post for _, post in parts], np.uint32),
            at=np.cumsum([0, *sizes])[: len(parts)].astype(np.int64),
            heavy=_joined(heavy, np.int32),
            heavy_at=np.cumsum([0, *(each.size for each in heavy)])[: len(parts)].astype(np.int64),
            whole=_stacked([each.whole for each in offers.sets], offers.count, np.int32),
            known=_stacked([each.offers.known[offers.first] for each in offers.sets],
                           offers.first.size, np.bool_),
            least=np.asarray([each.asked.least for each in offers.sets], np.int64),
            of_need=np.asarray([each.asked.primitive.of == "need" for each in offers.sets],
                               np.bool_),
        )  # fmt: skip
    shelf: Shelf = offers.scratch["shelf"]
    return shelf


def _posted(listed: Listed, offers: Offers) -> tuple[np.ndarray, np.ndarray]:
    """The offers of each item, bucket by bucket: where each begins, and the offers."""
    buckets = offers.first.size
    sizes = np.diff(offers.bucket)
    bucket = np.repeat(np.arange(buckets), sizes)[listed.offers.owners]
    group = listed.offers.items.astype(np.int64) * buckets + bucket
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=len(listed.index) * buckets)
    return np.concatenate(([0], np.cumsum(counts))), listed.offers.owners[order]


def asking_of(offers: Offers, needs: Needs, shared: Mapping[str, int]) -> "Asking":
    """Needs as the kernel reads them."""
    from bassin.pairing.kernel import Asking

    looks = [each.added.ravel() for each in needs.wide]
    before = np.cumsum([0, *(look.size for look in looks)])
    rows = [
        shift + each.column.codes.astype(np.int64) * each.facet.width
        for each, shift in zip(needs.wide, before, strict=False)
    ]
    bags = [bag for bag, _ in needs.sets]
    ahead = np.cumsum([0, *(bag.items.size for bag in bags)])
    starts = [bag.start + shift for bag, shift in zip(bags, ahead, strict=False)]
    asked = [each.asked for each in offers.sets]
    return Asking(
        order=_together(needs),
        base=needs.base(offers),
        look=looks[0] if len(looks) == 1 else _joined(looks, np.int32),
        rows=np.stack(rows, axis=1) if rows else np.zeros((needs.count, 0), np.int64),
        known=_stacked([bag.known for bag in bags], needs.count, np.bool_),
        start=_stacked(starts, needs.count + 1, np.int64),
        items=_joined([bag.items for bag in bags], np.int32),
        whole=_stacked([whole for _, whole in needs.sets], needs.count, np.int64),
        share=np.asarray([each.share(shared) for each in asked], np.int64),
        doubt=np.asarray([each.doubt(shared) for each in asked], np.int64),
    )


def _together(needs: Needs) -> np.ndarray:
    """The needs with those that read the same row of the largest table side by side."""
    if not needs.wide:
        return np.arange(needs.count)
    return np.argsort(max(needs.wide, key=lambda each: each.added.size).column.codes)


def _joined(parts: list[np.ndarray], kind: Any) -> np.ndarray:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, kind)


def _stacked(parts: list[np.ndarray], width: int, kind: Any) -> np.ndarray:
    return np.ascontiguousarray(np.stack(parts), kind) if parts else np.zeros((0, width), kind)


def _room(offers: Offers) -> "Room":
    """Where this thread works on these offers: zeros are not made anew for each need."""
    from bassin.pairing import kernel

    mine = offers.scratch.setdefault("rooms", local())
    if not hasattr(mine, "room"):
        overlaps = len(offers.sets)
        mine.room = kernel.Room(
            np.zeros((overlaps, offers.count), np.int32),
            np.zeros(offers.count + 1, np.uint32),
            np.zeros(kernel.CHUNK, np.uint32),
            np.zeros(kernel.CHUNK, np.int32),
            np.zeros(kernel.LANES, np.int32),
            np.zeros(overlaps, np.bool_),
        )
    room: Room = mine.room
    return room
