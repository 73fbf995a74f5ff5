"""Each kind of chart, declared once in Altair. Only the renderer and batches import this module."""

from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

import altair as alt

from bassin.ui.charts import theme
from bassin.ui.charts.classes import class_words, legend, limits
from bassin.ui.charts.model import ChartInput, Point
from bassin.ui.charts.words import label, quantity, word

Drawn = alt.LayerChart | alt.FacetChart
SECRET_SHARE = 0.07  # length of the hatched stub that stands for a hidden bar


def declare(chart: ChartInput, *, alone: bool = False) -> dict[str, Any]:
    """The Vega-Lite specification of a chart, with its data inside.

    A picture that travels `alone` carries its legend; in a page, the legend is text of the page.
    """
    drawn = (
        choropleth(chart, alone=alone) if chart.kind == "choropleth" else KINDS[chart.kind](chart)
    )
    made = drawn.configure(**theme.config())
    spec: dict[str, Any] = made.to_dict()
    return spec


def _data(rows: Iterable[dict[str, Any]]) -> alt.InlineData:
    # `alt.Data` would validate every row and drop the format of shapes.
    return alt.InlineData(values=list(rows))


def _fill(point: Point) -> str:
    if point.state == "secret":
        return theme.HIDDEN
    return theme.INK if point.ours else theme.GREY


