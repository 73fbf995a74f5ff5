"""What a chart shows, as data: read by web workers, carried to the renderer as JSON."""

import json
from dataclasses import asdict, dataclass, replace
from hashlib import blake2s
from typing import Any, Literal, Self

from bassin.types import Origin

Kind = Literal["bars", "line", "dumbbell", "strip", "choropleth"]
Format = Literal["page", "inline", "svg", "png", "pdf"]
State = Literal["", "secret", "fragile", "missing"]

FORMATS: dict[str, str] = {
    "page": "image/svg+xml",
    "inline": "image/svg+xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}
"""Media type of each format."""

FILES: dict[str, Format] = {"svg": "svg", "png": "png", "pdf": "pdf"}
"""Formats in which a chart is taken away, by the ending of its file."""

DRAWING = 2
"""Raised when the same input is drawn differently, so that kept files are drawn again."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value: of a place (bars, strip, choropleth), or of a series in a period (line, dumbbell).

    `value` is in the chart's unit, None when `state` is "secret" or "missing". `period` is a
    year ("2018"), a quarter ("2018-Q3") or a month ("2018-07"). `key` joins a shape.
    """

    name: str
    value: float | None
    key: str = ""
    period: str = ""
    series: str = ""
    ours: bool = False
    state: State = ""


@dataclass(frozen=True, slots=True)
class Break:
    """From this period the series is not comparable with what precedes; `why` in few words."""

    period: str
    why: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a place: polygons of rings of (x, y) in metres (Lambert-93), simplified."""

    key: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartInput:
    """Everything a chart shows.

    `said` is the sentence that the chart proves; it is its description. `source` names
    publisher and date. `bounds` are the inner limits of the classes of a map, in the unit.

    Raises:
        ValueError: a title, sentence or source is empty, a value is absent without a state,
            or a map has no shape.
    """

    kind: Kind
    title: str
    said: str
    points: tuple[Point, ...]
    unit: str
    source: str
    origin: Origin
    language: str = "fr"
    decimals: int = 0
    breaks: tuple[Break, ...] = ()
    shapes: tuple[Shape, ...] = ()
    bounds: tuple[float, ...] = ()
    width: int = 640

    def __post_init__(self) -> None:
        for name in ("title", "said", "source"):
            if not getattr(self, name).strip():
                raise ValueError(f"A chart needs its {name}; “{self.title}” has none.")
        for point in self.points:
            if (point.value is None) != (point.state in ("secret", "missing")):
                raise ValueError(
                    f"{point.name} {point.period}: value {point.value} with state “{point.state}”. "
                    "An absent value is secret or missing, a present one is neither."
                )
        if self.kind == "choropleth" and not self.shapes:
            raise ValueError(f"The map “{self.title}” has no outline; show its table instead.")

    def to_json(self) -> str:
        """The same text for the same chart, whatever the process."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        raw["origin"] = Origin(raw["origin"])
        raw["points"] = tuple(Point(**point) for point in raw["points"])
        raw["breaks"] = tuple(Break(**cut) for cut in raw["breaks"])
        raw["bounds"] = tuple(raw["bounds"])
        raw["shapes"] = tuple(
            Shape(
                shape["key"],
                tuple(
                    tuple(tuple((x, y) for x, y in ring) for ring in polygon)
                    for polygon in shape["polygons"]
                ),
            )
            for shape in raw["shapes"]
        )
        return cls(**raw)

    def narrow(self) -> Self:
        """The same chart for a telephone, 360 pixels wide, with letters of the same size."""
        return replace(self, width=360)

    @property
    def is_narrow(self) -> bool:
        """Whether margins and legends must leave room for the data."""
        return self.width < 480

    @property
    def digest(self) -> str:
        """Name of the kept files: changes with anything drawn."""
        return blake2s(f"{DRAWING}{self.to_json()}".encode(), digest_size=16).hexdigest()
