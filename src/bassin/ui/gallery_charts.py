"""Charts of the gallery: one of each kind, on invented values, in the words of a language."""

from math import cos, pi, sin

from bassin.types import Origin
from bassin.ui.charts.client import ask_all
from bassin.ui.charts.model import Break, ChartInput, Format, Kind, Point, Shape

HEXAGONS = {"A": (0, 0), "B": (1, 0), "C": (2, 0), "D": (0.5, 1), "E": (1.5, 1), "F": (1, 2)}
VALUES = {"A": 17.9, "B": 12.6, "C": 9.1, "D": 14.3, "E": None, "F": 11.2}
SERIES = {"A": (11.2, 11.9, 12.1, 12.9, 13.4, 13.9), "D": (12.0, 12.4, 12.9, 13.1, 13.8, 14.3)}


def _points(words: dict[str, str]) -> dict[Kind, tuple[Point, ...]]:
    names = {key: key for key in VALUES} | {"D": words["place"]}
    places = tuple(
        Point(
            names[key],
            value,
            key=key,
            ours=key == "D",
            state="secret" if value is None else "fragile" if key == "B" else "",
        )
        for key, value in VALUES.items()
    )
    moments = tuple(
        Point(names[key], value, period=str(2013 + index), series=names[key], ours=key == "D")
        for key, values in SERIES.items()
        for index, value in enumerate(values)
    )
    pairs = tuple(
        Point(point.name, point.value - gap, series=year)
        for point in places
        if point.value is not None
        for year, gap in (("2012", 1.4), ("2018", 0.0))
    )
    return {
        "bars": places,
        "line": moments,
        "dumbbell": pairs,
        "strip": places,
        "choropleth": places,
    }


def samples(words: dict[str, str], language: str) -> dict[str, ChartInput]:
    """One chart of each kind; the place D is ours, E is secret, B is fragile."""
    return {
        kind: ChartInput(
            kind=kind,
            title=words["unemployment"],
            said=words["gap"],
            points=points,
            unit="%",
            decimals=1,
            source=words["source"],
            origin=Origin.INVENTED,
            language=language,
            breaks=(Break("2016", words["asof"]),) if kind == "line" else (),
            shapes=tuple(_hexagon(key) for key in VALUES) if kind == "choropleth" else (),
        )
        for kind, points in _points(words).items()
    }


def drawn(words: dict[str, str], language: str) -> dict[str, dict[str, str]]:
    """Each sample chart drawn twice, to put in the page: `wide`, and `narrow` for telephones."""
    charts = samples(words, language)
    jobs: list[tuple[ChartInput, Format]] = []
    for chart in charts.values():
        jobs += [(chart, "inline"), (chart.narrow(), "inline")]
    pictures = [picture.decode() for picture in ask_all(jobs)]
    return {
        kind: {"wide": pictures[2 * index], "narrow": pictures[2 * index + 1]}
        for index, kind in enumerate(charts)
    }


def _hexagon(key: str) -> Shape:
    column, row = HEXAGONS[key]
    x, y = 1732 * column, 1500 * row
    ring = tuple(
        (
            round(x + 1000 * cos(pi / 6 + side * pi / 3)),
            round(y + 1000 * sin(pi / 6 + side * pi / 3)),
        )
        for side in range(7)
    )
    return Shape(key, ((ring,),))
