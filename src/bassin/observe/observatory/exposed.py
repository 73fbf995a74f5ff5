"""A study as tables and charts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bassin.indicators.scenarios.exposure import Exposure
from bassin.indicators.scenarios.study import Study
from bassin.observe.observatory.words import place_link
from bassin.territory import Place
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared import exposure as told

Table = tuple[list[Column], list[Row]]
MOST_DRAWN = 24


def by_commune(study: Study, language: str) -> ChartInput | None:
    """Low and high ends by commune, the most exposed first; None with fewer than two to draw."""
    found = [
        (place.name, exposure)
        for place, exposure in study.communes
        if exposure.verdict.shown and exposure.exposed.high
    ]
    found.sort(key=lambda pair: (-(pair[1].exposed.high or 0.0), pair[0]))
    if len(found) < 2:
        return None
    title = _("Exposed jobs by commune: {scenario}").format(
        scenario=study.scenario.short.say(language)
    )
    said = told.foremost(study, language)
    return _dumbbell(title, said, found[:MOST_DRAWN], study, language)


def side_by_side(studies: Sequence[Study], language: str) -> ChartInput | None:
    """The scenarios of one place on one axis; None when none may be shown."""
    found = [
        (study.scenario.short.say(language), study.total)
        for study in studies
        if study.total.verdict.shown and study.total.exposed.high
    ]
    if not found:
        return None
    first = studies[0]
    title = _("Exposed jobs by scenario: {place}").format(place=first.place.name)
    said = " ".join(
        f"{study.scenario.title.say(language)} — {told.sentence(study, language)}"
        for study in studies
    )
    return _dumbbell(title, said, found, first, language)


def _dumbbell(
    title: str, said: str, found: Sequence[tuple[str, Exposure]], study: Study, language: str
) -> ChartInput:
    lowest, highest = _("low end"), _("high end")
    points = [
        point
        for name, exposure in found
        for point in (
            Point(name, exposure.exposed.low, series=lowest),
            Point(name, exposure.exposed.high, series=highest, ours=True),
        )
    ]
    return ChartInput(
        kind="dumbbell", title=title, said=said, points=tuple(points), unit=_("jobs"),
        source=told.source(study, language), origin=study.origin, language=language,
    )  # fmt: skip


def communes(study: Study, language: str) -> Table:
    """One row per commune: jobs in place, exposed jobs, share."""
    columns = [
        Column(_("Commune")), Column(_("Jobs in place"), number=True),
        Column(_("Exposed jobs"), number=True), Column(pgettext("exposure", "Share"), number=True),
    ]  # fmt: skip
    rows = [_row(place, exposure, study.origin, language) for place, exposure in study.communes]
    return columns, [*rows, _row(study.place, study.total, study.origin, language, ours=True)]


def _row(
    place: Place, found: Exposure, origin: Origin, language: str, *, ours: bool = False
) -> Row:
    heading = Cell(text=place.name, url="" if ours else place_link(place))
    jobs = Cell(text=told.interval(found.jobs, language), sort=found.jobs.low, origin=origin)
    if not found.verdict.shown:
        why = found.verdict.reason.say(language) if found.verdict.reason else ""
        return Row(heading, [jobs, Cell(why=why), Cell(why=why)], ours=ours)
    part = found.share
    return Row(
        heading,
        [
            jobs,
            Cell(text=told.interval(found.exposed, language), sort=found.exposed.high or 0.0,
                 origin=origin),
            Cell(text=told.share(part, language), sort=part.low, origin=origin) if part
            else Cell(why=_("no job in place")),
        ],
        ours=ours,
    )  # fmt: skip


def scenarios(studies: Sequence[Study], language: str) -> Table:
    """One row per scenario: what it hits in the place."""
    columns = [
        Column(_("Scenario")), Column(_("Exposed jobs"), number=True),
        Column(pgettext("exposure", "Share"), number=True),
        Column(_("Jobs of the activities concerned"), number=True), Column(_("Within")),
    ]  # fmt: skip
    rows = []
    for study in studies:
        _jobs, exposed, part = _row(study.place, study.total, study.origin, language).cells
        touched = Cell(text=told.interval(study.total.touched, language), origin=study.origin)
        if not study.total.verdict.shown:
            touched = exposed
        heading = Cell(text=study.scenario.title.say(language))
        horizon = Cell(text=study.scenario.horizon.say(language))
        rows.append(Row(heading, [exposed, part, touched, horizon]))
    return columns, rows


def flat(study: Study, language: str) -> list[dict[str, object]]:
    """One record for the place and one per commune, as files give them; ends are not rounded."""
    return [
        _record(study, place, exposure, language)
        for place, exposure in [(study.place, study.total), *study.communes]
    ]


def _record(study: Study, place: Place, found: Exposure, language: str) -> dict[str, object]:
    shown, part = found.verdict.shown, found.share
    reason = found.verdict.reason
    return {
        "scenario": study.scenario.id, "version": study.scenario.version,
        "assumptions": "reader" if study.scenario.edited else "declared",
        "place": place.key, "name": place.name,
        "jobs_low": _plain(found.jobs.low), "jobs_high": _plain(found.jobs.high),
        "exposed_low": _plain(found.exposed.low) if shown else None,
        "exposed_high": _plain(found.exposed.high) if shown else None,
        "share_low_pct": _plain(part.low) if shown and part else None,
        "share_high_pct": _plain(part.high) if shown and part else None,
        "status": found.verdict.status.value, "why": reason.say(language) if reason else "",
        "period": study.period, "source": told.source(study, language),
        "origin": study.origin.value, "table_version": study.table_version,
    }  # fmt: skip


def _plain(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
