"""A scenario as tables, pictures and files, from the values that are kept of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.indicators.scenarios import jobs
from bassin.indicators.scenarios.exposure import Exposure
from bassin.observe.watch.scenarios.record import Record, between, exposure
from bassin.taxonomies.rome import Rome
from bassin.types import Origin
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.outlines import map_shapes
from bassin.ui.parts import Cell, Column, Row
from bassin.ui.shared import exposure as told

Table = tuple[list[Column], list[Row]]
TRADES, DRAWN = 20, 24


def sentence(record: Mapping[str, Any], language: str) -> str:
    """What is exposed in all."""
    return told.describe(record["name"], exposure(record["total"]), language)


def source(record: Mapping[str, Any], language: str) -> str:
    """Where jobs come from, and of when."""
    return told.named(jobs.named(record["source"]), record["period"], record["origin"], language)


def communes(record: Mapping[str, Any], language: str) -> Table:
    """Each commune: jobs, exposed jobs, their share, and what its largest establishments weigh."""
    columns = [
        Column(_("Commune")), Column(_("Jobs in place"), number=True),
        Column(_("Exposed jobs"), number=True),
        Column(_("Dependence: share of its jobs"), number=True),
        Column(_("Concentration: largest establishments")),
    ]  # fmt: skip
    mark = Origin(record["origin"])
    rows = [
        Row(Cell(each["name"]), [*_cells(each, mark, language), _largest(each, language)])
        for each in record["communes"]
    ]
    whole = Row(
        Cell(record["name"]), [*_cells(record["total"], mark, language), Cell("—")], ours=True
    )
    return columns, [*rows, whole] if len(rows) > 1 else rows


def _largest(each: Mapping[str, Any], language: str) -> Cell:
    found = each["largest"]
    if found is None:
        return Cell(why=_("hidden: too few establishments, or one may dominate"))
    part = told.share(between(found["share"]), language)
    return Cell(
        part, sort=found["share"][0], origin=Origin(found["origin"]),
        note=f"{found['employers']} {found['what'][language]}",
    )  # fmt: skip


def _cells(each: Mapping[str, Any], mark: Origin, language: str) -> list[Cell]:
    found = exposure(each)
    there = Cell(told.interval(found.jobs, language), sort=found.jobs.low, origin=mark)
    if not found.verdict.shown:
        why = found.verdict.reason.say(language) if found.verdict.reason else _("hidden by secrecy")
        return [there, Cell(why=why), Cell(why=why)]
    share = found.share
    return [
        there, _exposed(found, mark, language),
        Cell(told.share(share, language), sort=share.low, origin=mark) if share
        else Cell(why=_("no job in place")),
    ]  # fmt: skip


def _exposed(found: Exposure, mark: Origin, language: str) -> Cell:
    return Cell(
        told.interval(found.exposed, language), sort=found.exposed.high or found.exposed.low,
        origin=mark,
    )  # fmt: skip


def quarters(record: Mapping[str, Any], language: str) -> Table | None:
    """Each neighbourhood, then what is outside them, then what nobody can place."""
    found = record["quarters"]
    if found is None:
        return None
    columns = [
        Column(_("Priority neighbourhood (QPV)")),
        Column(_("Jobs of the sectors hit"), number=True), Column(_("Exposed jobs"), number=True),
    ]  # fmt: skip
    mark = Origin(found["origin"])
    listed = [*((each["name"], each) for each in found["places"]),
              (_("Outside these neighbourhoods"), found["outside"]),
              (_("Place not published: inside or outside"), found["unplaced"])]  # fmt: skip
    return columns, [Row(Cell(name), _two(each, mark, language)) for name, each in listed]


def _two(each: Mapping[str, Any], mark: Origin, language: str) -> list[Cell]:
    found = exposure(each)
    if not found.verdict.shown:
        why = found.verdict.reason.say(language) if found.verdict.reason else _("hidden by secrecy")
        return [Cell(why=why), Cell(why=why)]
    touched = Cell(told.interval(found.touched, language), sort=found.touched.low, origin=mark)
    return [touched, _exposed(found, mark, language)]


def trades(record: Mapping[str, Any], house: House, language: str) -> Table | None:
    """The trades most exposed, the others together, and the jobs whose trade is not known."""
    found = record["trades"]
    if found is None:
        return None
    labels = Rome.loaded(house.reader).labels
    columns = [Column(_("Trade (ROME)")), Column(_("Exposed jobs"), number=True)]
    mark = Origin.together((record["origin"], found["origin"]))
    rows = [
        Row(Cell(f"{labels.get(each['code'], each['code'])} ({each['code']})",
                 url=trade_url(each["code"])), _two(each, mark, language)[1:])
        for each in found["known"][:TRADES]
    ]  # fmt: skip
    rest = found["known"][TRADES:]
    if rest:
        shown = [exposure(each) for each in rest if each["exposed"] is not None]
        name = _("{count} other trades shown").format(count=len(shown))
        rows.append(Row(Cell(name), [_exposed(sum(shown, Exposure()), mark, language)]))
    last = Cell(_("Trade not known: these activities declare no hires"))
    return columns, [*rows, Row(last, _two(found["unknown"], mark, language)[1:])]


def trade_url(code: str) -> str:
    """The page of a trade, where a system has one."""
    try:
        return reverse("skills:trade", args=[code])
    except NoReverseMatch:
        return ""


def sectors(record: Mapping[str, Any], language: str) -> Table:
    """Each sector that is hit, how deep, and how many jobs of it are exposed."""
    columns = [
        Column(_("Sector")), Column(_("Share lost, supposed"), number=True),
        Column(_("Jobs in place"), number=True), Column(_("Exposed jobs"), number=True),
    ]  # fmt: skip
    mark = Origin(record["origin"])
    rows = []
    for each in record["sectors"]:
        depth = told.share(between((each["low"], each["high"])), language)
        cells = [Cell(depth, sort=each["low"]), *_two(each, mark, language)]
        rows.append(Row(Cell(each["label"][language]), cells))
    return columns, rows


def hidden(record: Mapping[str, Any]) -> dict[str, int]:
    """How many cells are hidden, by what they are of."""
    parts = {
        "communes": record["communes"],
        "sectors": record["sectors"],
        "quarters": (record["quarters"] or {}).get("places", []),
        "trades": (record["trades"] or {}).get("known", []),
    }
    return {name: sum(each["exposed"] is None for each in listed) for name, listed in parts.items()}


def charts(record: Record, house: House, title: str, language: str) -> list[ChartInput]:
    """A map and bars by commune, then bars by trade; none where there is nothing to draw."""
    found = [_map(record, house, title, language), _bars(record, title, language)]
    labels = Rome.loaded(house.reader).labels
    known = [(labels.get(each["code"], each["code"]), each)
             for each in (record["trades"] or {}).get("known", [])]  # fmt: skip
    found.append(_dumbbell(known[:DRAWN // 2], _("Exposed jobs by trade: {scenario}").format(
        scenario=title), record, language))  # fmt: skip
    return [each for each in found if each is not None]


def _map(record: Record, house: House, title: str, language: str) -> ChartInput | None:
    places = house.territory.communes(house.home)
    outlines = map_shapes(house, places)
    told_of = {each["key"]: exposure(each) for each in record["communes"]}
    points = tuple(
        Point(place.name, None, key=place.key, state="secret")
        if (found := told_of.get(place.key)) is None or not found.verdict.shown
        else Point(place.name, round(_top(found), 1), key=place.key)
        for place in places
    )
    if not outlines or not any(each.value for each in points):
        return None
    most = max(points, key=lambda each: -1.0 if each.value is None else each.value)
    return ChartInput(
        kind="choropleth",
        title=_("Dependence, high end: share of each commune's jobs that is exposed"),
        said=_("{place} depends most on the sectors hit: {scenario}.").format(
            place=most.name, scenario=title
        ),
        points=points, shapes=outlines, unit="%", decimals=1, source=source(record, language),
        origin=Origin(record["origin"]), language=language,
    )  # fmt: skip


def _top(found: Exposure) -> float:
    share = found.share
    return 0.0 if share is None else 100.0 if share.high is None else share.high


def _bars(record: Record, title: str, language: str) -> ChartInput | None:
    named = [(each["name"], each) for each in record["communes"]]
    said = _("Exposed jobs by commune: {scenario}").format(scenario=title)
    return _dumbbell(named, said, record, language)


def _dumbbell(
    named: Sequence[tuple[str, Mapping[str, Any]]], title: str, record: Record, language: str
) -> ChartInput | None:
    found = [(name, exposure(each)) for name, each in named if each["exposed"] is not None]
    found = [pair for pair in found if pair[1].exposed.high]
    found.sort(key=lambda pair: (-(pair[1].exposed.high or 0.0), pair[0]))
    if len(found) < 2:
        return None
    lowest, highest = _("low end"), _("high end")
    points = tuple(
        point
        for name, one in found[:DRAWN]
        for point in (
            Point(name, round(one.exposed.low, 1), series=lowest),
            Point(name, round(one.exposed.high or 0.0, 1), series=highest, ours=True),
        )
    )
    first = found[0]
    said = _("Most exposed of those shown: {place}, {jobs} jobs.").format(
        place=first[0], jobs=told.interval(first[1].exposed, language)
    )
    return ChartInput(
        kind="dumbbell", title=title, said=said, points=points, unit=_("jobs"),
        source=source(record, language), origin=Origin(record["origin"]), language=language,
    )  # fmt: skip
