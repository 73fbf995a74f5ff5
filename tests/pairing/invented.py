"""Declarations and data drawn at random, unknowns included."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from bassin.pairing import (
    Bounds,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
    Signal,
    Tables,
)
from bassin.types import Text
from tests.pairing.forklift import said

TRADES = ("t1", "t2", "t3", "t4")
PLACES = ("p1", "p2", "p3")
ITEMS = ("a", "b", "c", "d", "e", "f")
KINDS = ("k1", "k2", "k3")
DAY = date(2026, 3, 1)

_few = st.sampled_from((0.0, 0.1, 0.25, 0.5, 1.0))


def primitives():
    """Any primitive over the fields of `needs` and `offers` below."""
    return st.one_of(
        st.builds(
            Overlap, st.sampled_from(("skills", "tags")), st.sampled_from(("skills", "tags")),
            st.sampled_from(("", "rare")), st.sampled_from(("offer", "need")), _few,
        ),
        st.builds(
            Nearness, st.sampled_from(("trade", "trades")), st.just("trade"),
            st.sampled_from(("near", "absent")), _few,
        ),
        st.builds(
            Reach, st.just("place"), st.just("place"), st.just("way"),
            st.sampled_from(("most", 25)), st.sampled_from((7, 20)),
            st.sampled_from(("", "mode")), st.sampled_from(("", "hour")),
        ),
        st.builds(
            Bounds, st.sampled_from((("low", "high"), ("low", "low"), ("", "high"))),
            st.sampled_from((("low", "high"), ("low", ""), ("high", "high"))), _few,
        ),
        st.builds(
            Bounds, st.just(("from_day", "to_day")), st.sampled_from((("day", "day"), ("day", ""))),
            st.sampled_from((0.0, 5.0)),
        ),
        st.builds(
            Membership, st.sampled_from(("kind", "kinds")), st.sampled_from(("kind", "kinds")),
            st.booleans(),
        ),
    )  # fmt: skip


@st.composite
def pairings(draw) -> Pairing:
    """One to three signals and up to three gates, mixed."""
    signals = draw(
        st.lists(st.tuples(primitives(), st.integers(0, 9), _few), min_size=1, max_size=3)
    )
    gates = draw(st.lists(primitives(), max_size=3))
    criteria = [
        Signal(f"s{n}", Text("x"), one, weight + (n == 0), said(), unknown=unknown)
        for n, (one, weight, unknown) in enumerate(signals)
    ]
    criteria += [Gate(f"g{n}", Text("x"), one, said()) for n, one in enumerate(gates)]
    return Pairing("test.any", Text("x"), draw(st.permutations(criteria)), people=())


def _numbers(most: int):
    return st.one_of(st.none(), st.integers(0, most))


def _sets(of: tuple[str, ...]):
    return st.one_of(st.none(), st.lists(st.sampled_from(of), max_size=4))


_fields = {
    "skills": _sets(ITEMS), "tags": _sets(ITEMS[2:]),
    "trade": st.sampled_from((None, *TRADES, "?")),
    "place": st.sampled_from((None, *PLACES, "?")), "kinds": _sets(KINDS),
    "kind": st.sampled_from((None, *KINDS)),
    "low": st.one_of(st.none(), st.sampled_from((0.0, 0.05, 1.0, 1.1, 1.5, 2.0))),
    "high": st.one_of(st.none(), st.sampled_from((0.0, 1.0, 1.15, 3.0))),
}  # fmt: skip
_days = st.one_of(st.none(), st.integers(0, 9).map(lambda days: DAY + timedelta(days)))
_needs = _fields | {
    "trades": _sets(TRADES), "most": _numbers(40), "mode": st.sampled_from((None, "foot", "car")),
    "from_day": _days, "to_day": _days,
}  # fmt: skip
_offers = _fields | {"hour": st.sampled_from((None, "day", "night")), "day": _days}

_types = {
    "key": pa.string(), "skills": pa.list_(pa.string()), "tags": pa.list_(pa.string()),
    "trade": pa.string(), "trades": pa.list_(pa.string()), "place": pa.string(),
    "kinds": pa.list_(pa.string()), "kind": pa.string(), "low": pa.float64(), "high": pa.float64(),
    "most": pa.int64(), "mode": pa.string(), "hour": pa.string(), "day": pa.date32(),
    "from_day": pa.date32(), "to_day": pa.date32(),
}  # fmt: skip


def _tables_of(fields, letter: str, most: int):
    rows = st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=most)
    schema = pa.schema([("key", pa.string()), *((name, _types[name]) for name in fields)])
    return rows.map(
        lambda found: pa.Table.from_pylist(
            [{"key": f"{letter}{n:02}", **row} for n, row in enumerate(found)], schema=schema
        )
    )


needs = _tables_of(_needs, "n", 4)
offers = _tables_of(_offers, "o", 12)


def _matrix(codes, values):
    return st.lists(values, min_size=len(codes) ** 2, max_size=len(codes) ** 2).map(
        lambda flat: (codes, np.asarray(flat).reshape(len(codes), len(codes)))
    )


_minutes = _matrix(PLACES, st.sampled_from((-1, 0, 5, 24, 25, 26, 90)))
_WAYS = (
    "way", "way:foot", "way:car", "way:day", "way:night", "way:foot:day", "way:car:day",
    "way:car:night",
)  # fmt: skip

tables = st.builds(
    Tables,
    weights=st.fixed_dictionaries(
        {"rare": st.dictionaries(st.sampled_from(ITEMS), st.sampled_from((0, 0.3, 1, 2.7)))}
    ),
    nearness=st.fixed_dictionaries(
        {"near": _matrix(TRADES, st.sampled_from((0.0, 0.1, 0.25, 0.333, 1.0, float("nan"))))}
    ),
    reach=st.fixed_dictionaries(dict.fromkeys(_WAYS, _minutes)),
)  # fmt: skip
