"""The engine: 60,533 people before 20,000 offers, then one person, against SQL and scipy.

All three answer the same question on the same invented data and must give the same points.
"""

import gc
import time
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from bassin.pairing import compiled, prepare, rank_all, warming
from bassin.pairing.needs import of_row
from bassin.pairing.offers import Offers
from bassin.pairing.points import shares
from bench.harness import Measure
from bench.invented_jobs import PAIRING, PEOPLE, Jobs, drawn
from bench.pairing_rivals import Rivals
from bench.pairing_rivals import peak_while as peak

TOP = 10
BATCH = 6_000
"""People at a time in SQL, so that its memory holds."""

ONES = 400
MANY = 1_000_000
HOLDS_SQL, HOLDS_SCIPY = 20, 25


def run() -> Iterator[Measure]:
    """The batch against both, in turn; then one person before many offers."""
    jobs = drawn()
    ready = prepare(PAIRING, jobs.offers, jobs.tables)
    yield from _all(jobs, ready)
    people = jobs.people.slice(0, ONES).to_pylist()
    yield one("one person × 20,000 offers, p95", ready, people, 1.0)
    del jobs, ready
    gc.collect()
    many = drawn(people=ONES, offers=MANY)
    ready = prepare(PAIRING, many.offers, many.tables)
    yield one("one person × 1,000,000 offers, p95", ready, many.people.to_pylist(), 3.0)


def _all(jobs: Jobs, ready: Offers) -> Iterator[Measure]:
    """Everyone before all offers, in turns; each engine is told by its best time."""

    def engine() -> pa.Table:
        return rank_all(PAIRING, jobs.people, ready, jobs.tables, top=TOP)

    warming.warm()
    used = peak(engine)
    rivals = Rivals(jobs)
    turns = [("sql", lambda: rivals.sql(TOP, BATCH)), ("scipy", lambda: rivals.scipy(TOP))]
    ours: list[float] = []
    theirs: dict[str, list[float]] = {"sql": [], "scipy": []}
    for _ in range(2):
        for name, work in turns:
            took, found = timed(engine)
            ours.append(took)
            took, other = timed(work)
            theirs[name].append(took)
            same(found, other, name)
    name = f"{PEOPLE:,} people × 20,000 offers, exact top 10 with each contribution"
    against = f"DuckDB, all filters before the sums, {BATCH:,} people at a time"
    mine = min(ours)
    print("  ours:", *(f"{each:,.0f}" for each in ours), "ms")
    yield faster(name, against, mine, min(theirs["sql"]), HOLDS_SQL)
    yield faster(
        "the same", "scipy, 2,000 people at a time", mine, min(theirs["scipy"]), HOLDS_SCIPY
    )
    yield Measure("memory of it: allowed / used", "1,000 MB", "MB", 1000, used, 1.0)


def timed(work: Callable[[], pa.Table]) -> tuple[float, pa.Table]:
    """Milliseconds, and what was found."""
    began = time.perf_counter()
    found = work()
    return 1000 * (time.perf_counter() - began), found


def faster(name: str, against: str, ours: float, other: float, times: float) -> Measure:
    """A line that holds when the baseline takes `times` as long at least."""
    print(f"  {name}: {ours:,.0f} ms; {against}: {other:,.0f} ms, {other / ours:.1f} times")
    return Measure(name, against, "ms", ours, other, 1 / times)


def same(ours: pa.Table, other: pa.Table, name: str) -> None:
    """Stop the bench when two engines do not say the same of every pair."""
    columns = ("need", "offer", "score", "skills", "near", "way")
    keys = [(table["need"].to_numpy(), -table["score"].to_numpy(), table["offer"].to_numpy())
            for table in (ours, other)]  # fmt: skip
    orders = [np.lexsort(each[::-1]) for each in keys]
    for column in columns:
        mine, theirs = (
            table[column].to_numpy()[order]
            for table, order in zip((ours, other), orders, strict=True)
        )
        if not np.array_equal(mine, theirs):
            raise AssertionError(f"{name} does not find the same {column}")


def one(name: str, ready: Offers, people: list[dict], most: float) -> Measure:
    """Milliseconds of the engine for one person, from what they say to their best offers."""
    shared = shares(PAIRING)
    times = []
    for person in [*people[:20], *people]:
        began = time.perf_counter()
        compiled.best(ready, of_row(ready, person, shared), shared, TOP)
        times.append(1000 * (time.perf_counter() - began))
    taken = float(np.percentile(times[20:], 95))
    return Measure(name, "what is promised", "ms", taken, most, 1.0, goal=most)
