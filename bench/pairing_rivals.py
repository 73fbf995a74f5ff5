"""The same question asked of DuckDB and of scipy, with the same whole numbers."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy import sparse

from bassin.pairing.points import earned, shares
from bassin.pairing.tables import halved
from bench.invented_jobs import HALF, PAIRING, Jobs

SQL = """
WITH met AS (
    SELECT n.need, o.offer, sum(o.heavy)::BIGINT AS part, any_value(m.way) AS way
    FROM need_item n
    JOIN offer_item o ON n.item = o.item AND n.contract = o.contract AND n.level >= o.level
    JOIN journey m ON m.home = n.home AND m.there = o.there AND m.minutes <= n.most
    WHERE n.need BETWEEN $first AND $last
    GROUP BY n.need, o.offer
), scored AS (
    SELECT met.need, met.offer, met.way, t.near,
        (2 * $share * met.part + f.whole) // (2 * f.whole) AS skills
    FROM met
    JOIN offer f USING (offer)
    JOIN need p USING (need)
    JOIN nearness t ON t.mine = p.trade AND t.other = f.trade
), best AS (
    SELECT need, unnest(max_by(
        {'offer': offer, 'skills': skills, 'near': near, 'way': way},
        (skills + near + way) * 100000 - offer, $top
    )) AS one
    FROM scored GROUP BY need
)
SELECT need, one.offer AS offer, one.skills + one.near + one.way AS score,
    one.skills AS skills, one.near AS near, one.way AS way
