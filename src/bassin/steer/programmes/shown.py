"""Lines of actions as lists show them: every word ready, so that templates only place them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bassin.steer.programmes import words
from bassin.steer.programmes.standing import Standing
from bassin.types import Origin
from bassin.ui.parts import Cell, Column, Row


@dataclass(frozen=True, slots=True)
class Line:
    """One action as a list shows it."""

    url: str
    title: str
    facts: str
    late: str
    red: bool
    blocked: str
    progress: str
    invented: bool
    secondary: bool = False


def line(each: Standing, *, secondary: bool = False, internal: bool = False) -> Line:
    """An action as a list shows it: who holds it, where it stands, how far, how late.

    What blocks it is for insiders: `internal` says that one of them reads.
    """
    language = words.language()
    mute = each.lifecycle == "unknown" and each.progress.value is None
    stuck = internal and each.health == "blocked" and each.lifecycle != "abandoned"
    return Line(
        url=reverse("programmes:action", kwargs={"pk": each.pk}),
        title=each.title.say(language),
        facts=words.join((each.holder, "" if mute else words.stage(each.lifecycle))),
        late=words.late(each.late),
        red=each.late is not None and each.late.red,
        blocked=each.why if stuck else "",
        progress="" if each.lifecycle == "abandoned" else words.progress(each.progress),
        invented=each.origin == Origin.INVENTED,
        secondary=secondary,
    )


def table(
    listed: Iterable[Standing], axes: dict[int, str] | None = None
) -> tuple[list[Column], list[Row]]:
    """The table of some actions; `axes` gives the place of each in the framework shown."""
    columns = [
        Column(_("Action")),
        *([Column(_("Place in the framework"))] if axes is not None else []),
        Column(_("Holder")),
        Column(_("Stage")),
        Column(_("Health")),
        Column(_("Progress"), number=True),
        Column(_("Lateness"), number=True),
        Column(_("Ends")),
        Column(_("Planned (€)"), number=True),
    ]
    return columns, [_row(each, axes) for each in listed]


def _row(each: Standing, axes: dict[int, str] | None) -> Row:
    planned = each.money.planned.total
    known = each.progress.value
    days = each.late.days if each.late else 0
    over = each.lifecycle == "abandoned"
    cells = [
        *([Cell(text=axes.get(each.pk, ""))] if axes is not None else []),
        Cell(text=each.holder) if each.holder else Cell(why=_("not said")),
        Cell(text=words.stage(each.lifecycle)),
        Cell(text=words.health(each.health)) if each.health else Cell(why=_("not reported")),
        Cell(text=words.progress(each.progress), sort=float(known), origin=each.origin)
        if known is not None and not over
        else Cell(why="—" if over else _("not reported")),
        Cell(text=words.late(each.late), sort=days),
        Cell(text=words.dated(each.ends_on, each.ends_to), sort=each.ends_on.isoformat())
        if each.ends_on
        else Cell(why=_("no date")),
        Cell(text=words.amount(each.money.planned), sort=float(planned), origin=each.origin)
        if planned is not None
        else Cell(why=_("not known")),
    ]
    url = reverse("programmes:action", kwargs={"pk": each.pk})
    return Row(Cell(text=each.title.say(words.language()), url=url), cells)
