"""Who has signed a framework on a day, counted from the commitments."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bassin.steer.programmes.models import Commitment, Framework


@dataclass(frozen=True, slots=True)
class Signatory:
    """An organisation that has signed, since when, and what it promised."""

    name: str
    slug: str
    since: date
    promises: tuple[str, ...]


def on(framework: Framework, day: date) -> list[Signatory]:
    """The signatories of a framework on a day, each organisation once, the first to sign first.

    One that withdrew counts until the day before.
    """
    signed = (
        Commitment.objects.filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
            framework=framework, role=Commitment.Role.SIGNATORY, signed_on__lte=day,
        )
        .exclude(state=Commitment.State.PROPOSED)
        .select_related("organisation")
        .order_by("signed_on", "pk")
    )  # fmt: skip
    held: dict[int, list[Commitment]] = defaultdict(list)
    for each in signed:
        held[each.organisation_id].append(each)
    return [
        Signatory(
            name=str(first.organisation),
            slug=first.organisation.slug,
            since=first.signed_on or day,
            promises=tuple(each.said for each in (first, *others) if each.text),
        )
        for first, *others in held.values()
    ]