FROM best
"""


class Rivals:
    """The invented data in whole numbers, as each engine likes them best.

    Offers are made ready beforehand, as ours are; people are read each time from the same table.
    """

    def __init__(self, jobs: Jobs) -> None:
        self.jobs = jobs
        self.shared = shares(PAIRING)
        codes, minutes = jobs.tables.reach["minutes"]
        trades, _ = jobs.tables.nearness["near"]
        weighed = jobs.tables.weighed["rare"]
        self.minutes = np.asarray(minutes)
        worth = halved(HALF, int(self.minutes.max()))
        self.way = earned(self.shared["way"], worth.astype(np.int64), 10_000)[self.minutes]
        near = jobs.tables.near["near"].values.astype(np.int64)
        self.near = earned(self.shared["near"], near, 10_000)
        self.heavy = np.asarray(list(weighed.values()), np.int64)
        self.names = {"place": list(codes), "trade": list(trades), "skill": list(weighed)}
        self.offers = _numbers(jobs.offers, self.names)
        self.whole = self._matrix(self.offers) @ self.heavy
        self.con = self._loaded()

    def _loaded(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        self._load(con, "offer", self.offers)
        for table, names, columns in (
            ("journey", ("home", "there"), {"minutes": self.minutes, "way": self.way}),
            ("nearness", ("mine", "other"), {"near": self.near}),
        ):
            row, column = np.indices(next(iter(columns.values())).shape)
            flat = {names[0]: row.ravel(), names[1]: column.ravel()}
            flat |= {key: value.ravel() for key, value in columns.items()}
            con.register("here", pa.table(flat))
            con.execute(f"CREATE TABLE {table} AS SELECT * FROM here")
        return con

    def _load(self, con: duckdb.DuckDBPyConnection, name: str, side: dict[str, np.ndarray]) -> None:
        """One side as two tables: its rows, and a row for each of its items."""
        rows = {key: side[key] for key in ("trade", "place", "contract", "level")}
        rows |= {name: np.arange(side["trade"].size)}
        rows |= {"most": side["most"]} if "most" in side else {"whole": self.whole}
        items = side["items"]
        listed = {key: np.repeat(value, items.shape[1]) for key, value in rows.items()}
        listed |= {"item": items.ravel(), "heavy": self.heavy[items.ravel()]}
        for table, columns in ((name, rows), (f"{name}_item", listed)):
            here = pa.table({_named(name, key): value for key, value in columns.items()})
            con.register("here", here)
            con.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT DISTINCT * FROM here")

    def sql(self, top: int, batch: int) -> pa.Table:
        """One statement for each batch of people."""
        people = _numbers(self.jobs.people, self.names)
        self._load(self.con, "need", people)
        found = []
        for first in range(0, people["trade"].size, batch):
            asked = {"first": first, "last": first + batch - 1, "top": top}
            found.append(
                self.con.execute(SQL, asked | {"share": self.shared["skills"]}).fetch_arrow_table()
            )
        return pa.concat_tables(found)

    def scipy(self, top: int, block: int = 2_000) -> pa.Table:
        """A product of sparse matrices for each block of people, then arrays of its pairs."""
        asking = _numbers(self.jobs.people, self.names)
        people, offers = self._matrix(asking), self._matrix(self.offers)
        weighed = (offers @ sparse.diags_array(self.heavy, dtype=np.int64)).T.tocsr()
        found = [
            self._block(people[first : first + block] @ weighed, asking, first, top)
            for first in range(0, people.shape[0], block)
        ]
        names = ("need", "offer", "score", "skills", "near", "way")
        return pa.table({name: np.concatenate([each[n] for each in found])
                         for n, name in enumerate(names)})  # fmt: skip

    def _matrix(self, side: dict[str, np.ndarray]) -> sparse.csr_array:
        items = side["items"]
        start = np.arange(0, items.size + 1, items.shape[1])
        ones = np.ones(items.size, np.int64)
        made = sparse.csr_array((ones, items.flatten(), start), shape=(len(items), self.heavy.size))
        made.sum_duplicates()
        made.data[:] = 1
        return made

    def _block(self, product: sparse.csr_array, mine: dict[str, np.ndarray], first: int, top: int
               ) -> tuple[np.ndarray, ...]:  # fmt: skip
        need = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr)) + first
        offer, part, theirs = product.indices, product.data, self.offers
        fit = mine["contract"][need] == theirs["contract"][offer]
        fit &= mine["level"][need] >= theirs["level"][offer]
        need, offer, part = need[fit], offer[fit], part[fit]
        home, there = mine["place"][need], theirs["place"][offer]
        fit = self.minutes[home, there] <= mine["most"][need]
        need, offer, part, home, there = (each[fit] for each in (need, offer, part, home, there))
        skills = earned(self.shared["skills"], part, self.whole[offer])
        near = self.near[mine["trade"][need], theirs["trade"][offer]]
        way = self.way[home, there]
        score = skills + near + way
        order = np.lexsort((offer, -score, need))
        start = np.flatnonzero(np.diff(need[order], prepend=-1))
        place = np.arange(order.size) - np.repeat(start, np.diff(np.append(start, order.size)))
        kept = order[place < top]
        return tuple(each[kept] for each in (need, offer, score, skills, near, way))


def _named(side: str, column: str) -> str:
    return {"place": "home" if side == "need" else "there"}.get(column, column)


def _numbers(table: pa.Table, names: dict[str, list[str]]) -> dict[str, np.ndarray]:
    """The columns of one side as numbers."""

    def numbered(column: str, known: list[str]) -> np.ndarray:
        flat = table[column].combine_chunks()
        flat = flat.flatten() if pa.types.is_list(flat.type) else flat
        coded = flat.dictionary_encode()
        index = {name: place for place, name in enumerate(known)}
        lookup = np.asarray([index[each] for each in coded.dictionary.to_pylist()])
        return lookup[coded.indices.to_numpy()]

    place = "home" if "home" in table.column_names else "there"
    found = {
        "items": numbered("skills", names["skill"]).reshape(table.num_rows, -1),
        "trade": numbered("trade", names["trade"]),
        "place": numbered(place, names["place"]),
        "contract": numbered("contract", [f"k{n}" for n in range(9)]),
        "level": table["level"].to_numpy(),
    }
    return found | ({"most": table["most"].to_numpy()} if place == "home" else {})


def peak_while(work: Callable[[], object]) -> float:
    """Megabytes of the whole process at most while something runs."""
    seen, done = [0.0], threading.Event()

    def look() -> None:
        while not done.is_set():
            seen[0] = max(seen[0], _resident())
            time.sleep(0.005)

    watch = threading.Thread(target=look)
    watch.start()
    work()
    done.set()
    watch.join()
    return seen[0]


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
