"""One by one, ready for one need, compiled for all: the same pairs, order and points."""

from unittest.mock import patch

import ibis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bassin.pairing import batch, dense, reference
from bassin.pairing.batch import rank_all
from bassin.pairing.offers import prepare
from bassin.pairing.onebyone import standing
from bassin.pairing.packed import asks, blocks, score
from bassin.pairing.points import shares
from tests.pairing import invented

thorough = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def judged(pairing, needs, offers, tables, shared):
    """Every pair, judged one by one."""
    rows = offers.to_pylist()
    return {
        need["key"]: [standing(pairing, need, row, tables, shared) for row in rows]
        for need in needs.to_pylist()
    }


@thorough
@given(invented.pairings(), invented.needs, invented.offers, invented.tables)
def test_one_need_made_ready_counts_what_one_pair_counts(pairing, needs, offers, tables):
    shared = shares(pairing)
    ready = prepare(pairing, offers, tables)

    plain = judged(pairing, needs, offers, tables, shared)

    for need in needs.to_pylist():
        totals = dense.totals(ready, need, shared)
        found = {
            ready.key(n): (int(blocks(t)), int(score(t)), int(asks(t)))
            for n, t in enumerate(totals)
        }
        assert found == {
            each.key: (each.blocks, each.score, each.asks) for each in plain[need["key"]]
        }


@thorough
@given(invented.pairings(), invented.needs, invented.offers, invented.tables, st.integers(1, 4))
def test_a_batch_finds_the_same_pairs_order_and_points(pairing, needs, offers, tables, top):
    shared = shares(pairing)

    found_all = rank_all(pairing, needs, offers, tables, top=top)

    expected = []
    for key, every in judged(pairing, needs, offers, tables, shared).items():
        fit = sorted((each for each in every if not each.blocks), key=lambda each: each.order)
        expected += [
            {"need": key, "rank": place, "offer": each.key, "score": each.score,
             "questions": each.asks}
            | {one.criterion.code: one.points for one in each.verdicts
               if one.criterion in pairing.signals}
            for place, each in enumerate(fit[:top], start=1)
        ]  # fmt: skip
    assert found_all.to_pylist() == expected


@settings(thorough, max_examples=10)
@given(invented.pairings(), invented.needs, invented.offers, invented.tables, st.integers(1, 4))
def test_the_database_finds_the_same_pairs_order_and_points(pairing, needs, offers, tables, top):
    con = ibis.duckdb.connect()

    found_all = rank_all(pairing, needs, offers, tables, top=top)
    every = reference.every_pair(
        pairing, con.create_table("needs", needs), con.create_table("offers", offers), tables,
        shares(pairing),
    )  # fmt: skip
    found = con.to_pyarrow(reference.ranked(every, top).order_by("need", "rank"))

    names = found_all.column_names
    assert [
        {name: row[name] for name in names} for row in found.to_pylist()
    ] == found_all.to_pylist()


@settings(thorough, max_examples=20)
@given(invented.pairings(), invented.needs, invented.offers, invented.tables)
def test_a_batch_cut_in_parts_says_the_same_in_the_same_order(pairing, needs, offers, tables):
    whole = rank_all(pairing, needs, offers, tables)

    with patch.object(batch, "CELLS", 1):
        cut = rank_all(pairing, needs, offers, tables)

    assert cut.equals(whole)
