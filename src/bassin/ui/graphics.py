"""Small graphics for a cell or a sentence, as inline SVG strings: no Django, no JavaScript.

Every function returns a whole `<svg role="img">` whose title and description are the sentence
that the graphic shows. Colours are presentation attributes, so that a strict content policy, a
PDF and a printer draw the same thing. Ours is in ink with its name; the others are grey.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from html import escape
from math import cos, hypot, radians
from statistics import median

INK = "#1B1F23"
GREY = "#A9AEB3"
PALE = "#ECE9E1"
FILL = "#CFDCE3"

Ring = Sequence[tuple[float, float]]

# Mean width of a letter of the house's family, half of it in bold, as a part of its size.
_LETTER = 0.5


@dataclass(frozen=True, slots=True)
class Spot:
    """One place on a strip: its value in the indicator's unit, its name, whether it is ours."""

    name: str
    value: float
    shown: str
    ours: bool = False


def svg(kind: str, size: tuple[float, float], title: str, said: str, inner: str) -> str:
    """Wrap drawn marks as an image with a title and a description.

    Raises:
        ValueError: the title or the description is empty; a graphic always says what it shows.
    """
    if not title.strip() or not said.strip():
        raise ValueError(f"The graphic “{kind}” needs a title and a sentence that says it.")
    width, height = size
    key = blake2s(f"{kind}{title}{said}{inner}".encode(), digest_size=4).hexdigest()
    return (
        f'<svg class="g g-{kind}" viewBox="0 0 {_n(width)} {_n(height)}" role="img" '
        f'aria-labelledby="t{key} d{key}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(said)}</desc>'
        f"{inner}</svg>"
    )


def strip(spots: Iterable[Spot], *, title: str, said: str, median_word: str) -> str:
    """Places on one line from the lowest to the highest value; a tick marks the median.

    Ours stands above the line with its name; the ends of the line are written below it.

    Raises:
        ValueError: fewer than two places, which make no line.
    """
    placed = sorted(spots, key=lambda spot: spot.value)
    if len(placed) < 2:
        raise ValueError("A strip needs at least two places.")
    low, high = placed[0].value, placed[-1].value
    left, right, axis = 12.0, 508.0, 40.0

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / ((high - low) or 1)

    middle = x(median(spot.value for spot in placed))
    marks = [
        f'<path d="M{left} {axis}H{right}" stroke="{GREY}"/>',
        f'<path d="M{_n(middle)} {axis - 9}v18" stroke="{INK}" stroke-width="1.5"/>',
    ]
    marks += [_spot(spot, x(spot.value), axis) for spot in sorted(placed, key=lambda s: s.ours)]
    marks += [_name(spot, x(spot.value)) for spot in placed if spot.ours]
    height, ends = _ends(placed[0], placed[-1], middle, median_word)
    return svg("strip", (520, height), title, said, "".join(marks) + ends)


def _ends(first: Spot, last: Spot, middle: float, median_word: str) -> tuple[float, str]:
    """The names under a strip, none over another, and the height they ask for.

    Ours already stands above the line. On a telephone the letters grow by half: two long names
    take a line each, and the word of the median is left out by the style.
    """
    one_line = _wide(first, 19) + _wide(last, 19) < 500
    below = 72 if one_line else 94
    marks = []
    if not first.ours:
        marks.append(f'<text x="6" y="72">{escape(first.name)} {_b(first)}</text>')
    if not last.ours:
        marks.append(f'<text x="514" y="{below}" text-anchor="end">{escape(last.name)} '
                     f"{_b(last)}</text>")  # fmt: skip
    half = len(median_word) * 13 * _LETTER / 2
    free = 500 - _wide(last, 13) if one_line else 510
    if _wide(first, 13) + 20 + half < middle < free - half:
        marks.append(f'<text class="g-median" x="{_n(middle)}" y="72" text-anchor="middle">'
                     f"{escape(median_word)}</text>")  # fmt: skip
    return below + 8, "".join(marks)


