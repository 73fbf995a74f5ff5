"""What people do with partners' records. The only place that changes them.

Every verb asks `permissions` first and raises PermissionDenied: a page that forgets to ask opens
nothing.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person
from bassin.steer.partners import permissions, sharing
from bassin.steer.partners.models import (
    CatalogueService,
    Offer,
    PooledProject,
    Quote,
    ServiceRequest,
    Share,
    WatchNote,
)


def write_offer(offer: Offer, *, by: Person, today: date) -> Offer:
    """Keep a service, new or changed, as checked today."""
    require(permissions.can_write_offer(by, offer))
    offer.checked_on = today
    offer.save()
    return offer


def note(seen: WatchNote, *, by: Person, today: date) -> WatchNote:
    """Keep something seen outside."""
    require(permissions.can_note_watch(by))
    seen.noted_by, seen.noted_on = by, today
    seen.save()
    return seen


def archive(offer: Offer, *, by: Person, why: str, now: datetime) -> None:
    """Put a service away, with who and why.

    Raises:
        Refused: no reason is given.
    """
    require(permissions.can_write_offer(by, offer))
    if not why.strip():
        raise Refused(_("Say in a few words why it is put away: others will look for it."))
    offer.archived_at, offer.archived_by, offer.archived_why = now, by, why.strip()[:300]
    offer.save(update_fields=["archived_at", "archived_by", "archived_why"])


def ask(
    service: CatalogueService,
    commune: Organisation,
    *,
    text: str,
    use: int | None,
    by: Person,
    today: date,
) -> ServiceRequest:
    """A commune asks the agency for a service."""
    require(permissions.can_ask(by, commune))
    return ServiceRequest.objects.create(
        service=service, organisation=commune, text=text, use=use, asked_by=by, asked_on=today
    )


@transaction.atomic
def quote(
    request: ServiceRequest,
    *,
    amount_eur: Decimal,
    text: str,
    valid_until: date,
    by: Person,
    today: date,
) -> Quote:
    """Give a price. A later quote replaces it.

    Raises:
        Refused: the request was answered already, or the quote would be over before today.
    """
    require(permissions.can_quote(by))
    held = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    if held.state not in (ServiceRequest.State.ASKED, ServiceRequest.State.QUOTED):
        raise Refused(
            _("This request is “{state}”: a new price needs a new request.").format(
                state=held.get_state_display()
            )
        )
    if valid_until < today:
        raise Refused(
            _("A quote valid until {date} is over already. Give a later date.").format(
                date=valid_until.isoformat()
            )
        )
    made = Quote.objects.create(
        request=held, amount_eur=amount_eur, text=text, given_on=today, valid_until=valid_until
    )
    held.state = ServiceRequest.State.QUOTED
    held.save(update_fields=["state"])
    return made


@transaction.atomic
def answer_quote(
    request: ServiceRequest, *, accept: bool, by: Person, today: date
) -> ServiceRequest:
    """The commune accepts or declines the last quote.

    Raises:
        Refused: there is no quote to answer, or it is over.
    """
    require(permissions.can_answer_quote(by, request))
    held = ServiceRequest.objects.select_for_update().get(pk=request.pk)
    last = held.quotes.first()
    if held.state != ServiceRequest.State.QUOTED or last is None:
        raise Refused(_("There is no quote to answer: ask the agency for one."))
    if accept and last.valid_until < today:
        raise Refused(
            _("The quote was valid until {date}. Ask the agency for a new one.").format(
                date=last.valid_until.isoformat()
            )
        )
    states = ServiceRequest.State
    held.state = states.ACCEPTED if accept else states.DECLINED
    held.save(update_fields=["state"])
    return held


@transaction.atomic
def pool(
    project: PooledProject, populations: dict[int, int | None], *, by: Person, today: date
) -> list[Share]:
    """Decide a pooled project: freeze what each commune pays, whose sum is the total.

    Args:
        populations: inhabitants by organisation, as the observatory counts them; None when unknown.

    Raises:
        Refused: no request was accepted, or a number that the key needs is not known.
    """
    require(permissions.can_quote(by))
    held = PooledProject.objects.select_for_update().get(pk=project.pk)
    if held.decided_on is not None:
        raise Refused(_("This project was decided on {date}.").format(date=held.decided_on))
    accepted = held.requests.filter(state=ServiceRequest.State.ACCEPTED, archived_at=None)
    bodies: dict[int, Organisation] = {}
    uses: dict[int, list[int | None]] = {}
    for each in accepted.select_related("organisation").order_by("organisation_id"):
        bodies[each.organisation_id] = each.organisation
        uses.setdefault(each.organisation_id, []).append(each.use)
    payers = [
        sharing.Payer(body.name, populations.get(pk), _total(uses[pk]))
        for pk, body in bodies.items()
    ]
    parts = sharing.weights(payers, held.key)
    amounts = sharing.shares(held.total_eur, parts)
    made = [  # one by one: the audit says who will pay what, and sees no bulk
        Share.objects.create(
            project=held, organisation=body, amount_eur=amounts[body.name],
            why=f"{held.get_key_display()}: {parts[body.name]:.4f}",
        )
        for body in bodies.values()
    ]  # fmt: skip
    held.decided_on = today
    held.save(update_fields=["decided_on"])
    return made


def _total(uses: list[int | None]) -> int | None:
    known = [each for each in uses if each is not None]
    return sum(known) if len(known) == len(uses) else None
