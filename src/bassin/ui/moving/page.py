"""The map of one page: its circles, its moves and its table, for what an address asks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from bassin.indicators.house import House
from bassin.ui.charts import theme
from bassin.ui.moving.clusters import Circle, Spot, gathered
from bassin.ui.moving.ground import MARGIN, Reached
from bassin.ui.moving.view import SIZE, ZOOM, View
from bassin.ui.shared import reach

HERE, VIEW = "ici", "vue"
"""Parameters of the address: one commune chosen, the part of the plane in view."""

_AGAIN = (HERE, VIEW, "page")
_NAMED = 14
_NAMED_KM = 16.0
_MOVES = (
    ("west", (-1, 0)), ("north", (0, 1)), ("south", (0, -1)), ("east", (1, 0)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What a page calls what it shows, and where the map leads.

    Args:
        counted: a number of things in words, « 12 emplois ».
        ground: the address of the file that lies under the circles.
        results: the part of the page to go to when a circle is chosen.
        lead: the address of one place, where it is not the same question with `ici`.
        page: the page of the map, where it is drawn on another one.
    """

    title: str
    counted: Callable[[int], str]
    ground: str
    results: str = "#results"
    lead: Callable[[Spot], str] | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody narrowed the list to on the map: a commune, or what is in view."""

    here: str = ""
    view: View | None = None

    @classmethod
    def of(cls, query: QueryDict, opened: House) -> "Chosen":
        """What an address says; a commune that nobody knows is left out."""
        here = query.get(HERE, "")
        return cls(here if here in opened.travel.rows else "", View.of(query.get(VIEW, "")))

    @property
    def anything(self) -> bool:
        """Whether the list is narrowed."""
        return bool(self.here or self.view)

    def only(self, opened: House) -> frozenset[str] | None:
        """The communes to list; None when nothing was chosen."""
        if self.here:
            return frozenset([self.here])
        if self.view is None:
            return None
        ground = opened.travel.ground
        return frozenset(
            code
            for code, x, y in zip(ground.codes, ground.x, ground.y, strict=True)
            if self.view.holds(x, y)
        )


@dataclass(frozen=True, slots=True)
class Move:
    """A link that moves the map: what it does in words, its pictogram, where it leads."""

    code: str
    words: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class MovingMap:
    """All that the template shows. `unplaced` counts what has no place on the plane."""

    title: str
    said: str
    view: View
    drawn: str
    moves: Sequence[Move]
    legend: Mapping[str, str]
    spots: Sequence[Spot]
    here: str
    whole: str
    unplaced: int


def moving(
    opened: House, query: QueryDict, numbers: Mapping[str | None, int], reached: Reached,
    names: Mapping[str, str], words: Words, nearer: Sequence[Spot] = (),
) -> MovingMap | None:  # fmt: skip
    """The map of what is counted by commune; None when no commune of it has a place.

    Args:
        numbers: how many things are in each commune; None is where no commune is said.
        nearer: places to draw instead of communes, from near.
    """
    spots = list(nearer) or _spots(opened, numbers, names)
    chosen = Chosen.of(query, opened)
    whole = View.around([*_points(opened, [reached.start]), *((s.x, s.y) for s in spots)])
    if whole is None or not spots:
        return None
    view = chosen.view or whole
    circles = gathered(spots, view)
    links = _Links(query, words, names, chosen)
    return MovingMap(
        words.title, _said(circles, words), view,
        _drawn(circles, _others(opened, spots, view, names), view, reached, links),
        links.moves(view), _legend(reached), spots, chosen.here,
        links.to() if chosen.anything else "",
        sum(numbers.values()) - sum(spot.number for spot in spots),
    )  # fmt: skip


def _points(opened: House, codes: Collection[str]) -> list[tuple[float, float]]:
    ground, rows = opened.travel.ground, opened.travel.rows
    known = [rows[code] for code in codes if code in rows]
    return [(float(ground.x[row]), float(ground.y[row])) for row in known]


def _spots(
    opened: House, numbers: Mapping[str | None, int], names: Mapping[str, str]
) -> list[Spot]:
    """The places that are known, the fullest first."""
    found = []
    for code, number in numbers.items():
        at = _points(opened, [code]) if code else []
        if at and at[0][0] == at[0][0] and number:  # a place that is not known is NaN
            found.append(Spot(str(code), names.get(str(code), str(code)), *at[0], number))
    return sorted(found, key=lambda spot: (-spot.number, spot.name))


def _others(
    opened: House, spots: Sequence[Spot], view: View, names: Mapping[str, str]
) -> list[Spot]:
    """The other communes in view, to be named where there is room; none from far away."""
    if view.across > _NAMED_KM:
        return []
    ground, told = opened.travel.ground, {spot.code for spot in spots}
    return [
        Spot(code, names[code], float(x), float(y), 0)
        for code, x, y in zip(ground.codes, ground.x, ground.y, strict=True)
        if code in names and code not in told and view.holds(x, y)
    ]


def _said(circles: Sequence[Circle], words: Words) -> str:
    number = sum(circle.number for circle in circles)
    if not number:
        return _("Nothing in this part of the map.")
    best = max((spot for circle in circles for spot in circle.spots), key=lambda s: s.number)
    return _("{counted} in this part of the map, most of all in {place} ({number}).").format(
        counted=words.counted(number), place=best.name, number=best.number
    )


def _legend(reached: Reached) -> dict[str, str]:
    return reach.legend(reached.most) if reached.start else {}


@dataclass(frozen=True, slots=True)
class _Links:
    """The addresses of one map: the same question, seen from elsewhere."""

    query: QueryDict
    words: Words
    names: Mapping[str, str]
    chosen: Chosen

    def to(self, **more: str) -> str:
        """The same question with another part of the map, from its first page."""
        kept = self.query.copy()
        for name in _AGAIN:
            kept.pop(name, None)
        said = "&".join(each for each in (kept.urlencode(), urlencode(more, safe=",")) if each)
        return f"{self.words.page}?{said}"

    def moves(self, view: View) -> list[Move]:
        """Nearer, farther, and a step to each side."""
        found = [
            Move("in", _("Nearer"), "plus", self.to(vue=str(view.zoomed(ZOOM)))),
            Move("out", _("Farther"), "minus", self.to(vue=str(view.zoomed(1 / ZOOM)))),
        ]
        said = {
            "west": (_("To the west"), "arrow-left"), "north": (_("To the north"), "arrow-up"),
            "south": (_("To the south"), "arrow-down"), "east": (_("To the east"), "arrow-right"),
        }  # fmt: skip
        for code, (right, up) in _MOVES:
            label, icon = said[code]
            found.append(Move(code, label, icon, self.to(vue=str(view.moved(right, up)))))
        return found

    def circle(self, circle: Circle) -> tuple[str, str, bool]:
        """Where a circle leads, what it says, whether it is the one chosen."""
        first, many = circle.spots[0], len(circle.spots) - 1
        counted = self.words.counted(circle.number)
        if many and (within := circle.within()):
            said = _("{counted} in {place} and {many} more places: see them apart").format(
                counted=counted, place=first.name, many=many
            )
            return self.to(vue=str(within)) + "#carte", said, False
        said = _("{counted} in {place}: see these").format(counted=counted, place=first.name)
        if self.words.lead is not None:
            return self.words.lead(first), said, False
        more = {VIEW: str(self.chosen.view)} if self.chosen.view else {}
        url = self.to(**more, ici=first.code) + self.words.results
        return url, said, first.code == self.chosen.here


def _drawn(
    circles: Sequence[Circle], others: Sequence[Spot], view: View, reached: Reached, links: _Links
) -> str:
    side, edge = SIZE * MARGIN, SIZE * (MARGIN - 1) / 2
    asked: dict[str, str | int] = {"vue": str(view)}
    if reached.start:
        asked |= {"de": reached.start, "moyen": reached.mode, "minutes": reached.most}
    ground = escape(f"{links.words.ground}?{urlencode(asked, safe=',')}")
    marks = [
        f'<image href="{ground}" x="{-edge:g}" y="{-edge:g}" width="{side:g}" height="{side:g}" '
        'aria-hidden="true"/>'
    ]
    marks += [_circle(circle, *links.circle(circle)) for circle in circles]
    marks += _names(circles, others, view)
    return (
        f'<svg class="moving__map" viewBox="0 0 {SIZE:g} {SIZE:g}" role="group" '
        f'aria-label="{escape(links.words.title)}" xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )


def _circle(circle: Circle, url: str, said: str, chosen: bool) -> str:
    x, y = circle.at
    fill, ink = (theme.INK, "#fff") if not chosen else ("#fff", theme.INK)
    return (
        f'<a href="{escape(url)}" aria-label="{escape(said)}"'
        f"{' aria-current=' + chr(34) + 'true' + chr(34) if chosen else ''}>"
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{circle.radius:.1f}" fill="{fill}" '
        f'stroke="{ink}" stroke-width="{3 if chosen else 1.5}"/>'
        f'<text x="{x:.0f}" y="{y + 5:.0f}" fill="{ink}">{circle.number}</text></a>'
    )


def _names(circles: Sequence[Circle], others: Sequence[Spot], view: View) -> list[str]:
    """The names of the fullest places, then of the others, where nothing is written yet."""
    wanted = [
        (circle.spots[0].name, circle.at[0], circle.at[1] + circle.radius + 14, "moving__name")
        for circle in circles
    ]
    wanted += [(spot.name, *view.place(spot.x, spot.y), "moving__other") for spot in others]
    taken = [_square(circle) for circle in circles]
    marks: list[str] = []
    named: set[str] = set()
    for name, x, low, kind in wanted:
        half = 3.4 * len(name)
        box = (x - half, low - 12, x + half, low + 3)
        inside = box[0] > 0 and box[1] > 0 and box[2] < SIZE and box[3] < SIZE
        free = inside and name not in named and not any(_meet(box, other) for other in taken)
        if len(marks) < _NAMED and free:
            taken.append(box)
            named.add(name)
            marks.append(f'<text class="{kind}" x="{x:.0f}" y="{low:.0f}" '
                         f'aria-hidden="true">{escape(name)}</text>')  # fmt: skip
    return marks


_Box = tuple[float, float, float, float]


def _square(circle: Circle) -> _Box:
    (x, y), r = circle.at, circle.radius
    return x - r, y - r, x + r, y + r


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
