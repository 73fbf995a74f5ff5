"""All needs before all offers: the same points as one need alone, in one table."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from bassin.pairing import compiled
from bassin.pairing.columns import Column
from bassin.pairing.declaration import Overlap, Pairing, Signal
from bassin.pairing.needs import Needs, columns_of, of_table
from bassin.pairing.offers import Facet, Offers, prepare
from bassin.pairing.packed import asks, score
from bassin.pairing.points import earned, shares, unknown
from bassin.pairing.tables import Tables

CELLS = 12_000_000
"""Pairs of distinct values worked out at a time: what bounds the memory of a batch."""


def rank_all(
    pairing: Pairing,
    needs: pa.Table,
    offers: pa.Table | Offers,
    tables: Tables,
    *,
    top: int = 10,
    weights: Mapping[str, float] | None = None,
) -> pa.Table:
    """The `top` best offers of each need, with what each signal gives, in hundredths of a point.

    Columns: `need` and `offer` (their keys), `rank` from 1, `score`, `questions` (how many facts
    are unknown), and a column for each signal, named by its code. They add up to `score`.

    Raises:
        ValueError: `top` is below 1.
    """
    if top < 1:
        raise ValueError(f"top is {top}: ask for 1 offer or more for each need")
    shared = shares(pairing, weights)
    ready = offers if isinstance(offers, Offers) else prepare(pairing, offers, tables)
    columns = columns_of(ready, needs)
    order = np.arange(needs.num_rows)
    if _cells(ready, columns) > CELLS:  # needs that look the same up stand together
        largest = max(zip(columns, ready.facets, strict=True), key=_size)[0]
        order = np.argsort(largest.codes, kind="stable")
        needs = needs.take(order)
        columns = columns_of(ready, needs)
    tables_found, lines = [], []
    for first, part, read in _split(ready, needs, columns):
        line, found = _part(ready, of_table(ready, part, read, shared), part, shared, top)
        tables_found.append(found)
        lines.append(order[first + line])
    found, line = pa.concat_tables(tables_found), np.concatenate(lines)
    return found if (line[1:] >= line[:-1]).all() else found.take(np.argsort(line, kind="stable"))


def _size(faced: tuple[Column, Facet]) -> int:
    return len(faced[0].values) * faced[1].width


def _cells(offers: Offers, columns: list[Column]) -> int:
    return sum(map(_size, zip(columns, offers.facets, strict=True)))


def _split(offers: Offers, needs: pa.Table, columns: list[Column], first: int = 0
           ) -> Iterator[tuple[int, pa.Table, list[Column]]]:  # fmt: skip
    """The needs in parts that hold in memory, with the number of the first of each."""
    if needs.num_rows <= 1 or _cells(offers, columns) <= CELLS:
        yield first, needs, columns
        return
    half = needs.num_rows // 2
    for start, part in ((0, needs.slice(0, half)), (half, needs.slice(half))):
        yield from _split(offers, part, columns_of(offers, part), first + start)


def _part(offers: Offers, asked: Needs, needs: pa.Table, shared: Mapping[str, int], top: int
          ) -> tuple[np.ndarray, pa.Table]:  # fmt: skip
    """What is found for some needs, and the number of the need of each line."""
    found = compiled.best(offers, asked, shared, top)
    need, place = np.nonzero(found.offer >= 0)
    offer, total = found.offer[need, place], compiled.totals(found.key[need, place])
    parts = found.part[need, place]
    key = offers.pairing.key
    named: dict[str, Callable[[], Any]] = {
        "need": lambda: needs[key].take(need),
        "rank": lambda: (place + 1).astype(np.int32),
        "offer": lambda: offers.table[key].take(offers.place[offer]),
        "score": lambda: score(total).astype(np.int32),
        "questions": lambda: asks(total).astype(np.int32),
    }
    for each in offers.pairing.signals:
        named[each.code] = partial(_given, offers, asked, each, (need, offer), parts, shared)
    with ThreadPoolExecutor(compiled.THREADS) as pool:
        made = list(pool.map(lambda work: work(), named.values()))
    return need, pa.table(dict(zip(named, made, strict=True)))


def _given(offers: Offers, needs: Needs, signal: Signal, pairs: tuple[np.ndarray, np.ndarray],
           parts: np.ndarray, shared: Mapping[str, int]) -> np.ndarray:  # fmt: skip
    """What one signal gives to each pair that was found."""
    need, offer = pairs
    share, doubt = shared[signal.code], unknown(shared[signal.code], signal.unknown)
    if isinstance(signal.primitive, Overlap):
        number, listed = next(
            (n, each) for n, each in enumerate(offers.sets) if each.asked.signal == signal
        )
        of_need = listed.asked.primitive.of == "need"
        whole = needs.sets[number][1][need] if of_need else listed.whole[offer]
        part = parts[:, number].astype(np.int64)
        given = np.where(
            part < 0, doubt, earned(share, np.maximum(part, 0), whole.astype(np.int64))
        )
        return given.astype(np.int32)
    faced = next(each for each in (*needs.narrow, *needs.wide) if signal in each.facet.criteria)
    return faced.given(
        signal, faced.column.codes[need], faced.facet.column.codes[offer], share, doubt
    )
