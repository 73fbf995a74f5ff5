"""Whoever publishes asks for an inspection of each release, even when nothing new was loaded."""

from datetime import UTC, datetime

from bassin.sources import Runner
from bassin.sources.registry import derivations
from bassin.sources.runner import _forgotten
from bassin.store import Store
from tests.support.loading import TODAY


def test_a_release_is_inspected_before_it_serves_and_again_when_it_did_not_change(tmp_path):
    store, seen = Store(tmp_path), []
    runner = Runner(
        store, today=TODAY, now=lambda: datetime.now(UTC),
        inspect=lambda name: seen.append((name, store.current)),
    )  # fmt: skip

    first = runner.finish().name
    again = runner.finish().name

    assert again == first
    assert seen == [(first, ""), (first, first)]


def test_what_is_computed_of_each_establishment_is_forgotten_with_the_establishments():
    forgotten = _forgotten()

    assert {"establishments", "legal_units"} <= set(forgotten)
    for each in derivations().values():
        read = {*each.inputs, *each.optional}
        if "siret" in each.columns and "establishments" in read:
            assert each.key in forgotten
