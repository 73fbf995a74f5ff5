"""What the watch says to a chain: a signal to who may see it, and the jobs at risk on a day."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from bassin.chain import Alarm
from bassin.observe.watch import permissions, said
from bassin.observe.watch.models import Signal
from bassin.parties.access import User, is_officer
from bassin.systems import numbers
from bassin.ui.opened import communes

_PLAIN = {"site", "count", "figure", "table", "said"}


def alarm(reference: str, person: User, day: date, language: str) -> Alarm | None:
    """A signal, with the proofs that were there on that day, for who may see it."""
    found = Signal.objects.filter(pk__in=numbers([reference], "watch:signal"))
    signal = found.select_related("assigned_to").first()
    if signal is None or not permissions.can_see(person, signal):
        return None
    with override(language):
        told = said.told(signal, communes(), language)
        state = _state(signal, day)
        proofs = _proofs(signal, day, told.what, language)
        basis = said.reliability(signal.reliability)
    codes = signal.commune_codes
    return Alarm(
        reference=reference, who=told.who, what=told.what, on=signal.on, found_on=signal.found_on,
        basis=basis, jobs=told.jobs, url=reverse("watch:signal", args=[signal.pk]), state=state,
        led_by=signal.assigned_to.name if signal.assigned_to else "", siren=signal.siren,
        sites=tuple(signal.sites), naf_code=signal.naf_code,
        commune_code=codes[0] if codes else "",
        parts={code: (low, high) for code, (low, high) in signal.parts.items()},
        low=signal.jobs_low, high=signal.jobs_high, proofs=proofs, origin=signal.origin,
    )  # fmt: skip


def _state(signal: Signal, day: date) -> str:
    """Where its handling stood on a day."""
    if signal.closed_on is not None and signal.closed_on <= day:
        return _("closed")
    if signal.contacted_on is not None and signal.contacted_on <= day:
        return _("firm contacted")
    if signal.assigned_on is not None and signal.assigned_on <= day:
        return _("given to somebody")
    return _("waiting")


def _proofs(
    signal: Signal, day: date, what: str, language: str
) -> tuple[tuple[date, str, str], ...]:
    """The proofs of that day or before, oldest first; a signal without one is its own."""
    source = said.table(signal.source, language)
    found = []
    for proof in signal.evidence:
        on = said.day(proof["on"]) or signal.on
        plain = proof["kind"] in _PLAIN or "notice" not in proof
        words, where = (
            (what, source) if plain
            else (proof["nature"] or said.opened(proof["kind"]), proof["court"])
        )  # fmt: skip
        found.append((on, words, where))
    listed = found or [(signal.on, what, source)]
    return tuple(sorted(each for each in listed if each[0] <= day))


def at_risk(person: Any, day: date) -> dict[str, tuple[int, int]]:
    """The jobs that hang on each signal of a firm open on that day; officers alone see all."""
    if not is_officer(person):
        return {}
    found = Signal.objects.of_firms().filter(on__lte=day, withdrawn_on=None, jobs_high__gt=0)
    return {
        each.reference: (each.jobs_low or 0, each.jobs_high or 0)
        for each in found.exclude(closed_on__lte=day)
    }
