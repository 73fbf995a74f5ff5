"""One example of each kind of signal that the sample's own data do not tell.

Invented facts go through the very rules of the watch; what comes out is marked as invented, says so
in words, and is taken back by no look.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bassin.indicators.house import House
from bassin.observe.watch import finding
from bassin.observe.watch.models import Signal, Step
from bassin.observe.watch.signals import bursts, data, exposed, figures, leaving, looking, offers
from bassin.observe.watch.signals import signal as shape
from bassin.observe.watch.signals.figures import Told
from bassin.observe.watch.signals.leaving import Site
from bassin.observe.watch.signals.signal import FIRM_KINDS, Kind, Look
from bassin.types import Origin

_SAID = (
    "Exemple inventé : les données de l'exemple ne donnent aucun signal de ce genre ; des faits "
    "inventés sont passés par les mêmes règles."
)
_FIRMS = (
    ("99999999100019", "EXEMPLE LOGISTIQUE DU PORT", "52.10B", "22", "", None),
    ("99999999200018", "EXEMPLE IMPRIMERIE DES BORDS DE SEINE", "18.12Z", "21", "99999999200026",
     False),
    ("99999999300017", "EXEMPLE FROID INDUSTRIEL", "33.20A", "21", "99999999400016", True),
)  # fmt: skip


def build(house: House, today: date) -> None:
    """Add an example of each kind that no signal is of."""
    there = set(Signal.objects.values_list("kind", flat=True).distinct())
    places = [each.code for each in house.territory.communes(house.home)]
    for look in _looks(places, today):
        for one in look.signals:
            if one.kind.value in there:
                continue
            there.add(one.kind.value)
            _keep(house, one, today)


def _keep(house: House, one: shape.Signal, today: date) -> None:
    facts = finding.facts(one) | {"siren": "", "sites": [], "found_on": today}
    places = [
        exposed.Place("", one.naf_code, one.communes[0], each.facts["band"], None)
        for each in one.evidence if "band" in each.facts
    ]  # fmt: skip
    weighed = finding.weigh(
        house, places, None, today, is_firm=one.kind in FIRM_KINDS, stays=one.within
    )
    made = Signal.objects.create(
        key=finding.EXAMPLE + one.key, kind=one.kind.value, text=_SAID,
        origin=Origin.INVENTED.value, **facts, **weighed,
    )  # fmt: skip
    Step.objects.create(signal=made, what=Step.What.FOUND, on=today)


def _looks(places: list[str], today: date) -> Iterator[Look]:
    """Every family, given facts that its rules find worth telling."""
    lately = today - timedelta(days=12)
    sites = [
        Site(siret, name, naf, places[at % len(places)], lately, band, False, successor,
             lately if successor else None, here)
        for at, (siret, name, naf, band, successor, here) in enumerate(_FIRMS)
    ]  # fmt: skip
    yield leaving.look(sites, {}, today)
    yield bursts.look(_many(places[0], today), today - timedelta(days=1800), today,
                      kind=Kind.CLOSURES)  # fmt: skip
    yield bursts.look(_many(places[0], today), today - timedelta(days=1800), today)
    yield offers.look(_offers(places[0], today))
    yield figures.look(_figures(today, places[0]), today)
    yield data.look(
        [_table("hiring_needs", today, stale=True), _table("rents", today, error="HTTP 503")],
        {"rents": lately.isoformat()}, today,
    )  # fmt: skip


def _many(place: str, today: date) -> dict[tuple[str, str], list[date]]:
    """Eighteen in four weeks, where there used to be three."""
    end = bursts.last_whole(today)
    days = [end.monday - timedelta(days=at % 21) for at in range(18)]
    for back in (1, 2, 3):
        before = end.years_before(back).monday
        days += [before - timedelta(days=7 * at) for at in range(3)]
    return {("commune", place): days}


def _offers(place: str, today: date) -> dict[date, dict[tuple[str, str], int]]:
    """A count a third of those of the same season before."""
    counts = {today - timedelta(weeks=52 * back): 90 + 2 * back for back in (1, 2, 3)}
    return {day: {("commune", place): n} for day, n in {**counts, today: 31}.items()}


def _figures(today: date, place: str) -> list[Told]:
    """A release, a move of prices, a change of rank and one of gap, by the watched rules."""
    watched = {each.indicator: each for each in looking.rules()}
    year = today.year - 1

    def told(name: str, now: float, then: float, change: float, unit: str) -> Told:
        return Told(
            watched[name], "", today, str(year), str(year - 1), str(year), str(year - 1), now, then,
            change, unit,
        )  # fmt: skip

    jobs = told("private_employees", 173_200, 178_588, -3.0, "%")
    poverty = told("poverty_rate", 21.4, 20.6, 0.8, "points")
    return [
        replace(told("median_price_m2", 3_900, 4_500, -13.3, "%"), commune=place),
        replace(jobs, rank=(4, 12), rank_before=(3, 12)),
        replace(poverty, gap=4.2, gap_before=3.5),
    ]


def _table(key: str, today: date, *, stale: bool = False, error: str = "") -> dict[str, Any]:
    return {
        "key": key, "vintage": str(today.year - 2), "age_days": 500, "publisher": "",
        "stale": stale, "error": error, "error_fr": error,
    }  # fmt: skip
