"""What a subscription keeps of the signals that its person may see."""

from collections.abc import Iterable
from datetime import date

from bassin import systems
from bassin.observe.watch.filters import seen_by
from bassin.observe.watch.models import Signal, Subscription


def kept(one: Subscription, since: date) -> list[Signal]:
    """The signals found since a day that a subscription asks for, the newest first.

    A selection that is no longer theirs, or that grew too large, keeps nothing: a filter that
    fails must not let everything through.
    """
    found = seen_by(one.person).filter(found_on__gte=since, withdrawn_on=None)
    if one.kinds:
        found = found.filter(kind__in=one.kinds.split())
    held = systems.selected(one.selection, one.person) or frozenset() if one.selection else None
    return [
        each for each in found.order_by("-found_on", "-priority", "pk") if asks(one, each, held)
    ]


def asks(one: Subscription, signal: Signal, held: Iterable[str] | None) -> bool:
    """Whether a subscription is about a signal. What has no place is about every place."""
    here, codes = set(signal.commune_codes), set(one.communes.split())
    if codes and here and not codes & here:
        return False
    beginnings = tuple(each.replace(".", "") for each in one.naf.split())
    if beginnings and not signal.naf_code.replace(".", "").startswith(beginnings):
        return False
    return held is None or bool(set(held) & set(signal.sites))
