"""A result as people read it: a sentence first, a few facts, then tables whose lines have bars.

These pieces serve every place where a result appears: the screen, the telephone, the synthesis,
its PDF and its text. `shown_kinds.shown` makes them. Numbers are written as the language does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import number, percent


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `share` is the length of its bar in percent, None for none.

    `mark` is right, wrong, depends or unknown (a quiz once its key is shown); `notes` are
    sentences under the line, with the address they come from.
    """

    label: str
    cells: Sequence[str]
    share: float | None = None
    strong: bool = False
    mark: str = ""
    notes: Sequence[tuple[str, str]] = ()

    @property
    def width(self) -> str:
        """The length of the bar, as a drawing writes it whatever the language."""
        return f"{min(max(self.share or 0.0, 0.0), 100.0):.1f}"


@dataclass(frozen=True, slots=True)
class Board:
    """A table: its columns begin with that of the labels. `aside` is shown folded on a page."""

    caption: str
    columns: Sequence[str]
    lines: Sequence[Line]
    note: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A result to read; no board where it is not shown."""

    kind: str
    sentence: str
    facts: Sequence[str] = ()
    boards: Sequence[Board] = ()


def share(count: int, whole: int, language: str) -> str:
    """A share without decimals: rooms are small. « < 1 % » when it is not nothing."""
    if not whole:
        return "–"
    if 0 < 200 * count < whole:
        return f"< {percent(1, 0, language)}"
    return percent(100 * count / whole, 0, language)


def counted(count: int, whole: int, language: str) -> str:
    """« 12 (40 %) »: how many, and of how many."""
    return f"{number(count, 0, language)} ({share(count, whole, language)})"


def quoted(text: object) -> str:
    """A text between the quotes of the language."""
    return _("“{text}”").format(text=text)


def hidden(count: int) -> str:
    """Why a result of few people is not shown."""
    if not count:
        return _("Nobody answered.")
    few = ngettext("{count} person answered.", "{count} people answered.", count)
    why = _("Too few took a stand for the result to be shown without telling who answered what.")
    return f"{few.format(count=count)} {why}"


def answered(result: Result) -> str:
    """How many answered, and how many could not say, who enter no share."""
    spoke, cannot = result["spoke"], result["cannot_say"]
    told = ngettext("{count} person took a stand.", "{count} people took a stand.", spoke)
    told = told.format(count=spoke)
    if not cannot:
        return told
    aside = ngettext(
        "{count} cannot say and enters no share.", "{count} cannot say and enter no share.", cannot
    )
    return f"{told} {aside.format(count=cannot)}"