def _wide(spot: Spot, size: int) -> float:
    """About how wide a name and its value are below the line, in units of the drawing."""
    return 0 if spot.ours else len(f"{spot.name} {spot.shown}") * size * _LETTER


def _spot(spot: Spot, x: float, y: float) -> str:
    radius, fill = (8, INK) if spot.ours else (5.5, GREY)
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{radius}" fill="{fill}" stroke="#fff">'
        f"<title>{escape(spot.name)}: {escape(spot.shown)}</title></circle>"
    )


def _name(spot: Spot, x: float) -> str:
    anchor = "start" if x < 170 else "end" if x > 350 else "middle"
    shift = {"start": -8, "end": 8, "middle": 0}[anchor]
    return (
        f'<text class="g-name" x="{_n(x + shift)}" y="22" text-anchor="{anchor}">'
        f"{escape(spot.name)} {_b(spot)}</text>"
    )


def _b(spot: Spot) -> str:
    return f'<tspan font-weight="700">{escape(spot.shown)}</tspan>'


def sparkline(
    values: Sequence[float | None],
    *,
    title: str,
    said: str,
    breaks: Iterable[int] = (),
    bounds: tuple[float, float] | None = None,
) -> str:
    """A word-sized line of a series; an absent value is a gap and the last value a point.

    `bounds` are the lowest and highest value of the scale, for lines that share one.

    `breaks` are the positions before which the definition changed: the line stops there and a
    dotted tick says so.
    """
    step = 114 / max(len(values) - 1, 1)
    cut = set(breaks)
    points = _spark_points(values, bounds, step)
    path, pen = [], False
    for index, point in enumerate(points):
        if point is None:
            pen = False
            continue
        pen = pen and index not in cut
        # Whole units: a table holds dozens of these, each smaller than a word.
        path.append(f"{'L' if pen else 'M'}{point[0]:.0f} {point[1]:.0f}")
        pen = True
    marks = [
        f'<path d="M{_n(3 + (index - 0.5) * step)} 2v24" stroke="{INK}" '
        'stroke-dasharray="1.5 2.5"/>'
        for index in sorted(cut)
    ]
    marks.append(
        f'<path d="{"".join(path)}" fill="none" stroke="{INK}" stroke-width="1.75" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
    )
    last = next((point for point in reversed(points) if point), None)
    if last:
        marks.append(f'<circle cx="{_n(last[0])}" cy="{_n(last[1])}" r="2.75" fill="{INK}"/>')
    return svg("spark", (120, 28), title, said, "".join(marks))


def _spark_points(
    values: Sequence[float | None], bounds: tuple[float, float] | None, step: float
) -> list[tuple[float, float] | None]:
    known = [value for value in values if value is not None]
    low, high = bounds or ((min(known), max(known)) if known else (0.0, 0.0))
    tall = high - low
    return [
        None
        if value is None
        else (3 + index * step, 25 - 22 * ((value - low) / tall if tall > 0 else 0.5))
        for index, value in enumerate(values)
    ]


def bar(value: float, largest: float, *, title: str, said: str, ours: bool = False) -> str:
    """A bar inside a cell, on a scale from zero to the column's largest value.

    Raises:
        ValueError: a negative value, which a bar from zero would show wrongly.
    """
    if value < 0:
        raise ValueError(f"A bar starts at zero and cannot show {value}.")
    width = 96 * min(value / largest, 1) if largest else 0
    fill = INK if ours else "#7F95A1"
    inner = (
        f'<path d="M0 13.5H96" stroke="{GREY}" stroke-width=".75"/>'
        f'<rect y="2" width="{_n(width)}" height="11" fill="{fill}"/>'
    )
    return svg("bar", (96, 14), title, said, inner)


def quiet_bar(value: float, largest: float) -> str:
    """A bar beside its own number, which says it all: hidden from screen readers."""
    width = 96 * min(max(value, 0.0) / largest, 1) if largest else 0
    return (
        '<svg class="g g-bar" viewBox="0 0 96 14" aria-hidden="true" focusable="false">'
        f'<rect y="2" width="{width:.0f}" height="10" fill="#7F95A1"/></svg>'
    )


