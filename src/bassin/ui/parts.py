"""Small typed values that pages hand to components: rows, reasons, moments, links.

A view builds these and a template passes them on; a component never reads a model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bassin.types import Origin


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumb; the last one, where we are, has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the same page, at its own address."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `number` aligns it on the right; `help` explains its heading."""

    label: str
    number: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is read.

    `sort` is what the column is sorted by (a number, without its unit). `why` replaces an
    absent value in words (secret, to load); `drawn` is a graphic of `bassin.ui.graphics`. A line
    break in `text` starts a new line; `note` follows it, smaller; `span` is how many columns the
    cell takes; `french`: its text has no other language.
    """

    text: str = ""
    sort: float | str = ""
    url: str = ""
    why: str = ""
    drawn: str = ""
    origin: Origin = Origin.REAL
    title: str = ""
    span: int = 1
    note: str = ""
    french: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its heading, then one cell per remaining column; `ours` sets it apart."""

    heading: Cell
    cells: Sequence[Cell]
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: yes (a tick), unknown (a question), no (a stop)."""

    says: Literal["yes", "unknown", "no"]
    sentence: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a timeline: when, what, and whether it is done, to come or late.

    `when` is what is read ("mars 2026"), `iso` the same for machines ("2026-03").
    """

    when: str
    iso: str
    title: str
    state: Literal["done", "next", "late"] = "done"
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file of what is shown: its format in words, and its address."""

    label: str
    url: str
