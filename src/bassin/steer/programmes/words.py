"""How Piloter says what it computes: lateness, progress, money and dates, in words."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.errors import Refused, SourceError
from bassin.indicators.numbers import euros, percent, period, quantity
from bassin.steer.programmes.models import Action, Framework, Health
from bassin.steer.programmes.rules import Amount, Basis, Kept, Late, Money, Progress, Rollup
from bassin.ui.opened import house
from bassin.ui.reader import language as language

STAGE_TAGS = {"done": "done", "abandoned": "plain", "paused": "check", "unknown": "check"}
HEALTH_TAGS = {"on_track": "done", "at_risk": "check", "blocked": "blocked"}


def day(on: date | None) -> str:
    """« 14 mars 2026 »; nothing for no date."""
    if on is None:
        return ""
    # French says "1er janvier", and the other days plainly.
    first = on.day == 1 and language() == "fr"
    return date_format(on, "jS F Y").replace("1st", "1er") if first else date_format(on, "j F Y")


def month(on: date | None) -> str:
    """« mars 2026 »; nothing for no date."""
    return date_format(on, "F Y") if on else ""


def dated(on: date | None, to: str) -> str:
    """A day as its document said it: « 14 mars 2026 », « mars 2026 » or « 2026 »."""
    if on is None:
        return ""
    return {"month": month(on), "year": str(on.year)}.get(to) or day(on)


def span(
    starts_on: date | None, ends_on: date | None, starts_to: str = "day", ends_to: str = "day"
) -> str:
    """From one day to another, in words; "no date" when there is none."""
    if (starts_on and starts_to != "day") or (ends_on and ends_to != "day"):
        return _loosely(dated(starts_on, starts_to), dated(ends_on, ends_to))
    if starts_on and ends_on:
        return _("from {start} to {end}").format(start=day(starts_on), end=day(ends_on))
    if starts_on:
        return _("since {start}").format(start=day(starts_on))
    if ends_on:
        return _("until {end}").format(end=day(ends_on))
    return _("no date")


def _loosely(start: str, end: str) -> str:
    """A period of which no day was said."""
    if start and end:
        return start if start == end else _("{start} to {end}").format(start=start, end=end)
    if start:
        return _("from {start} on").format(start=start)
    return _("by {end}").format(end=end)


def years(starts_on: date | None, ends_on: date | None) -> str:
    """« 2021–2025 »; nothing for no date."""
    ends = [str(each.year) for each in (starts_on, ends_on) if each]
    return "–".join(dict.fromkeys(ends))


def stage(lifecycle: str) -> str:
    """The stage of an action as people read it."""
    return str(Action.Lifecycle(lifecycle).label)


def health(value: str) -> str:
    """How it goes; "not reported" when nobody said."""
    return str(Health(value).label) if value else _("not reported")


def state(framework: Framework, today: date) -> str:
    """The state of a framework, and that its period is over when it is."""
    words = str(Framework.State(framework.state).label)
    if framework.state != Framework.State.IN_FORCE or not framework.ends_on:
        return words
    if framework.ends_on >= today:
        return words
    return _("{state}, its period ended on {day}").format(state=words, day=day(framework.ends_on))


def stated(framework: Framework) -> list[tuple[str, str]]:
    """The numbers that documents state without their list: (what they say, which document)."""
    named = {
        "signatories": _("signatories"), "projects": _("projects"), "holders": _("holders"),
        "new_signatories": _("new signatories"), "sites": _("sites"),
        "territories": _("territories"),
    }  # fmt: skip
    found = []
    for each in framework.stated_counts.all():
        number = quantity(each.value, "", 0, language())
        about = _("about {number}").format(number=number) if each.approximate else number
        when = day(each.on) or (period(each.period, language()) if each.period else "")
        said = f"{about} {named.get(each.what, each.what)}"
        found.append((f"{said}, {when}" if when else said, each.source))
    return found


def late(value: Late | None) -> str:
    """« 12 jours de retard »; nothing when it is not late."""
    if value is None:
        return ""
    return ngettext("{count} day late", "{count} days late", value.days).format(
        count=quantity(value.days, "", 0, language())
    )


def late_in_full(value: Late | None) -> str:
    """How late, on what, since when."""
    if value is None:
        return _("It is not late.")
    form = (
        _("It is {late}: a step was due on {day}.")
        if value.by_milestone
        else _("It is {late}: it was to end on {day}.")
    )
    return form.format(late=late(value), day=day(value.since))


def progress(value: Progress) -> str:
    """« 60 % » or "not reported"."""
    if value.value is None:
        return _("not reported")
    return percent(float(value.value), 0, language())


def reported(value: int) -> str:
    """« 60 % renseignés »: what a holder said."""
    return _("{share} reported").format(share=percent(float(value), 0, language()))


def basis(value: Progress) -> str:
    """On what a progress rests."""
    return {
        Basis.DONE: _("the action is done"),
        Basis.MILESTONES: _("weight of the steps done"),
        Basis.REPORTED: _("as its holder reported"),
        Basis.NOTHING: _("nobody reported it"),
    }[value.basis]


def rollup(value: Rollup) -> str:
    """A mean and over what: never a bare percentage."""
    parts = []
    if value.progress is not None:
        words = ngettext(
            "{share} on {count} action reported",
            "{share} on average over {count} actions reported",
            value.reported,
        )  # fmt: skip
        share = percent(float(value.progress), 0, language())
        parts.append(words.format(share=share, count=value.reported))
    if value.not_reported:
        parts.append(_("not reported: {count}").format(count=value.not_reported))
    if value.abandoned:
        parts.append(_("abandoned: {count}").format(count=value.abandoned))
    return ("\u202f; " if language() == "fr" else "; ").join(parts)


def share(value: Decimal | None) -> str:
    """A mean alone, for a cell whose neighbour says over what."""
    return percent(float(value), 0, language()) if value is not None else _("not reported")


def amount(value: Amount) -> str:
    """A sum of euros; "not known" when no amount is."""
    if value.total is None:
        return _("not known")
    return euros(float(value.total), 0, language())


def amount_over(value: Amount) -> str:
    """Over how many amounts, when some are not known."""
    if not value.unknown:
        return ""
    return ngettext("{count} amount not known", "{count} amounts not known", value.unknown).format(
        count=value.unknown
    )


def three(money: Money) -> list[tuple[str, str, str]]:
    """The three amounts: (word, amount, over what)."""
    named = (
        (_("planned"), money.planned),
        (_("committed"), money.committed),
        (_("paid"), money.paid),
    )
    return [(word, amount(each), amount_over(each)) for word, each in named]


def kept(value: Kept) -> str:
    """What became of a promise, in words."""
    return {
        Kept.KEPT: _("kept"),
        Kept.KEPT_LATE: _("kept, late"),
        Kept.LATE: _("late"),
        Kept.RUNNING: _("still running"),
        Kept.UNDATED: _("no date was promised, nothing was shown"),
        Kept.WITHDRAWN: _("withdrawn"),
    }[value]


def join(words: Iterable[str]) -> str:
    """Words of one line, those that are empty left out."""
    return " · ".join(each for each in words if each)


def communes() -> dict[str, str]:
    """The names of the communes of the territory by code; empty before anything is loaded."""
    try:
        opened = house()
        return {each.code: each.name for each in opened.territory.communes(opened.home)}
    except (Refused, SourceError):
        return {}


def hours(start: time | None, end: time | None) -> str:
    """« 14 h 00 – 16 h 30 »; nothing when no hour was said."""
    return " – ".join(time_format(each, "H:i") for each in (start, end) if each)
