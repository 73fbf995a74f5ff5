"""Every figure of jobs, line by line: what the page shows and its file holds, and no less."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.match.jobs import figures, giving, recruiting, searches
from bassin.match.jobs.figures import Told, told
from bassin.match.jobs.models import Offer, Recruitment
from bassin.types import Origin
from bassin.ui.reader import language


def everything(
    opened: House, day: date, communes: dict[str, str], trades: dict[str, str]
) -> list[Told]:
    """Every figure: the headline, each table whole, and what the meetings gave."""
    return [
        *figures.offers(opened, day), *figures.hired(opened, day),
        *figures.market(opened, language()), *_broken_down(opened, day, communes, trades),
        *_unmet(day, communes, trades), *_sought(day, communes, trades),
        *_tensions(opened, trades), *_meetings(opened, day),
    ]  # fmt: skip


def _broken_down(
    opened: House, day: date, communes: dict[str, str], trades: dict[str, str]
) -> Iterator[Told]:
    origin = Origin.REAL if figures.has_real(day) else Origin.INVENTED
    contracts = {each.value: str(each.label) for each in Offer.Contract}
    tables = (
        ("offers_by_trade", "rome_code", trades), ("offers_by_commune", "commune_code", communes),
        ("offers_by_contract", "contract", contracts),
    )  # fmt: skip
    for code, field, named in tables:
        for line in figures.broken_down(day, field):
            words = named.get(line.code, line.code) or _("not said")
            place = words if field == "commune_code" else opened.home.name
            yield told(code, line.number, place, day.isoformat(), origin, detail=words)


def _unmet(day: date, communes: dict[str, str], trades: dict[str, str]) -> Iterator[Told]:
    origin = Origin.REAL if figures.has_real(day) else Origin.INVENTED
    for trade, commune, count in figures.unmet(day):
        place = communes.get(commune, _("not said"))
        named = trades.get(trade, trade)
        yield told("unmet", count, place, day.isoformat(), origin, detail=named)


def _sought(day: date, communes: dict[str, str], trades: dict[str, str]) -> Iterator[Told]:
    for each in searches.sought(day):
        origin = Origin.INVENTED if each.invented else Origin.REAL
        place = communes.get(each.commune_code, _("not said"))
        trade = trades.get(each.rome_code, each.rome_code)
        yield told("searched", each.searched, place, day.isoformat(), origin, detail=trade)
        why = _("hidden, under 5") if each.in_vain is None else ""
        yield told(
            "searched_in_vain", each.in_vain, place, day.isoformat(), origin, why, detail=trade
        )


def _tensions(opened: House, trades: dict[str, str]) -> Iterator[Told]:
    where = _("employment area {codes}").format(codes=", ".join(figures.areas(opened)))
    found = figures.tensions(opened)
    if not found:
        return
    figure = opened.figure("tense_occupations")
    origin, source = figure.observation.origin, figure.source.say(language())
    for each in found:
        trade = trades.get(each.rome_code, each.rome_code)
        yield told("tension", each.tension, where, each.period, origin, detail=trade, source=source)


def _meetings(opened: House, day: date) -> Iterator[Told]:
    """The funnel of all the actions, whom they served, what a hire cost."""
    origin, here = _of_actions(), opened.home.name
    shown = recruiting.overall().public()
    if not shown.registered and shown.registered is not None:
        return  # nobody ever registered
    for words, number in shown.steps():
        why = _("hidden, under 5") if number is None else ""
        yield told("funnel", number, here, day.isoformat(), origin, why, detail=words)
    for each in giving.served(recruiting.everyone(), shown):
        for column, number, _share in each.cells:
            why = _("hidden, under 5") if number is None else ""
            detail = f"{each.step} · {column}"
            yield told("served", number, here, day.isoformat(), origin, why, detail=detail)
    for cost in giving.costs(list(recruiting.past(timezone.now())), shown):
        value = None if cost.per_hire is None else float(cost.per_hire)
        more = {"source": " · ".join(cost.sources)} if cost.sources else {}
        yield told(
            "cost_per_hire", value, here, day.isoformat(), origin, cost.why,
            detail=cost.unit or _("not said"), **more,
        )  # fmt: skip


def _of_actions() -> Origin:
    real = Recruitment.objects.filter(archived_at=None, origin=Origin.REAL.value).exists()
    return Origin.REAL if real else Origin.INVENTED
