"""The figures of jobs: open offers, the market around, time to fill, who was hired, what lacks.

Each carries its value, unit, perimeter, date, source and definition. What is published by others is
read through the observatory's indicators; what is counted here is counted in the database.
"""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Sum
from django.utils.translation import gettext as _

from bassin.commons.hires import FEWEST, hidden
from bassin.commons.models import Placement
from bassin.errors import Refused
from bassin.indicators.figure import Status
from bassin.indicators.house import House
from bassin.match.jobs import declared
from bassin.match.jobs.models import Offer
from bassin.types import Origin, Scale
from bassin.ui.reader import language

YEAR = timedelta(days=365)
UNMET = 30
"""Days after which an offer still open is counted among the trades that lack people."""

MARKET = ("hiring_projects", "offers", "tense_occupations")


@dataclass(frozen=True, slots=True)
class Told:
    """A number with all that makes it one; `value` None when it is not known, and `why`."""

    label: str
    value: float | None
    unit: str
    place: str
    day: str
    source: str
    definition: str
    origin: Origin = Origin.REAL
    why: str = ""
    code: str = ""
    detail: str = ""


def told(
    code: str, value: float | None, place: str, day: str, origin: Origin, why: str = "", **more: str
) -> Told:
    """A figure of `declared.toml`, in the reader's language."""
    kept, said = declared.figures()[code], language()
    words = {"label": kept.label, "unit": kept.unit, "source": kept.source,
             "definition": kept.definition}  # fmt: skip
    read = {name: text.say(said) for name, text in words.items()}
    return Told(value=value, place=place, day=day, origin=origin, why=why, code=code,
                **{**read, **more})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Offers of one trade, commune or contract."""

    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Tense:
    """An occupation of the employment area: its tension from 1 to 5."""

    rome_code: str
    tension: int
    period: str


def has_real(today: date) -> bool:
    """Whether a real offer is on line."""
    return Offer.objects.open(today).filter(origin=Origin.REAL.value).exists()


def offers(house: House, today: date) -> list[Told]:
    """The offers on line here, and those that ask for no diploma."""
    origin = Origin.REAL if has_real(today) else Origin.INVENTED
    found = Offer.objects.open(today).filter(origin=origin.value)
    number = found.count()
    said = found.exclude(level=None).count()
    without = found.without_diploma().count()
    here, day = house.home.name, today.isoformat()
    share = 100 * without / said if said >= FEWEST else None
    unsaid = "" if share is not None else _("fewer than 5 offers say it")
    return [
        told("open_offers", number, here, day, origin),
        told("without_diploma", share, here, day, origin, unsaid),
        _time_to_fill(house, today),
    ]


def _time_to_fill(house: House, today: date) -> Told:
    done = Offer.objects.filter(
        closed_why=Offer.Closing.FILLED, closed_on__gt=today - YEAR, published_on__isnull=False
    )
    real = done.filter(origin=Origin.REAL.value)
    kept, origin = (real, Origin.REAL) if real.exists() else (done, Origin.INVENTED)
    rows = kept.values_list("published_on", "closed_on")
    days = [(last - first).days for first, last in rows if first and last]
    known = len(days) >= FEWEST
    median = statistics.median(days) if known else None
    why = "" if known else _("fewer than 5 offers were filled")
    return told("time_to_fill", median, house.home.name, today.isoformat(), origin, why)


def broken_down(today: date, field: str) -> list[Line]:
    """The open offers by trade ("rome_code"), commune or contract, the most first."""
    origin = Origin.REAL if has_real(today) else Origin.INVENTED
    found = Offer.objects.open(today).filter(origin=origin.value)
    rows = found.values(field).annotate(number=Count("pk")).order_by("-number", field)
    return [Line(row[field], row["number"]) for row in rows]


def unmet(today: date) -> list[tuple[str, str, int]]:
    """Trade, commune and positions of the offers open for a month and still not filled."""
    origin = Origin.REAL if has_real(today) else Origin.INVENTED
    old = Offer.objects.open(today).filter(
        origin=origin.value, published_on__lte=today - timedelta(days=UNMET)
    )
    rows = (
        old.exclude(rome_code="")
        .values("rome_code", "commune_code")
        .annotate(lacking=Sum(F("positions") - F("filled")))
        .filter(lacking__gt=0)
        .order_by("-lacking", "rome_code", "commune_code")
    )
    return [(row["rome_code"], row["commune_code"], row["lacking"]) for row in rows]


# Who was hired


def hired(house: House, today: date) -> list[Told]:
    """The share of the hires of a year that went to residents, and to priority neighbourhoods."""
    rows = [
        (commune, qpv, origin)
        for commune, qpv, origin, references in Placement.objects.filter(
            hired_on__gt=today - YEAR
        ).values_list("resident_commune_code", "from_qpv", "origin", "references")
        if any(each.startswith("jobs:") for each in references)
    ]
    real = [row for row in rows if row[2] == Origin.REAL.value]
    kept, origin = (real, Origin.REAL) if real else (rows, Origin.INVENTED)
    inside = {each.code for each in house.territory.communes(house.home)}
    lives = [commune in inside for commune, _qpv, _origin in kept if commune]
    quarters = [qpv for _commune, qpv, _origin in kept if qpv is not None]
    here, day = house.home.name, today.isoformat()
    return [
        told(code, _share(known), here, day, origin,
             "" if _share(known) is not None else _("not known, or under 5"))
        for code, known in (("hires_residents", lives), ("hires_qpv", quarters))
    ]  # fmt: skip


def _share(known: Iterable[bool]) -> float | None:
    said = list(known)
    parts = [sum(said), len(said) - sum(said)]
    if len(said) < FEWEST or None in hidden(parts):
        return None
    return 100 * parts[0] / len(said)


# The market around, as published by others


def areas(house: House) -> list[str]:
    """The codes of the employment areas that the territory touches."""
    inside = set(house.home.communes)
    found = house.territory.gazetteer(None).by_scale[Scale.EMPLOYMENT_AREA]
    return [each.code for each in found if not inside.isdisjoint(each.communes)]


def market(house: House, language: str) -> list[Told]:
    """Hiring projects, those judged difficult, offers of one day, tensions; each as published."""
    found = []
    for name in MARKET:
        try:
            figure = house.figure(name)
        except Refused:
            continue
        seen = figure.observation
        if seen.value is None or seen.status != Status.NORMAL:
            continue
        made = Told(
            figure.label.say(language), seen.value, figure.symbol, _perimeter(house, name),
            seen.period, figure.source.say(language), figure.definition.say(language),
            seen.origin, code=name,
        )  # fmt: skip
        found.append(made)
        if name == "hiring_projects":
            found += _difficult(house, made)
    return found + _published(house)


def _perimeter(house: House, name: str) -> str:
    if name == "offers":
        return house.home.name
    return _area_words(house)


def _area_words(house: House) -> str:
    return _("employment area {codes}").format(codes=", ".join(areas(house)))


def _difficult(house: House, projects: Told) -> list[Told]:
    if not house.reader.has("hiring_needs"):
        return []
    rows = _asked(
        house, "SELECT sum(difficult) FROM hiring_needs WHERE period = ? AND {areas}",
        [projects.day],
    )  # fmt: skip
    return [
        Told(
            _("Hiring projects judged difficult"), float(rows[0][0]), projects.unit,
            projects.place, projects.day, projects.source,
            _("Projects that the employer judges hard to fill; those hidden by secrecy are absent: "
              "the number is a floor."), projects.origin, code="hiring_projects_difficult",
        )
    ] if rows and rows[0][0] is not None else []  # fmt: skip


def tensions(house: House) -> list[Tense]:
    """The published occupations of the area, the tensest first, at the last period."""
    if not house.reader.has("tension"):
        return []
    rows = _asked(
        house,
        "SELECT rome_code, max(tension), period FROM tension WHERE {areas} AND period = "
        "(SELECT max(period) FROM tension) GROUP BY ALL ORDER BY 2 DESC NULLS LAST, 1",
        [],
    )
    return [Tense(code, int(level or 0), period) for code, level, period in rows]


def _published(house: House) -> list[Told]:
    found = tensions(house)
    if not found:
        return []
    figure = house.figure("tense_occupations")
    source, origin = figure.source.say(language()), figure.observation.origin
    return [
        Told(
            _("Occupations whose tension is published"), len(found), _("occupations"),
            _area_words(house), found[0].period, source,
            _("Occupations (ROME) with enough offers and jobseekers to be published."), origin,
            code="tense_occupations_published",
        )
    ]  # fmt: skip


def _asked(house: House, sql: str, parameters: list[str]) -> list[tuple[Any, ...]]:
    codes = areas(house)
    if not codes:
        return []
    marks = ", ".join("?" for _code in codes)
    where = f"employment_area_code IN ({marks})"
    return house.reader.rows(sql.replace("{areas}", where), [*parameters, *codes])
