"""What criteria count for: decided by the authority, dated, shown to everyone, never rewritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin.commons import permissions
from bassin.commons.models import PairingWeight
from bassin.errors import Refused
from bassin.pairing import Pairing
from bassin.parties.access import require
from bassin.parties.models import Person


@dataclass(frozen=True, slots=True)
class Decision:
    """All weights of a pairing from a day on."""

    valid_from: date
    decided_at: datetime
    why: str
    by: Person | None
    weights: Mapping[str, Decimal]


def decisions(pairing: Pairing) -> list[Decision]:
    """Every decision on a pairing, the one that counts last first."""
    lines = PairingWeight.objects.filter(pairing=pairing.slug).select_related("decided_by")
    grouped = groupby(lines, key=lambda line: (line.valid_from, line.decided_at))
    found = []
    for (valid_from, decided_at), together in grouped:
        group = list(together)
        found.append(
            Decision(
                valid_from, decided_at, group[0].why, group[0].decided_by,
                {line.criterion: line.weight for line in group},
            )
        )  # fmt: skip
    return found


def on(pairing: Pairing, day: date) -> dict[str, float] | None:
    """The weights to rank with on a day, for `rank(weights=…)`; None: those declared.

    A signal that was declared since the decision keeps the weight declared; one that is no more
    is left out.
    """
    held = next((each for each in decisions(pairing) if each.valid_from <= day), None)
    if held is None:
        return None
    codes = {signal.code for signal in pairing.signals}
    found = {code: float(weight) for code, weight in held.weights.items() if code in codes}
    return found if any(found.values()) else None


@transaction.atomic
def decide(
    pairing: Pairing, weights: Mapping[str, Decimal], *, valid_from: date, why: str, by: Person,
    now: datetime,
) -> None:  # fmt: skip
    """Set what each signal of a pairing counts for, from a day on.

    Raises:
        Refused: a signal forgotten or unknown, weights that are not 100 together, a day gone by,
            no reason given.
    """
    require(permissions.can_weigh(by))
    _check(pairing, weights)
    if valid_from < now.date():
        raise Refused(_("A decision holds from today at the earliest: the past is not rewritten."))
    if not why.strip():
        raise Refused(_("Say why: everyone will read it beside the weights."))
    for code, weight in weights.items():
        PairingWeight.objects.create(
            pairing=pairing.slug, criterion=code, weight=weight, valid_from=valid_from,
            why=why.strip(), decided_by=by, decided_at=now,
        )  # fmt: skip


def _check(pairing: Pairing, weights: Mapping[str, Decimal]) -> None:
    codes = {signal.code for signal in pairing.signals}
    if strange := sorted(set(weights) - codes):
        raise Refused(
            _("“{code}” is no criterion with points of “{pairing}”.").format(
                code=strange[0], pairing=pairing.title.say(get_language() or "fr")
            )
        )
    if codes - set(weights):
        raise Refused(_("Give each criterion a weight; 0 when it does not count."))
    if any(weight < 0 for weight in weights.values()):
        raise Refused(_("A weight is 0 or more."))
    total = sum(weights.values())
    if total == 0:
        raise Refused(_("All weights are 0: nothing could be ranked. Give at least one of them."))
    if total != 100:
        raise Refused(
            _("The weights make {total} together: they are shares of 100 points.").format(
                total=f"{total:g}"
            )
        )
