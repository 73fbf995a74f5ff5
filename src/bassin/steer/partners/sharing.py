"""How the cost of a pooled project is shared between communes, to the cent.

Shares add up to the total exactly: what rounding leaves is given, one cent each, to those whose
share lost most by it (largest remainder, Hamilton's method), the first by name when equal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.errors import Refused

CENT = Decimal("0.01")
_WHAT = {"population": gettext_lazy("The population"), "use": gettext_lazy("The use")}


@dataclass(frozen=True, slots=True)
class Payer:
    """A commune that takes part: its inhabitants and its use, None when not known."""

    name: str
    population: int | None = None
    use: int | None = None


def weights(payers: Sequence[Payer], key: str) -> dict[str, Decimal]:
    """The part of each payer, adding up to 1, by a key: equal, population, use or mixed.

    Raises:
        Refused: nobody takes part, a number that the key needs is not known, or all are zero.
    """
    if not payers:
        raise Refused(_("No commune takes part in this project yet: add requests to it first."))
    if key == "equal":
        return {each.name: Decimal(1) / len(payers) for each in payers}
    if key == "mixed":
        people, used = weights(payers, "population"), weights(payers, "use")
        return {each.name: (people[each.name] + used[each.name]) / 2 for each in payers}
    known = {each.name: getattr(each, key) for each in payers}
    unknown = sorted(name for name, value in known.items() if value is None)
    if unknown:
        raise Refused(
            _("{what} of {names} is not known: enter it, or share in equal parts.").format(
                what=_WHAT[key], names=", ".join(unknown)
            )
        )
    total = sum(known.values())
    if total <= 0:
        raise Refused(
            _("{what} of every commune is zero: share in equal parts.").format(what=_WHAT[key])
        )
    return {name: Decimal(value) / Decimal(total) for name, value in known.items()}


def shares(total_eur: Decimal, parts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The amount of each payer (€), whose sum is exactly the total."""
    exact = {name: total_eur * part for name, part in parts.items()}
    given = {name: amount.quantize(CENT, ROUND_DOWN) for name, amount in exact.items()}
    left = int(((total_eur - sum(given.values())) / CENT).to_integral_value())
    by_loss = sorted(exact, key=lambda name: (given[name] - exact[name], name))
    for name in by_loss[:left]:
        given[name] += CENT
    return given
