"""What the template of a profile needs beyond the profile: addresses, drawings, tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.observe.observatory import charts, maps, tables
from bassin.observe.observatory.profile import Chapter, Profile
from bassin.observe.observatory.words import link
from bassin.territory import Place
from bassin.ui.charts.client import ChartError, ask_all
from bassin.ui.charts.model import ChartInput
from bassin.ui.graphics import Spot
from bassin.ui.parts import Column, Download, Row

Table = tuple[list[Column], list[Row]]
BIG_FIGURES = 4
LISTED_FIGURES = 10
CHART_WIDTH = 400
"""Pixels: one drawing, whole on screens and telephones alike, which keeps the page light."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart in the page, with its words and its files; `narrow` is empty where one serves."""

    chart: ChartInput
    wide: str
    narrow: str
    files: tuple[Download, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterShown:
    """A chapter with the drawings and tables its template needs."""

    chapter: Chapter
    answer: str
    more: str
    spots: tuple[Spot, ...]
    big: tuple[Figure, ...]
    others: Table | None
    unlisted: int
    maps: tuple[maps.SmallMap, ...]
    line: Picture | None
    files: tuple[Download, ...]
    url: str


def chart_url(name: str, place: Place, kind: str, extension: str = "svg") -> str:
    """Address of a chart."""
    keys = {"name": name, "scale": place.scale, "code": place.code, "kind": kind}
    return reverse("observatory:chart", kwargs={**keys, "extension": extension})


def files(name: str, place: Place, kind: str) -> tuple[Download, ...]:
    """A chart as files to keep."""
    return tuple(
        Download(extension.upper(), chart_url(name, place, kind, extension))
        for extension in ("png", "svg", "csv")
    )


def chapters(
    opened: House, profile: Profile, language: str, on: date | None
) -> tuple[str, str, list[ChapterShown]]:
    """The hidden outlines that maps refer to, the place's portrait, the chapters in order."""
    members = [row.place for row in profile.communes]
    base = maps.sheet(opened, members) if members else None
    drawing = maps.whole(base, profile.place) if base else maps.portrait(opened, profile.place)
    lines = _lines(opened, profile, language, on)
    shown = [_chapter(each, profile.place, base, lines, language) for each in profile.chapters]
    return (base.defs if base else "", drawing, shown)


def _lines(opened: House, profile: Profile, language: str, on: date | None) -> dict[str, Picture]:
    """Per chapter, the line of its first long series, all drawn in one request to the renderer."""
    inputs: dict[str, ChartInput] = {}
    names: dict[str, str] = {}
    for chapter in profile.chapters:
        figure = next((f for f in chapter.figures if _is_long(f)), None)
        if figure is None:
            continue
        declared = indicators()[figure.observation.indicator]
        try:
            made = charts.chart(opened, declared, profile.place, "line", language, on)
        except Refused:  # its table says the same
            continue
        inputs[chapter.code] = replace(made, width=CHART_WIDTH)
        names[chapter.code] = declared.id
    try:
        drawn = ask_all([(each, "inline") for each in inputs.values()])
    except ChartError:  # a page without its lines still says everything in its tables
        return {}
    return {
        code: Picture(
            chart, svg.decode(), "", files(names[code], profile.place, "line"),
            charts.breaks_told(indicators()[names[code]], language),
        )
        for (code, chart), svg in zip(inputs.items(), drawn, strict=True)
    }  # fmt: skip


def _is_long(figure: Figure) -> bool:
    return len([o for o in figure.series if o.value is not None]) > 2


def _chapter(
    chapter: Chapter,
    place: Place,
    base: maps.Sheet | None,
    lines: dict[str, Picture],
    language: str,
) -> ChapterShown:
    drawn = (
        []
        if base is None
        else [
            maps.small_map(base, figure, observed, link(figure), language)
            for figure, observed in chapter.communes
        ]
    )
    rest = chapter.figures[BIG_FIGURES:]
    first = chapter.first.observation.indicator
    mapped = [figure.observation.indicator for figure, _ in chapter.communes]
    # The first sentence answers; the cautions that follow it are read in smaller letters.
    answer, *more = re.split(r"(?<=\.)\s+(?=[A-ZÀÉ])", chapter.answer, maxsplit=1)
    return ChapterShown(
        chapter=chapter,
        answer=answer,
        more=" ".join(more),
        spots=tables.spots(chapter.first, language),
        big=chapter.figures[:BIG_FIGURES],
        others=tables.others(rest[:LISTED_FIGURES], language) if rest else None,
        unlisted=len(rest[LISTED_FIGURES:]),
        maps=tuple(drawn),
        line=lines.get(chapter.code),
        files=files(mapped[0], place, "map") if mapped and drawn else (),
        url=reverse("observatory:indicator", kwargs={"name": first}) + f"?lieu={place.key}",
    )


def specialisation(figures: Sequence[Figure], language: str) -> tuple[Picture, Table] | None:
    """Where a place is specialised: our share beside the reference's, for each quotient."""
    found = charts.quotients(figures)
    if len(found) < charts.FEWEST_QUOTIENTS:
        return None
    made = replace(charts.dumbbell(found, language), width=CHART_WIDTH)
    try:
        drawn = ask_all([(made, "inline")])[0].decode()
    except ChartError:
        return None
    return Picture(made, drawn, "", ()), tables.quotients(found, language)
