"""Every look at once: what the release in service tells today."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.secrecy import regime
from bassin.observe.watch.signals import (
    bursts,
    data,
    figures,
    leaving,
    offers,
    openings,
    reading,
)
from bassin.observe.watch.signals.figures import Rule, Told
from bassin.observe.watch.signals.openings import Firm, Notice
from bassin.observe.watch.signals.signal import Kind, Look, Sight
from bassin.sources.health import failing_since, health
from bassin.store.history import Change, changes
from bassin.taxonomies import naf

FAMILIES = 7
"""How many looks there are."""


def looks(house: House, today: date, remembered: Mapping[str, str]) -> Iterator[Look]:
    """One look a family of signals, blind ones included, each when it is done.

    Args:
        remembered: the last headcount band known of large establishments, by SIRET.
    """
    if not house.reader.name or not house.installation.territory:
        return
    since, until = reading.span(house, reading.NOTICES, "published_on")
    found = reading.notices(house, until)
    firms = reading.firms(house, found or (), until)
    placed = reading.placed(house, found or ())
    day = reading.stock_day(house)
    fewest = max(bursts.FEWEST, regime("business").min_units)
    seen = openings.look(found, firms, placed, until)
    yield replace(seen, counts=_counts(house, found or (), seen))
    yield leaving.look(reading.left(house, day), remembered, day)
    events = None if found is None else _events(found, firms, placed)
    yield bursts.look(events, since, until, fewest)
    closed = reading.closures(house, day)
    first = min((min(days) for days in closed.values()), default=None) if closed else None
    yield bursts.look(closed, first, day, fewest, kind=Kind.CLOSURES)
    yield offers.look(reading.offers(house))
    yield figures.look(told(house), today)
    yield data.look(health(house.store, today), failing_since(house.store), today)


def _counts(house: House, found: Collection[Notice], seen: Look) -> dict[str, int]:
    """How many notices were read, and what became of them; nothing where none is loaded."""
    if seen.sight != Sight.SEEN:
        return {}
    counted = [each for one in openings.openings(found) for each in one.definitions]
    joined = sum(bool(each.sites) for each in seen.signals)
    return {
        "notices": reading.loaded(house), "here": len({each.notice_id for each in found}),
        **{each: counted.count(each) for each in openings.DEFINITIONS},
        "joined": joined, "listed": len(seen.signals) - joined,
    }  # fmt: skip


def _events(
    found: Collection[Notice], firms: Mapping[str, Firm], placed: reading.Placed
) -> dict[tuple[str, str], list[date]]:
    """The day of each failure, by commune of the head office and by division of activity."""
    events: dict[tuple[str, str], list[date]] = defaultdict(list)
    known = naf.rev2()
    for each in openings.openings(found):
        if "opening" not in each.definitions:
            continue
        notice = each.notice
        firm = firms.get(notice.siren or "")
        where = firm.seat if firm else placed.get((notice.notice_id, notice.firm_number), "")
        if where:
            events["commune", where].append(notice.published_on)
        if where and firm and firm.naf_code in known:
            events["activity", firm.naf_code[:2]].append(notice.published_on)
    return events


@cache
def rules() -> tuple[Rule, ...]:
    """What is watched of which indicators: `watched.toml`, beside."""
    path = Path(__file__).with_name("watched.toml")
    return tuple(Rule(key, **facts) for key, facts in tomllib.loads(path.read_text()).items())


def told(house: House) -> list[Told]:
    """The watched indicators of the territory, at their two last periods."""
    known, history = indicators(), changes(house.store)
    found = []
    for rule in rules():
        declared = known.get(rule.indicator)
        if declared is None or not house.reader.has(declared.dataset):
            continue
        table, changed = declared.dataset, history.get(declared.dataset, ())
        places = house.territory.communes(house.home) if rule.by_commune else [house.home]
        for place in places:
            try:
                now = house.engine.figure(declared, place)
            except Refused:  # this place has none of that figure
                continue
            since = now.change.since if now.change else ""
            then = house.engine.figure(declared, place, period=since) if since else None
            commune = place.code if rule.by_commune else ""
            found.append(replace(_told(rule, table, now, then, changed), commune=commune))
    return found


def _told(
    rule: Rule, table: str, now: Figure, then: Figure | None, history: Collection[Change]
) -> Told:
    last = next(iter(history))
    change = now.change
    return Told(
        rule, table, last.on, last.version.vintage, last.before.vintage if last.before else "",
        now.observation.period, change.since if change else "",
        now.observation.value, then.observation.value if then else None,
        change.amount if change else None, change.unit if change else "",
        _rank(now), _rank(then), _gap(now, rule), _gap(then, rule),
        change is not None and change.crosses_break is not None,
    )  # fmt: skip


def _rank(figure: Figure | None) -> tuple[int, int] | None:
    rank = figure.rank if figure else None
    return (rank.position, rank.size) if rank else None


def _gap(figure: Figure | None, rule: Rule) -> float | None:
    """The gap with the larger place that the rule names."""
    if figure is None or not rule.against:
        return None
    return next(
        (each.gap for each in figure.comparisons if each.place.scale == rule.against), None
    )  # fmt: skip
