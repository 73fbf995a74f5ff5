"""What a dataset looks like: its rows by period and by commune; and how to show it elsewhere."""

from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.indicators.numbers import number
from bassin.indicators.numbers import period as in_words
from bassin.observe.opendata import files
from bassin.observe.opendata.datasets import Dataset, Kind
from bassin.observe.opendata.exports.rows import place_column
from bassin.sources.checks import quoted
from bassin.ui import embedding
from bassin.ui.charts import theme
from bassin.ui.graphics import INK, quiet_bar, svg
from bassin.ui.outlines import shapes
from bassin.ui.parts import Cell, Column, Row

MOST_PERIODS = 30
MOST_DRAWN = 400
WIDTH = 420.0
CLASSES = theme.ramp(5)
"""Fills of a map, few to many."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or the address of one, the sentence that it shows, and its table."""

    said: str
    drawn: str = ""
    src: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


def picture(opened: House, dataset: Dataset, language: str) -> Picture | None:
    """A map or a chart of a dataset, where one makes sense."""
    if dataset.kind == Kind.FIGURE:
        return _of_figure(opened, dataset, language)
    if not dataset.is_open:
        return None
    return _by_commune(opened, dataset, language) or _by_period(opened, dataset, language)


def chart(opened: House, dataset: Dataset, name: str = "chart") -> str:
    """Address of the map of a figure over the territory; "" when there is none.

    Args:
        name: "chart" for our own pages, "embed_picture" for other sites: it remembers nobody.
    """
    made, home = dataset.indicator, opened.home
    if made is None or made.native != "commune" or not 1 < len(home.communes) <= MOST_DRAWN:
        return ""
    if opened.engine.figure(made, home).observation.value is None:
        return ""
    return reverse(
        f"observatory:{name}",
        kwargs={"name": made.id, "scale": home.scale, "code": home.code, "kind": "map",
                "extension": "svg"},
    )  # fmt: skip


def _of_figure(opened: House, dataset: Dataset, language: str) -> Picture | None:
    src = chart(opened, dataset)
    if not src:
        return None
    told = _("{title}, commune by commune.").format(title=dataset.title.say(language))
    return Picture(told, src=src if language == "fr" else f"{src}?lang={language}")


def _by_commune(opened: House, dataset: Dataset, language: str) -> Picture | None:
    """How many rows each commune of the territory has, when that differs."""
    communes = opened.territory.communes(opened.home)
    if not place_column(dataset) or not 1 < len(communes) <= MOST_DRAWN:
        return None
    found = dict(
        opened.reader.rows(
            f"SELECT commune_code, count(*) FROM {quoted(dataset.key)} "  # noqa: S608  a table of ours
            "WHERE commune_code IN (SELECT unnest($1)) GROUP BY 1",
            [[each.code for each in communes]],
        )
    )
    counts = {each.code: found.get(each.code, 0) for each in communes}
    if len(set(counts.values())) < len(CLASSES):
        return None
    names = {each.code: each.name for each in communes}
    edges = [float(each) for each in np.quantile(list(counts.values()), [0.2, 0.4, 0.6, 0.8])]
    most = max(counts, key=lambda code: counts[code])
    told = _("{rows} rows in the territory; {name} has the most, {most}.").format(
        rows=number(sum(counts.values()), 0, language), name=names[most],
        most=number(counts[most], 0, language),
    )  # fmt: skip
    ordered = sorted(counts, key=lambda code: -counts[code])
    listed = tuple(_bar(names[code], counts[code], counts[most], language) for code in ordered)
    return Picture(
        told, drawn=_map(opened, counts, names, edges, told), legend=_legend(edges, language),
        columns=(Column(_("Commune")), Column(_("Rows"), number=True)), rows=listed,
    )  # fmt: skip


def _bar(name: str, count: int, most: int, language: str) -> Row:
    drawn = quiet_bar(count, most) if most else ""
    return Row(Cell(text=name), [Cell(text=number(count, 0, language), sort=count, drawn=drawn)])


