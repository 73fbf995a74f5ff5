"""What a paper holds, in the order it is read: headings, paragraphs, lists, tables, charts.

Every text is already written in the reader's language, its numbers with their units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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
    shares of the page's width, equal when there are none."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    widths: Sequence[float] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart; its sentence is its description for who does not see it."""

    chart: ChartInput


Block = Heading | Paragraph | Items | Table | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper. `facts` are the lines under its title; `sample` writes EXEMPLE across its pages."""

    title: str
    author: str
    language: str
    blocks: Sequence[Block]
    facts: Sequence[str] = ()
    foot: str = ""
    sample: bool = False
