"""Calls for projects beside actions: what speaks for, what is not known, what speaks against.

The machine proposes with its reasons; a person decides. Unknown never means no: it is a question to
ask. What is left out stays reachable, with the reason that leaves it out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from bassin.indicators.numbers import euros, percent
from bassin.letters import spaced
from bassin.steer.programmes import words
from bassin.steer.programmes.models import Action, Call
from bassin.steer.programmes.rules import OVER
from bassin.steer.programmes.standing import Standing
from bassin.ui.parts import Reason

_ORDER = {"yes": 0, "unknown": 1, "no": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """An action and a call, with the four reasons: themes, kind, dates, share funded."""

    call: Call
    line: Standing
    reasons: tuple[Reason, ...]

    @property
    def left_out(self) -> Reason | None:
        """The first reason that speaks against, if any."""
        return next((each for each in self.reasons if each.says == "no"), None)

    @property
    def rank(self) -> tuple[int, int]:
        """Most reasons for first, then the fewest questions."""
        yes = sum(each.says == "yes" for each in self.reasons)
        unknown = sum(each.says == "unknown" for each in self.reasons)
        return (-yes, unknown)

    @property
    def sorted_reasons(self) -> list[Reason]:
        """Reasons for first, then questions."""
        return sorted(self.reasons, key=lambda each: _ORDER[each.says])

    @property
    def missing(self) -> str:
        """What is not known, in one line."""
        return " ".join(each.sentence for each in self.reasons if each.says == "unknown")


def open_on(calls: Iterable[Call], today: date) -> list[Call]:
    """Calls that are not closed; one without a closing date is open until someone gives it."""
    return [each for each in calls if each.closes_on is None or each.closes_on >= today]


def matches(call: Call, lines: Sequence[Standing], today: date) -> list[Match]:
    """Every action that is not over beside a call, the best first, those left out last."""
    found = [
        Match(call, line, reasons(call, line, today))
        for line in lines
        if line.lifecycle not in OVER
    ]
    return sorted(found, key=lambda each: (each.left_out is not None, each.rank, each.line.pk))


def reasons(call: Call, line: Standing, today: date) -> tuple[Reason, ...]:
    """The four reasons, each with its fact."""
    return (_themes(call, line), _kind(call, line), _dates(call, line, today), _share(call, line))


def _themes(call: Call, line: Standing) -> Reason:
    asked = {spaced(each): each for each in call.themes}
    held = {spaced(each) for each in line.tags}
    if not asked:
        return Reason("unknown", _("The call names no theme: read its text."))
    if not held:
        return Reason("unknown", _("The action names no theme."))
    common = [asked[each] for each in asked if each in held]
    if common:
        return Reason("yes", _("Themes in common: {themes}.").format(themes=", ".join(common)))
    return Reason(
        "no", _("No theme in common: the call is about {themes}.").format(
            themes=", ".join(call.themes))
    )  # fmt: skip


def _kind(call: Call, line: Standing) -> Reason:
    kind = str(Action.Kind(line.kind).label)
    if not call.kinds:
        return Reason("unknown", _("The call does not say which kinds it takes."))
    if line.kind in call.kinds:
        return Reason("yes", _("It takes what the action is: {kind}.").format(kind=kind))
    return Reason("no", _("It does not take what the action is: {kind}.").format(kind=kind))


def _dates(call: Call, line: Standing, today: date) -> Reason:
    if call.closes_on is None:
        return Reason("unknown", _("The call does not say when it closes."))
    closes = words.day(call.closes_on)
    if call.closes_on < today:
        return Reason("no", _("It closed on {day}.").format(day=closes))
    if line.ends_on and line.ends_on < call.closes_on:
        return Reason(
            "no",
            _("The action ends on {end}, before the call closes on {day}.").format(
                end=words.day(line.ends_on), day=closes
            ),
        )
    if line.lifecycle in ("in_progress", "paused"):
        return Reason(
            "unknown",
            _("The action has begun: ask whether the call (closing on {day}) funds it.").format(
                day=closes
            ),
        )
    if line.starts_on is None:
        return Reason(
            "unknown",
            _("The call closes on {day}; nobody said when the action starts.").format(day=closes),
        )
    return Reason(
        "yes",
        _("The call closes on {day}, and the action is to start on {start}.").format(
            day=closes, start=words.day(line.starts_on)
        ),
    )


def _share(call: Call, line: Standing) -> Reason:
    if call.funding_pct is None:
        return Reason("unknown", _("The call does not say which share it funds."))
    language = words.language()
    share = percent(float(call.funding_pct), 0, language)
    planned, committed = line.money.planned, line.money.committed
    if planned.total is None:
        return Reason(
            "unknown",
            _("It funds up to {share}; the cost of the action is not known.").format(share=share),
        )
    if committed.total is not None and not committed.unknown and committed.total >= planned.total:
        return Reason(
            "no",
            _("The {amount} planned are committed already.").format(amount=words.amount(planned)),
        )
    most = planned.total * call.funding_pct / Decimal(100)
    return Reason(
        "yes",
        _("It funds up to {share} of the {planned} planned: {most} at most.").format(
            share=share, planned=words.amount(planned), most=euros(float(most), 0, language)
        ),
    )
