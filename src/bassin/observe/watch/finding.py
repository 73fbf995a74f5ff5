"""A passing of the watch: look at the release in service, and keep what is new."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from bassin import systems
from bassin.indicators.house import House
from bassin.observe.watch.models import Passing, Remembered, Signal, Step
from bassin.observe.watch.signals import exposed, looking, priority, reading
from bassin.observe.watch.signals import signal as shape
from bassin.observe.watch.signals.leaving import large
from bassin.observe.watch.signals.signal import FIRM_KINDS, Look, Sight
from bassin.taxonomies.headcounts import bands
from bassin.types import Origin

KINDS = {
    "openings": ("opening",),
    "leaving": ("closure", "move", "takeover"),
    "bursts": ("burst",),
    "closures": ("closures",),
    "offers": ("offers",),
    "figures": ("change", "release", "rank", "gap"),
    "data": ("late", "broken"),
}
"""The kinds of signals that each look may give."""

EXAMPLE = "exemple:"
"""How the keys of the sample's invented signals begin: no look gave them, none takes them back."""

KEPT = 60
"""Passings that are remembered."""


def find(
    house: House, *, today: date, now: datetime, passing: Passing | None = None
) -> Passing:  # fmt: skip
    """Look, and keep what every look gives; the same release gives no signal twice.

    Args:
        passing: one that somebody asked for, which says how far it is.
    """
    remembered = dict(Remembered.objects.values_list("siret", "band"))
    looks = []
    for each in looking.looks(house, today, remembered):
        looks.append(each)
        if passing is not None:
            Passing.objects.filter(pk=passing.pk).update(done=len(looks))
    return _kept(house, looks, remembered, today, passing or Passing(at=now))


@transaction.atomic
def _kept(
    house: House, looks: list[Look], remembered: Mapping[str, str], today: date, passing: Passing
) -> Passing:
    """New signals come in, those whose ground fell are withdrawn.

    A kind that could not be looked at changes nothing: no data is not good news.
    """
    found = [each for look in looks for each in look.signals]
    kept = {each.key: each for each in Signal.objects.filter(key__in=[one.key for one in found])}
    weighed = _weighed(house, found, remembered, today)
    fresh = 0
    for each in found:
        known = {**facts(each), **weighed[each.key], "origin": _origin(house, each.source).value}
        fresh += _keep(each, kept.get(each.key), known, today)
    for look in looks:
        _withdraw(look, today)
    if looks:
        _remember(house, today)
    passing.release, passing.found = house.reader.name, fresh
    passing.looks, passing.done = [_told(each) for each in looks], len(looks)
    passing.ended, passing.failed = True, False
    passing.save()
    old = Passing.objects.values_list("pk", flat=True)[KEPT:]
    Passing.objects.filter(pk__in=list(old)).delete()
    return passing


def _keep(
    one: shape.Signal, kept: Signal | None, facts: dict[str, Any], today: date
) -> int:  # fmt: skip
    """Make it, or bring what is known of it up to date; returns how many are new."""
    if kept is None:
        made = Signal.objects.create(key=one.key, kind=one.kind.value, found_on=today, **facts)
        Step.objects.create(signal=made, what=Step.What.FOUND, on=today)
        return 1
    del facts["on"]  # the day it was first told for stays
    facts["withdrawn_on"] = None
    changed = [name for name, value in facts.items() if getattr(kept, name) != value]
    for name in changed:
        setattr(kept, name, facts[name])
    if changed:
        kept.save(update_fields=changed)
    return 0


def facts(one: shape.Signal) -> dict[str, Any]:
    """What is kept of a signal; where no number tells the firm, its places are not kept either."""
    return {
        "subject": one.subject, "subject_key": one.key_of, "on": one.on, "source": one.source,
        "reliability": one.reliability.value, "siren": one.siren, "name": one.name[:200],
        "sites": list(one.sites) if one.siren else [], "communes": spaced(one.communes),
        "naf_code": one.naf_code, "in_opening": "opening" in one.definitions,
        "in_bdf": "bdf" in one.definitions, "within": one.within,
        "evidence": [
            {"kind": each.kind, "on": each.on.isoformat() if each.on else "", **each.facts}
            for each in one.evidence
        ],
    }  # fmt: skip


