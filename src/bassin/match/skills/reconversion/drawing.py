"""Exposed trades on the left, promising ones on the right: one line for each proposal."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bassin.match.skills.reconversion.plan import Line
from bassin.ui.graphics import GREY, INK, svg

_LETTER = 7.0  # mean width of a letter of 13 units
_ROW = 17.0
_FILL = "#7F95A1"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: a drawing for a page, or for a telephone."""

    width: float
    left: float  # right end of the names on the left
    right: float  # left end of the names on the right

    def wrapped(self, text: str, room: float, most: int = 4) -> list[str]:
        """A name cut into lines that fit."""
        size = max(8, int(room / _LETTER))
        lines = [""]
        for word in text.split():
            joined = f"{lines[-1]} {word}".strip()
            if len(joined) <= size:
                lines[-1] = joined
            else:
                lines = [each for each in (*lines, word) if each]
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][: size - 1]}…"]
        return lines


WIDE = Layout(720, 258, 462)
NARROW = Layout(360, 140, 214)


def slopes(lines: Sequence[Line], layout: Layout, *, title: str, said: str, jobs: str) -> str:
    """The drawing; "" when no trade leads anywhere. The best proposal of each is in ink.

    A bar is as tall as its trade has jobs; a line is as thick as skills are shared.

    Args:
        jobs: how a number of jobs is said, with its place: "{count} jobs".
    """
    if not any(line.leads for line in lines):
        return ""
    sources, bottom = _sources(lines, layout)
    targets, low = _targets(lines, sources, layout)
    marks = [_links(line, sources, targets, layout) for line in lines]
    marks += [_source(line, *sources[line.rome_code], layout, jobs) for line in lines]
    names = {lead.rome_code: lead.label for line in lines for lead in line.leads}
    marks += [_target(names[code], y, layout) for code, y in targets.items()]
    height = max(bottom, low)
    return svg("slopes", (layout.width, height), title, said, "".join(marks))


def _sources(lines: Sequence[Line], layout: Layout) -> tuple[dict[str, tuple[float, float]], float]:
    """The top and the height of each exposed trade, and the height of them all."""
    most = max(float(line.part.central) for line in lines) or 1.0
    found, y = {}, 4.0
    for line in lines:
        names = len(layout.wrapped(line.label, layout.left - 14)) + 1
        tall = max(6.0, 120 * float(line.part.central) / most)
        found[line.rome_code] = (y, tall)
        y += max(tall, names * _ROW) + 16
    return found, y


def _targets(
    lines: Sequence[Line], sources: dict[str, tuple[float, float]], layout: Layout
) -> tuple[dict[str, float], float]:
    """Where each promising trade stands: as near as can be to the trades that lead to it."""
    drawn: dict[str, list[float]] = {}
    labels = {}
    for line in lines:
        top, tall = sources[line.rome_code]
        for lead in line.leads:
            drawn.setdefault(lead.rome_code, []).append(top + tall / 2)
            labels[lead.rome_code] = lead.label
    order = sorted(drawn, key=lambda code: (sum(drawn[code]) / len(drawn[code]), code))
    found, y = {}, 4.0
    for code in order:
        found[code] = y + 10
        room = layout.width - layout.right - 14
        y += len(layout.wrapped(labels[code], room)) * _ROW + 12
    return found, y


def _links(
    line: Line, sources: dict[str, tuple[float, float]], targets: dict[str, float], layout: Layout
) -> str:
    top, tall = sources[line.rome_code]
    start, end = layout.left + 12, layout.right
    middle = (start + end) / 2
    drawn = []
    for rank, lead in reversed(list(enumerate(line.leads))):
        y, other = top + tall / 2, targets[lead.rome_code]
        thick = 1.25 + 5 * (lead.cover or 0) / 100
        drawn.append(
            f'<path d="M{start} {y:.1f}C{middle} {y:.1f} {middle} {other:.1f} {end} {other:.1f}" '
            f'fill="none" stroke="{INK if rank == 0 else GREY}" stroke-width="{thick:.1f}"/>'
        )
    return "".join(drawn)


def _source(line: Line, top: float, tall: float, layout: Layout, jobs: str) -> str:
    x = layout.left
    names = layout.wrapped(line.label, x - 14)
    count = f"{float(line.part.central):g}"
    texts = [
        f'<text x="{x - 8}" y="{top + 12 + n * _ROW:.1f}" text-anchor="end">{escape(name)}</text>'
        for n, name in enumerate(names)
    ]
    texts.append(
        f'<text font-weight="700" x="{x - 8}" y="{top + 12 + len(names) * _ROW:.1f}" '
        f'text-anchor="end">{escape(jobs.format(count=count))}</text>'
    )
    bar = f'<rect x="{x}" y="{top:.1f}" width="12" height="{tall:.1f}" fill="{_FILL}"/>'
    return bar + "".join(texts)


def _target(label: str, y: float, layout: Layout) -> str:
    names = layout.wrapped(label, layout.width - layout.right - 14)
    texts = [
        f'<text x="{layout.right + 12}" y="{y + 4 + n * _ROW:.1f}">{escape(name)}</text>'
        for n, name in enumerate(names)
    ]
    return f'<circle cx="{layout.right}" cy="{y:.1f}" r="5" fill="{INK}"/>' + "".join(texts)
