"""Hires, each counted once, and what may be said of them: a number under 5 is hidden.

In a row whose total is shown, one hidden number would be found by subtraction: a second is hidden
with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from bassin.commons import permissions
from bassin.commons.models import Placement
from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.types import Origin

FEWEST = 5


@transaction.atomic
def count(
    token: str,
    *,
    by: Person,
    today: date,
    hired_on: date,
    employer_siret: str,
    reference: str = "",
    **more: str | bool | None,
) -> Placement:
    """Count a hire, or add to it the record of one more system that helped.

    The same token counts once, whoever says it and however often.

    Raises:
        Refused: the day is still to come, a value is wrong, or the token was counted with another
            day or another employer.
    """
    require(permissions.can_count(by))
    if hired_on > today:
        raise Refused(_("This hire is still to come: count it once it is done."))
    first = [reference] if reference else []
    values = {**more, "hired_on": hired_on, "employer_siret": employer_siret, "references": first}
    _check(Placement(token=token, **values))
    kept, new = Placement.objects.select_for_update().get_or_create(token=token, defaults=values)
    if new:
        return kept
    if (kept.hired_on, kept.employer_siret) != (hired_on, employer_siret):
        raise Refused(
            _("This hire is already counted, on {day} with another employer or on another day. "
              "Another hire needs another token.").format(day=kept.hired_on)
        )  # fmt: skip
    if reference and reference not in kept.references:
        kept.references = [*kept.references, reference]
        kept.save(update_fields=["references"])
    return kept


def _check(hire: Placement) -> None:
    try:
        hire.clean_fields(exclude=["from_qpv"])  # not said is an answer
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@dataclass(frozen=True, slots=True)
class Year:
    """The hires of a year; None where the number is hidden."""

    year: int
    total: int | None
    from_qpv: int | None
    elsewhere: int | None
    unknown: int | None
    invented: bool


def hidden(parts: Sequence[int]) -> list[int | None]:
    """The parts of a total that is shown, with what would give a small one away taken out."""
    out = {index for index, number in enumerate(parts) if 0 < number < FEWEST}
    if len(out) == 1:
        others = [i for i in range(len(parts)) if i not in out and parts[i]]
        out |= {min(others, key=lambda i: parts[i])} if others else set()
    return [None if index in out else number for index, number in enumerate(parts)]


def by_year() -> list[Year]:
    """The hires of each year, the last first, as anyone may read them."""
    rows = (
        Placement.objects.annotate(year=ExtractYear("hired_on"))
        .values("year")
        .annotate(
            qpv=Count("pk", filter=Q(from_qpv=True)),
            elsewhere=Count("pk", filter=Q(from_qpv=False)),
            unknown=Count("pk", filter=Q(from_qpv=None)),
            invented=Count("pk", filter=Q(origin=Origin.INVENTED.value)),
        )
        .order_by("-year")
    )
    return [_year(row) for row in rows]


def _year(row: Mapping[str, Any]) -> Year:
    parts = [row["qpv"], row["elsewhere"], row["unknown"]]
    total = sum(parts)
    if total < FEWEST:
        return Year(row["year"], None, None, None, None, bool(row["invented"]))
    qpv, elsewhere, unknown = hidden(parts)
    return Year(row["year"], total, qpv, elsewhere, unknown, bool(row["invented"]))
