"""What became of an offer: who applied (nobody knows who), who was answered, who was hired."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from bassin.commons import hires
from bassin.commons import permissions as shared
from bassin.commons.models import Placement
from bassin.errors import Refused
from bassin.match.jobs import actions, permissions, receipts
from bassin.match.jobs.models import Application, Offer
from bassin.parties.access import require
from bassin.parties.models import Person

DAYS_TO_ANSWER = 15
"""An answer later than that counts as none: the candidate has stopped waiting."""

FEWEST = 5
"""Applications below which no rate is told."""


def say_applied(offer: Offer, *, today: date) -> Application:
    """A candidate says that they applied, and gets a receipt to keep. Nobody is named.

    Raises:
        Refused: the offer is not on line.
    """
    if not offer.is_open(today):
        raise Refused(_("This offer is not on line any more."))
    return Application.objects.create(
        offer=offer, receipt=receipts.new(), applied_on=today, origin=offer.origin
    )


def find(receipt: str) -> Application:
    """The application of a receipt, however it was typed.

    Raises:
        Refused: there is none.
    """
    kept = Application.objects.select_related("offer__employer")
    found = kept.filter(receipt=receipts.typed(receipt)).first()
    if found is None:
        raise Refused(
            _("No receipt has this number. It has eight letters and figures; after a year it is "
              "deleted.")
        )  # fmt: skip
    return found


def answer(offer: Offer, receipt: str, *, by: Person, today: date) -> Application:
    """The employer marks an application as answered, yes or no, by the receipt it carried.

    Raises:
        Refused: the receipt is of another offer.
    """
    require(permissions.can_edit(by, offer))
    found = find(receipt)
    if found.offer_id != offer.pk:
        raise Refused(_("This receipt is of another offer."))
    if found.answered_on is None:
        found.answered_on = today
        found.save(update_fields=["answered_on"])
    return found


def deny(receipt: str, *, today: date) -> Application:
    """The candidate says that no answer came, whatever the employer marked.

    Raises:
        Refused: it is too early to tell.
    """
    found = find(receipt)
    first = found.applied_on + timedelta(days=DAYS_TO_ANSWER)
    if today < first:
        raise Refused(
            _("The employer has until {day} to answer. Come back then.").format(
                day=first.isoformat()
            )
        )
    found.denied_on = today
    found.save(update_fields=["denied_on"])
    return found


@dataclass(frozen=True, slots=True)
class Rate:
    """Of the applications old enough to tell, how many were answered in time."""

    applied: int
    answered: int

    @property
    def known(self) -> bool:
        """Whether there are enough of them to tell."""
        return self.applied >= FEWEST

    @property
    def pct(self) -> int:
        """The share answered, in percent."""
        return round(100 * self.answered / self.applied) if self.applied else 0


def rates(employers: Iterable[int], today: date) -> dict[int, Rate]:
    """The rate of each employer; those of whom nothing is known are left out."""
    old = today - timedelta(days=DAYS_TO_ANSWER)
    in_time = Q(denied_on=None, answered_on__lte=F("applied_on") + timedelta(days=DAYS_TO_ANSWER))
    rows = (
        Application.objects.filter(offer__employer__in=list(employers), applied_on__lte=old)
        .values("offer__employer")
        .annotate(applied=Count("pk"), answered=Count("pk", filter=in_time))
    )
    return {row["offer__employer"]: Rate(row["applied"], row["answered"]) for row in rows}


@transaction.atomic
def fill(
    offer: Offer,
    *,
    by: Person,
    today: date,
    hired_on: date | None = None,
    commune_code: str = "",
    from_qpv: bool | None = None,
    token: str = "",
) -> Offer:
    """One more position is filled. It ends the offer when it was the last.

    A firm says so, and the offer's places go down. Whoever follows hires (an officer, a partner)
    gives its day as well: the hire is then counted, once, in the registers of the authority, under
    a token; the same token again counts nothing and fills nothing.

    Raises:
        Refused: no position is left, or the hire cannot be counted.
    """
    held = _of_its_own(offer, by)
    if hired_on is not None:
        require(shared.can_count(by))
        if not held.siret:
            raise Refused(_("Give the employer's SIRET first: a hire is counted with it."))
        token = token or secrets.token_hex(16)
        if held.reference in _already(token):
            return held
        hires.count(
            token, by=by, today=today, hired_on=hired_on, employer_siret=held.siret,
            reference=held.reference, rome_code=held.rome_code, contract=held.contract,
            resident_commune_code=commune_code, from_qpv=from_qpv,
        )  # fmt: skip
    if held.left == 0:
        raise Refused(_("Every position of this offer is filled already."))
    held.filled += 1
    if held.left == 0 and held.state == Offer.State.PUBLISHED:
        actions.end(held, Offer.State.CLOSED, Offer.Closing.FILLED, today)
    held.save()
    return held


def _of_its_own(offer: Offer, by: Person) -> Offer:
    """The offer as it stands, locked, unless its hires are counted on the one it is the same as."""
    held = actions.held(offer)
    require(permissions.can_edit(by, held))
    if held.closed_why == Offer.Closing.MERGED:
        raise Refused(_("This offer is the same as another one: count the hire there."))
    return held


def _already(token: str) -> list[str]:
    """The records that a hire was counted with."""
    counted = Placement.objects.filter(token=token).values_list("references", flat=True)
    return [reference for references in counted for reference in references]