def outline(
    rings: Sequence[Ring],
    *,
    title: str,
    said: str,
    around: Sequence[Ring] = (),
    water: Sequence[Ring] = (),
    height: float = 320.0,
) -> str:
    """The outline of a place, from closed rings in metres (Lambert-93) or degrees.

    `around` are neighbours, drawn pale; `water` are open lines of rivers. Degrees are
    recognised by their size and narrowed by the cosine of the latitude; rings are simplified to
    half a unit of the drawing, which suits a thumbnail and nothing more.

    Raises:
        ValueError: no ring to draw.
    """
    if not rings:
        raise ValueError("An outline needs at least one ring; say in words that there is none.")
    box = Frame.around([*rings], height)
    marks = [
        f'<path d="{box.path(around)}" fill="{PALE}" stroke="{GREY}" stroke-width=".75"/>'
        if around
        else "",
        f'<path d="{box.path(rings)}" fill="{FILL}" fill-rule="evenodd" stroke="{INK}" '
        'stroke-width="1" stroke-linejoin="round"/>',
        f'<path class="g-sea" d="{box.path(water, close=False)}" fill="none" stroke="#9CC3D5" '
        'stroke-width="3" stroke-linejoin="round"/>'
        if water
        else "",
    ]
    return svg("outline", (box.width, height), title, said, "".join(marks))


def locator(container: Sequence[Ring], point: tuple[float, float], *, title: str, said: str) -> str:
    """Where a place is inside a larger one: the larger outline, and one point."""
    if not container:
        raise ValueError("A locator needs the outline of the larger place.")
    box = Frame.around([*container], 160.0)
    x, y = box.place(point)
    inner = (
        f'<path d="{box.path(container)}" fill="{PALE}" fill-rule="evenodd" stroke="{GREY}"/>'
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="6" fill="{INK}" stroke="#fff" stroke-width="2"/>'
    )
    return svg("locator", (box.width, 160), title, said, inner)


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns coordinates into units of a drawing, north up."""

    left: float
    top: float
    across: float
    scale: float
    width: float

    @classmethod
    def around(cls, rings: Sequence[Ring], height: float) -> "Frame":
        xs = [x for ring in rings for x, _y in ring]
        ys = [y for ring in rings for _x, y in ring]
        degrees = max(map(abs, xs)) <= 180 and max(map(abs, ys)) <= 90
        across = cos(radians((min(ys) + max(ys)) / 2)) if degrees else 1.0
        margin = 3.0
        scale = (height - 2 * margin) / ((max(ys) - min(ys)) or 1)
        width = (max(xs) - min(xs)) * across * scale + 2 * margin
        return cls(
            min(xs) - margin / scale / across, max(ys) + margin / scale, across, scale, width
        )

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return (x - self.left) * self.across * self.scale, (self.top - y) * self.scale

    def path(self, rings: Sequence[Ring], *, close: bool = True) -> str:
        lines = (_simplified([self.place(point) for point in ring], 0.5) for ring in rings)
        return "".join(
            "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in line) + ("Z" if close else "")
            for line in lines
            if len(line) > 2
        )


def _simplified(line: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Keep the points that stray from the chord by more than the tolerance (Douglas-Peucker)."""
    keep = {0, len(line) - 1}
    # A closed ring has no chord: it is cut at its point farthest from the start.
    far = max(
        range(len(line)), key=lambda i: hypot(line[i][0] - line[0][0], line[i][1] - line[0][1])
    )
    spans = [(0, far), (far, len(line) - 1)]
    keep.add(far)
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        gaps = [(_gap(line[i], line[first], line[last]), i) for i in range(first + 1, last)]
        gap, index = max(gaps)
        if gap > tolerance:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [line[index] for index in sorted(keep)]


def _gap(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dy * (point[0] - start[0]) - dx * (point[1] - start[1])) / length


def _n(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