def _legend(edges: list[float], language: str) -> tuple[tuple[str, str], ...]:
    ends = [number(each, 0, language) for each in edges]
    words = [
        _("{end} or fewer").format(end=ends[0]),
        *(_("to {end}").format(end=each) for each in ends[1:]),
        _("more than {end}").format(end=ends[-1]),
    ]
    return tuple(zip(words, CLASSES, strict=True))


def _map(
    opened: House, counts: dict[str, int], names: dict[str, str], edges: list[float], told: str
) -> str:
    drawn = {code: shape for code, shape in shapes(opened, sorted(counts)).items() if shape}
    if not drawn:
        return ""
    left, low, right, high = shapely.total_bounds(list(drawn.values()))
    scale = WIDTH / max(right - left, high - low)
    parts = []
    for code, shape in drawn.items():
        flat = shapely.transform(shape, lambda xy: (xy - [left, high]) * [scale, -scale])
        fill = CLASSES[int(np.searchsorted(edges, counts[code]))]
        parts.append(
            f'<path d="{path(flat)}" fill="{fill}" stroke="#fff" stroke-width=".7">'
            f"<title>{escape(names[code])}: {counts[code]}</title></path>"
        )
    size = ((right - left) * scale, (high - low) * scale)
    return svg("rows", size, _("Rows by commune"), told, "".join(parts))


def path(shape: shapely.Geometry) -> str:
    polygons = shape.geoms if isinstance(shape, shapely.MultiPolygon) else [shape]
    rings = [
        r for p in polygons if isinstance(p, shapely.Polygon) for r in (p.exterior, *p.interiors)
    ]
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings
    )


def _by_period(opened: House, dataset: Dataset, language: str) -> Picture | None:
    """How many rows each period has."""
    column = dataset.columns.get("period")
    if column is None or column.type != "VARCHAR":
        return None
    found = opened.reader.rows(
        f"SELECT period, count(*) FROM {quoted(dataset.key)} GROUP BY 1 ORDER BY 1"  # noqa: S608
    )
    if not 2 < len(found) <= MOST_PERIODS:
        return None
    counts = [(in_words(str(when), language), count) for when, count in found]
    most = max(count for _when, count in counts)
    told = _("{count} periods, from {first} to {last}.").format(
        count=len(counts), first=counts[0][0], last=counts[-1][0]
    )
    listed = tuple(_bar(when, count, most, language) for when, count in counts)
    columns = (Column(_("Period")), Column(_("Rows"), number=True))
    return Picture(told, drawn=_bars(counts, most, told), columns=columns, rows=listed)


def _bars(counts: list[tuple[str, int]], most: int, told: str) -> str:
    step, height = WIDTH / len(counts), 120.0
    parts = [f'<rect x="0" y="{height:.0f}" width="{WIDTH:.0f}" height="1" fill="{INK}"/>']
    for at, (when, count) in enumerate(counts):
        tall = height * count / most
        parts.append(
            f'<rect x="{at * step + 1:.1f}" y="{height - tall:.1f}" width="{step - 2:.1f}" '
            f'height="{tall:.1f}" fill="{CLASSES[2]}"><title>{escape(when)}: {count}</title></rect>'
        )
    first, last = escape(counts[0][0]), escape(counts[-1][0])
    parts.append(
        f'<text x="0" y="{height + 18:.0f}">{first}</text>'
        f'<text x="{WIDTH:.0f}" y="{height + 18:.0f}" text-anchor="end">{last}</text>'
    )
    return svg("rows", (WIDTH, height + 24), _("Rows by period"), told, "".join(parts))


def embed(opened: House, dataset: Dataset, language: str) -> embedding.Shown:
    """How it is shown on another site."""
    picture = chart(opened, dataset, "embed_picture")
    return embedding.Shown(
        ref="dataset",
        title=dataset.title.say(language),
        frame=reverse(f"opendata:{dataset.kind}_embed", kwargs={"key": dataset.key}),
        page=files.page(dataset),
        picture=picture,
        height=850 if picture else 600,
    )
