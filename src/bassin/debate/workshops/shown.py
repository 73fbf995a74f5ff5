"""A result as people read it: a sentence first, a few facts, then tables whose lines have bars.

These pieces serve every place where a result appears: the screen, the telephone, the synthesis,
its PDF and its text. `shown_kinds.shown` makes them. Numbers are written as the language does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from bassin.debate.workshops.tally_shares import Result
from bassin.indicators.numbers import number, percent
from bassin.types import LANGUAGES


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


def aligned(figure: str) -> str:
    """A figure with its sign, read from the left in a language that is read from the right."""
    alone = f"\N{LEFT-TO-RIGHT ISOLATE}{figure}\N{POP DIRECTIONAL ISOLATE}"
    return alone if get_language_bidi() else figure


def apart(text: object) -> str:
    """Words in their own direction, within a sentence that is read from the right."""
    alone = f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return alone if get_language_bidi() else str(text)


def in_french(text: str, language: str) -> str:
    """What is written in French and English only: said to be French in any other language."""
    if language in LANGUAGES or not text:
        return text
    return format_html('<bdi lang="fr" dir="ltr">{}</bdi>', text)


def share(count: int, whole: int, language: str) -> str:
    """A share without decimals: rooms are small. « < 1 % » when it is not nothing."""
    if not whole:
        return "–"
    if 0 < 200 * count < whole:
        return aligned(f"< {percent(1, 0, language)}")
    return aligned(percent(100 * count / whole, 0, language))


def counted(count: int, whole: int, language: str) -> str:
    """« 12 (40 %) »: how many, and of how many."""
    return aligned(f"{number(count, 0, language)} ({share(count, whole, language)})")


def quoted(text: object) -> str:
    """A text between the quotes of the language."""
    return _("“{text}”").format(text=apart(text))


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
