"""The real notices of the data pack go through the watch: counted, joined where they can be."""

from collections import Counter
from dataclasses import fields
from datetime import date

import pytest

from bassin.observe.watch.signals import openings
from bassin.observe.watch.signals.openings import Notice
from bassin.observe.watch.signals.signal import WINDOW, Sight
from bassin.sources.bodacc import Failures
from tests.support.loading import loaded

UNTIL = date(2008, 1, 16)


@pytest.fixture(scope="module")
def notices(pack, tmp_path_factory):
    """The 454 notices of the issue of 16 January 2008: 456 firms, two notices telling of two."""
    path = pack / "bodacc" / "pcl-2008-01-16-personnes-morales.json"
    rows = loaded(Failures(), tmp_path_factory.mktemp("pack"), path).rows
    names = [each.name for each in fields(Notice)]
    days = ("published_on", "judged_on")
    plain = [{name: row[name] for name in names} for row in rows]
    return [
        Notice(**{
            name: date.fromisoformat(value) if name in days and isinstance(value, str) else value
            for name, value in row.items()
        })
        for row in plain
    ]  # fmt: skip


@pytest.mark.pack
def test_every_notice_is_read_and_its_nature_is_known(notices):
    kinds = Counter(each.kind for each in notices)

    assert len({each.notice_id for each in notices}) == 454
    assert kinds.total() == 456
    assert kinds == {
        "liquidation": 190, "closure": 120, "other": 50, "receivership": 43, "conversion": 36,
        "plan": 16, "safeguard": 1,
    }  # fmt: skip


@pytest.mark.pack
def test_the_notices_are_counted_by_both_definitions(notices):
    found = openings.openings(notices)

    counted = Counter(each for one in found for each in one.definitions)
    assert counted == {"opening": 232, "bdf": 231}


@pytest.mark.pack
def test_no_firm_of_the_pack_has_a_place_in_the_register_and_every_failure_is_listed(notices):
    failures = openings.openings(notices)
    addresses = {(each.notice_id, each.firm_number): "94081" for each in notices}
    recent = [each for each in failures if each.notice.on >= UNTIL - WINDOW]

    joined = openings.look(notices, {}, {}, UNTIL)
    listed = openings.look(notices, {}, addresses, UNTIL)

    assert (joined.sight, joined.signals) == (Sight.SEEN, ())
    assert {each.tells for each in listed.signals} == {each.root for each in recent}
    assert len(listed.signals) == len(recent) == 231
    assert not any(each.sites for each in listed.signals)
