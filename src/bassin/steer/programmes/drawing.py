"""Drawings of Piloter as inline SVG: actions on a line of time, a figure's course, communes.

Each says in a sentence what it shows; a table or a list beside it says the same in full.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bassin.indicators.house import House
from bassin.ui.graphics import FILL, GREY, INK, PALE, svg
from bassin.ui.outlines import map_shapes

LATE = "#8A5A00"
WIDE, ROW, TOP, LEFT = 960.0, 34.0, 34.0, 300.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One action on the line of time; a date that nobody gave is None."""

    title: str
    starts_on: date | None
    ends_on: date | None
    late: bool
    done: bool
    steps: tuple[tuple[date, bool], ...] = ()  # (day, done)


def gantt(bars: Sequence[Bar], *, today: date, title: str, said: str, now: str) -> str:
    """Actions on one line of time each, their steps as diamonds, today as a vertical line."""
    days = [
        d for bar in bars for d in (bar.starts_on, bar.ends_on, *(s[0] for s in bar.steps)) if d
    ]
    if not days:
        return ""
    first = date(min(*days, today).year, 1, 1)
    last = date(max(*days, today).year, 12, 31)
    whole = (last - first).days

    def x(day: date) -> float:
        return LEFT + (WIDE - LEFT - 12) * (day - first).days / whole

    tall = TOP + ROW * len(bars) + 12
    step = max(1, round((last.year - first.year + 1) / 10))
    marks = [
        f'<path d="M{x(date(year, 1, 1)):.1f} {TOP - 8}V{tall:.0f}" stroke="{PALE}"/>'
        f'<text x="{x(date(year, 1, 1)) + 4:.1f}" y="20" fill="#4A5157">{year}</text>'
        for year in range(first.year, last.year + 1, step)
    ]
    for index, bar in enumerate(bars):
        marks.append(_bar(bar, TOP + ROW * index, x, first, last))
    marks.append(
        f'<path d="M{x(today):.1f} {TOP - 8}V{tall:.0f}" stroke="{INK}" stroke-dasharray="4 3"/>'
        f'<text x="{min(x(today), WIDE - 70):.1f}" y="{tall:.0f}" font-weight="700">'
        f"{escape(now)}</text>"
    )
    return svg("gantt", (WIDE, tall + 8), title, said, "".join(marks))


def _bar(bar: Bar, top: float, x: Callable[[date], float], first: date, last: date) -> str:
    name = bar.title if len(bar.title) < 50 else f"{bar.title[:48]}…"
    parts = [f'<text x="0" y="{top + 20:.0f}">{escape(name)}</text>']
    if bar.starts_on or bar.ends_on:
        left, right = x(bar.starts_on or first), x(bar.ends_on or last)
        fill = "#C9CED2" if bar.done else FILL
        edge = LATE if bar.late else INK
        dash = "" if bar.starts_on and bar.ends_on else ' stroke-dasharray="5 4"'
        parts.append(
            f'<rect x="{left:.1f}" y="{top + 9:.0f}" width="{max(right - left, 3):.1f}" '
            f'height="16" rx="2" fill="{fill}" stroke="{edge}"{dash}/>'
        )
        if bar.late:
            parts.append(f'<path d="M{right + 4:.1f} {top + 9:.0f}l6 14h-12z" fill="{LATE}"/>')
    for day, done in bar.steps:
        at = x(day)
        parts.append(
            f'<path d="M{at:.1f} {top + 10:.0f}l7 7-7 7-7-7z" fill="{INK if done else "#fff"}" '
            f'stroke="{INK}"/>'
        )
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Course:
    """What was observed by year, where it started, where it should go."""

    observed: tuple[tuple[float, float], ...]  # (year, value)
    baseline: tuple[float, float] | None
    targets: tuple[tuple[float, float], ...]


def course(drawn: Course, *, title: str, said: str, shown: Mapping[float, str]) -> str:
    """A line of what was observed, a ring where it started, diamonds where it should go."""
    points = [*drawn.observed, *drawn.targets, *([drawn.baseline] if drawn.baseline else [])]
    if len(points) < 2:
        return ""
    years, values = [p[0] for p in points], [p[1] for p in points]
    left, right, low, high = min(years), max(years), min(values), max(values)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (
            40 + 420 * (point[0] - left) / ((right - left) or 1),
            128 - 92 * (point[1] - low) / ((high - low) or 1),
        )

    marks = [f'<path d="M30 150H480" stroke="{GREY}"/>']
    line = [at(p) for p in drawn.observed]
    if len(line) > 1:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
        marks.append(f'<path d="M{path}" fill="none" stroke="{INK}" stroke-width="2.5"/>')
    marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{INK}"/>' for x, y in line]
    if drawn.baseline:
        x, y = at(drawn.baseline)
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="none" stroke="{INK}"/>')
    for x, y in (at(p) for p in drawn.targets):
        marks.append(
            f'<path d="M{x:.1f} {y - 8:.1f}l8 8-8 8-8-8z" fill="#fff" stroke="{INK}" '
            'stroke-width="1.5"/>'
        )
    ends = {point: words for point in points if (words := shown.get(point[1]))}
    for point, words in ends.items():
        x, y = at(point)
        anchor = "end" if x > 380 else "start" if x < 100 else "middle"
        marks.append(f'<text x="{x:.1f}" y="{y - 14:.1f}" text-anchor="{anchor}" '
                     f'font-weight="700">{escape(words)}</text>')  # fmt: skip
    marks.append(f'<text x="40" y="170">{left:.0f}</text>'
                 f'<text x="460" y="170" text-anchor="end">{right:.0f}</text>')  # fmt: skip
    return svg("course", (500, 180), title, said, "".join(marks))


_PATHS: dict[tuple[tuple[str, str], str], tuple[float, dict[str, str]]] = {}


def _paths(house: House) -> tuple[float, dict[str, str]]:
    """The outline of each commune of the territory as SVG paths, and how wide they all are."""
    key = (house.reader.key, house.home.key)
    if key not in _PATHS:
        shapes = map_shapes(house, house.territory.communes(house.home))
        points = [p for s in shapes for polygon in s.polygons for p in polygon[0]]
        if not points:
            return 0.0, {}
        left, high = min(p[0] for p in points), max(p[1] for p in points)
        wide, tall = max(p[0] for p in points) - left, high - min(p[1] for p in points)
        scale = 320 / (tall or 1)
        drawn = {}
        for shape in shapes:
            rings = [polygon[0] for polygon in shape.polygons]
            drawn[shape.key.partition(":")[2]] = "".join(
                "M"
                + "L".join(f"{(x - left) * scale:.1f} {(high - y) * scale:.1f}" for x, y in ring)
                + "Z"
                for ring in rings
            )
        _PATHS.clear()
        _PATHS[key] = (wide * scale, drawn)
    return _PATHS[key]


def communes(house: House, fills: Mapping[str, str], *, title: str, said: str) -> str:
    """The communes of the territory, some of them filled; nothing when no outline is known."""
    wide, paths = _paths(house)
    if not paths:
        return ""
    marks = "".join(
        f'<path d="{path}" fill="{fills.get(code, PALE)}" stroke="#4A5157" stroke-width=".8"/>'
        for code, path in paths.items()
    )
    return svg("communes", (wide, 320), title, said, marks)
