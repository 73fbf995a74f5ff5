"""What a paper holds, in the order it is read: headings, paragraphs, lists, tables, charts.

Every text is already written in the reader's language, its numbers with their units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bassin.ui.charts.model import ChartInput


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part of the paper."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `strong` is a sentence to read first, `soft` a source or a note."""

    text: str
    strong: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `numbered` where order or number matters."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption. `numbers` are the columns aligned on the right; `widths` are
    shares of the page's width, equal when there are none. `bars` draw, under the first cell of each
    row, a share in percent that a cell says already; None draws none."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    widths: Sequence[float] = ()
    note: str = ""
    bars: Sequence[float | None] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; its sentence is its description for who does not see it."""

    chart: ChartInput


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper. `facts` are the lines under its title; `sample` writes EXEMPLE across its pages;
    `room` gives the colour of its headings."""

    title: str
    author: str
    language: str
    blocks: Sequence[Block]
    facts: Sequence[str] = ()
    foot: str = ""
    sample: bool = False
    room: Literal["observe", "match", "steer", "debate"] = "steer"


COLOURS = {"observe": "#0B4F6C", "match": "#2F6B3A", "steer": "#A63D25", "debate": "#6B3A75"}
"""Colour of each room."""