def _room(chart: ChartInput, margin: int) -> int:
    """Width left for the data beside names and values; two thirds of the margin on a telephone."""
    return chart.width - (margin * 2 // 3 if chart.is_narrow else margin)


def _height(count: int) -> int:
    return max(count, 1) * theme.BAND


def bars(chart: ChartInput) -> Drawn:
    """One bar per place, the largest on top; a hidden value is a hatched stub with its word."""
    known = [point.value for point in chart.points if point.value is not None]
    top = max([*known, 0]) or 1
    bottom = min([*known, 0])
    ranked = sorted(chart.points, key=lambda point: (point.value is None, -(point.value or 0)))
    rows = [
        {
            "name": point.name,
            "value": 0
            if point.state == "missing"
            else top * SECRET_SHARE
            if point.value is None
            else point.value,
            "shown": label(chart, point),
            "fill": _fill(point),
            "weight": "bold" if point.ours else "normal",
            "dots": theme.FRAGILE if point.state == "fragile" else "transparent",
        }
        for point in ranked
    ]
    base = alt.Chart(_data(rows), width=_room(chart, 190), height=_height(len(rows))).encode(
        y=alt.Y(
            "name:N",
            sort=None,
            axis=alt.Axis(grid=False, labelLimit=180 if not chart.is_narrow else 150),
        ),
        x=alt.X("value:Q", axis=None, scale=alt.Scale(domain=[bottom, top * 1.28], nice=False)),
    )
    drawn = base.mark_bar().encode(fill=alt.Fill("fill:N", scale=None))
    dots = base.mark_bar().encode(fill=alt.Fill("dots:N", scale=None))
    # A font weight cannot be a channel: two layers, ours and the others.
    texts = [
        base.transform_filter(f"datum.weight === '{weight}'")
        .mark_text(align="left", dx=6, fontWeight=weight)
        .encode(text="shown:N")
        for weight in ("normal", "bold")
    ]
    return alt.layer(drawn, dots, *texts)


def moment(period: str) -> float:
    """A period as a number of years: 2018, 2018-Q3 and 2018-07 give 2018.0, 2018.5, 2018.5."""
    year, _dash, rest = period.partition("-")
    if rest.startswith("Q"):
        return int(year) + (int(rest[1:]) - 1) / 4
    return int(year) + (int(rest[:2]) - 1) / 12 if rest else float(year)


def line(chart: ChartInput) -> Drawn:
    """Series over time; a line stops at an absent value and at a break, whose reason is written."""
    cuts = sorted(moment(cut.period) for cut in chart.breaks)
    points = sorted(chart.points, key=lambda point: moment(point.period))
    rows, segments = [], dict.fromkeys((point.series for point in points), 0)
    for before, point in _with_previous(points):
        x = moment(point.period)
        if before is None or before.value is None or _crosses(cuts, moment(before.period), x):
            segments[point.series] += 1
        if point.value is not None:
            rows.append(
                {
                    "x": x,
                    "value": point.value,
                    "series": point.series,
                    "part": f"{point.series} {segments[point.series]}",
                    "ours": point.ours,
                }
            )
    layers: list[alt.Chart] = []
    for ours, colour, width in ((False, theme.GREY, 2), (True, theme.INK, 3)):
        side = alt.Chart(_data(row for row in rows if row["ours"] is ours))
        side = side.encode(**_plane(rows, chart.is_narrow), detail="part:N")
        layers.append(side.mark_line(color=colour, strokeWidth=width))
        layers.append(side.mark_circle(color=colour, size=36 if ours else 20, opacity=1))
    drawn = alt.layer(*_breaks(chart, rows), *layers, *_ends(chart, rows))
    return drawn.properties(width=_room(chart, 240 if len(segments) > 1 else 170), height=260)


def _plane(rows: list[dict[str, Any]], narrow: bool) -> dict[str, Any]:
    """Axes of a line: Vega-Lite adds zero to any layer that does not say otherwise."""
    xs = [row["x"] for row in rows]
    years = sorted({int(x) for x in xs})
    return {
        "x": alt.X(
            "x:Q",
            scale=alt.Scale(domain=[min(xs), max(xs)], nice=False, zero=False),
            axis=alt.Axis(
                format="d", grid=False, values=_spread(years, 4 if narrow else 7), domain=True
            ),
        ),
        "y": alt.Y("value:Q", scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(tickCount=5)),
    }


def _with_previous(points: list[Point]) -> Iterable[tuple[Point | None, Point]]:
    last: dict[str, Point] = {}
    for point in points:
        yield last.get(point.series), point
        last[point.series] = point


def _crosses(cuts: list[float], before: float, after: float) -> bool:
    return any(before < cut <= after for cut in cuts)


def _spread(years: list[int], most: int) -> list[int]:
    """At most `most` years to write on the axis, the last one always."""
    step = -(-len(years) // most)
    return years[::-1][::step][::-1]


def _breaks(chart: ChartInput, rows: list[dict[str, Any]]) -> list[alt.Chart]:
    if not chart.breaks:
        return []
    top = max(row["value"] for row in rows)
    data = _data({"x": moment(cut.period), "value": top, "why": cut.why} for cut in chart.breaks)
    plane = _plane(rows, chart.is_narrow)
    rule = alt.Chart(data).mark_rule(color=theme.SOFT, strokeDash=[2, 3]).encode(x=plane["x"])
    text = alt.Chart(data).mark_text(
        align="left", baseline="bottom", dx=5, y=-4, color=theme.SOFT, fontStyle="italic"
    )
    text = text.encode(x=plane["x"], text="why:N")
    return [rule, text]


def _ends(chart: ChartInput, rows: list[dict[str, Any]]) -> list[alt.Chart]:
    """The name and last value of each series at its end, moved apart when they would touch.

    A series alone has no name there: the title says whose it is.
    """
    last = {row["series"]: row for row in rows}
    ends = sorted(last.values(), key=lambda row: row["value"])
    span = (max(row["value"] for row in rows) - min(row["value"] for row in rows)) or 1
    gap = span * 0.085
    named = len(ends) > 1
    heights: list[float] = []
    for end in ends:
        heights.append(max(end["value"], heights[-1] + gap) if heights else end["value"])
    placed = [
        {
            "x": end["x"],
            "value": height,
            "text": f"{end['series'] if named else ''} {quantity(chart, end['value'])}".strip(),
            "ours": end["ours"],
        }
        for end, height in zip(ends, heights, strict=True)
    ]
    layers = []
    for ours in (False, True):
        base = alt.Chart(_data(row for row in placed if row["ours"] is ours))
        mark = base.mark_text(
            align="left",
            dx=9,
            color=theme.INK if ours else theme.SOFT,
            fontWeight="bold" if ours else "normal",
        )
        layers.append(mark.encode(**_plane(rows, chart.is_narrow), text="text:N"))
    return layers


def dumbbell(chart: ChartInput) -> Drawn:
    """Two values per name joined by a line: the first series hollow, the second full."""
    names = list(dict.fromkeys(point.name for point in chart.points))
    series = list(dict.fromkeys(point.series for point in chart.points))
    rows = [
        {
            "name": point.name,
            "value": point.value,
            "series": point.series,
            "shown": quantity(chart, point.value),
        }
        for point in chart.points
        if point.value is not None
    ]
    base = alt.Chart(_data(rows), width=_room(chart, 190), height=_height(len(names))).encode(
        y=alt.Y(
            "name:N",
            sort=names,
            axis=alt.Axis(grid=False, labelLimit=180 if not chart.is_narrow else 150),
        ),
        x=alt.X("value:Q", axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=False, nice=True)),
    )
    joined = base.mark_line(color=theme.GREY, strokeWidth=3).encode(detail="name:N")
    spots = base.mark_circle(size=120, opacity=1, stroke=theme.INK, strokeWidth=2).encode(
        fill=alt.Fill(
            "series:N",
            scale=alt.Scale(domain=series, range=["#FFFFFF", theme.INK]),
            legend=alt.Legend(orient="top", symbolType="circle", symbolStrokeColor=theme.INK),
        )
    )
    return alt.layer(joined, spots)


def strip(chart: ChartInput) -> Drawn:
    """Places on one axis, ours in ink with its name, the median as a tick."""
    known = [point for point in chart.points if point.value is not None]
    rows = [
        {
            "value": point.value,
            "ours": point.ours,
            "text": f"{point.name} {label(chart, point)}",
            "fill": _fill(point),
        }
        for point in sorted(known, key=lambda point: point.ours)
    ]
    middle = median(point.value for point in known if point.value is not None)
    x = alt.X(
        "value:Q", axis=alt.Axis(tickCount=6, grid=False, domain=True), scale=alt.Scale(zero=False)
    )
    base = alt.Chart(_data(rows), width=chart.width - 40, height=64).encode(x=x, y=alt.value(36))
    spots = base.mark_circle(size=150, opacity=1, stroke="#fff").encode(
        fill=alt.Fill("fill:N", scale=None)
    )
    name = base.transform_filter("datum.ours").mark_text(dy=-20, fontWeight="bold", fontSize=14)
    tick = alt.Chart(_data([{"value": middle, "text": word("median", chart.language)}])).encode(
        x="value:Q", y=alt.value(36)
    )
    return alt.layer(
        tick.mark_tick(color=theme.INK, size=26, thickness=1.5),
        spots,
        name.encode(text="text:N"),
        tick.mark_text(dy=22, color=theme.SOFT).encode(text="text:N"),
    )


def choropleth(chart: ChartInput, *, alone: bool = False) -> Drawn:
    """A map in Lambert-93: classes of one ramp, hatch for secret, dots for fragile, grey for none.

    Shapes are drawn in their own plane (`identity`, y upwards), so no ring orientation matters.
    """
    inner = limits(chart)
    names = class_words(chart, inner)
    scale = legend(chart)
    features = _features(chart, inner, names)
    base = alt.Chart(_data(features)).mark_geoshape(stroke=theme.INK, strokeWidth=0.4)
    fill = alt.Fill(
        "properties.class:N",
        scale=alt.Scale(domain=list(scale), range=list(scale.values())),
        legend=alt.Legend(
            orient="bottom", columns=2 if chart.is_narrow else 3, symbolStrokeWidth=0.75
        ),
    )
    dots = alt.Chart(_data(f for f in features if f["properties"]["fragile"]))
    ours = alt.Chart(_data(f for f in features if f["properties"]["ours"]))
    layers = [base.encode(fill=fill), dots.mark_geoshape(fill=theme.FRAGILE, stroke=None)]
    layers.append(ours.mark_geoshape(fill="transparent", stroke=theme.INK, strokeWidth=2))
    layers += _labels(chart)
    drawn = alt.layer(*layers).properties(width=chart.width, height=_map_height(chart))
    return drawn.project(type="identity", reflectY=True)


def _features(chart: ChartInput, inner: list[float], names: list[str]) -> list[dict[str, Any]]:
    points = {point.key: point for point in chart.points}
    nothing = Point(name="", value=None, state="missing")
    features = []
    for shape in chart.shapes:
        point = points.get(shape.key, nothing)
        kind = (
            word(point.state, chart.language)
            if point.value is None
            else names[sum(point.value >= limit for limit in inner)]
        )
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "class": kind,
                    "ours": point.ours,
                    "fragile": point.state == "fragile",
                },
                "geometry": {"type": "MultiPolygon", "coordinates": shape.polygons},
            }
        )
    return features