def spaced(codes: Any) -> str:
    """Codes as any database finds one among them: " 94081 94054 "."""
    return f" {' '.join(codes)} " if codes else ""


def _weighed(
    house: House, found: list[shape.Signal], remembered: Mapping[str, str], today: date
) -> dict[str, dict[str, Any]]:
    """The exposed jobs and the points of each signal."""
    sites = {siret for each in found for siret in each.sites}
    known = exposed.places(house, sites, remembered)
    contacts = last_contacts({each.siren for each in found if each.siren})
    return {
        each.key: weigh(
            house, [known[one] for one in each.sites if one in known],
            contacts.get(each.siren), today, is_firm=each.kind in FIRM_KINDS, stays=each.within,
        )
        for each in found
    }  # fmt: skip


def last_contacts(sirens: set[str]) -> dict[str, date]:
    """The last contact with firms, here or in any other system."""
    latest = systems.last_contacts(sorted(sirens))
    rows = Signal.objects.filter(siren__in=sirens).exclude(contacted_on=None)
    for siren, on in rows.values_list("siren").annotate(last=Max("contacted_on")).order_by():
        latest[siren] = max(on, latest.get(siren, on))
    return latest


def weigh(
    house: House, places: list[exposed.Place], contact: date | None, today: date, *,
    is_firm: bool = True, stays: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The jobs and points of a signal, as they are kept.

    Args:
        stays: the jobs stay in the territory: they are told, and weigh nothing.
    """
    if not is_firm:
        return {"points": [], "priority": 0}
    total = exposed.jobs(places)
    known = exposed.known(total)
    lines = priority.points(exposed.facts(house, places, total, contact, today), today)
    if stays:
        lines = tuple(each for each in lines if each.name != "jobs")
    return {
        "jobs_low": total.minimum if known else None,
        "jobs_high": total.maximum if known else None,
        "jobs_unknown": total.unsure_count,
        "parts": {code: list(each) for code, each in exposed.by_activity(places).items()},
        "points": [[each.name, each.worth, each.known] for each in lines],
        "priority": priority.total(lines),
    }


def _origin(house: House, source: str) -> Origin:
    tables = house.reader.release.tables
    return tables[source].version.origin if source in tables else Origin.REAL


def _withdraw(look: Look, today: date) -> None:
    """Take back what the look no longer gives: a cancelled notice, data that came at last."""
    if look.sight != Sight.SEEN or look.since is None:
        return
    given = {each.key for each in look.signals}
    asked = Signal.objects.open().filter(kind__in=KINDS[look.of], on__gte=look.since)
    for each in asked.exclude(key__in=given).exclude(key__startswith=EXAMPLE):
        each.withdrawn_on = today
        each.save(update_fields=["withdrawn_on"])
        Step.objects.create(signal=each, what=Step.What.WITHDRAWN, on=today)


def _remember(house: House, today: date) -> None:
    """Note the size of the large establishments that are active today."""
    asked = [code for code in bands() if large(code)]
    rows = [
        Remembered(siret=siret, band=code, seen_on=today)
        for siret, code in reading.bands(house, asked).items()
    ]
    Remembered.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["siret"], update_fields=["band", "seen_on"],
        batch_size=500,
    )  # fmt: skip


def _told(look: Look) -> dict[str, Any]:
    return {
        "of": look.of, "sight": look.sight.value, "source": look.source,
        "since": look.since.isoformat() if look.since else "",
        "until": look.until.isoformat() if look.until else "", "signals": len(look.signals),
        "counts": dict(look.counts),
    }  # fmt: skip