def _labels(chart: ChartInput) -> list[alt.Chart]:
    """The name of ours, at the middle of its largest ring: one label helps, twenty-four do not."""
    ours = {point.key: point.name for point in chart.points if point.ours}
    rows = []
    for shape in chart.shapes:
        if shape.key in ours:
            ring = max((polygon[0] for polygon in shape.polygons), key=len)
            xs, ys = [x for x, _y in ring], [y for _x, y in ring]
            x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            rows.append({"x": x, "y": y, "name": ours[shape.key]})
    base = alt.Chart(_data(rows)).encode(longitude="x:Q", latitude="y:Q", text="name:N")
    halo = base.mark_text(stroke="#fff", strokeWidth=4, strokeJoin="round", fontWeight="bold")
    return [halo, base.mark_text(fontWeight="bold")] if rows else []


def _map_height(chart: ChartInput) -> int:
    xs, ys = zip(
        *(
            (x, y)
            for s in chart.shapes
            for polygon in s.polygons
            for ring in polygon
            for x, y in ring
        ),
        strict=True,
    )
    ratio = (max(ys) - min(ys)) / ((max(xs) - min(xs)) or 1)
    return round(min(max(chart.width * ratio, 200), 520))


KINDS: dict[str, Callable[[ChartInput], Drawn]] = {
    "bars": bars,
    "line": line,
    "dumbbell": dumbbell,
    "strip": strip,
}
