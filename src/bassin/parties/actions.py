"""What people do with accounts and organisations. One function per verb; pages call these."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties import permissions
from bassin.parties.access import is_officer
from bassin.parties.adapters import service_name
from bassin.parties.mail import forget, sending
from bassin.parties.models import Invitation, Membership, Organisation, Person

INVITATION_DAYS = 14
Address = Callable[[str], str]
"""Gives the whole address of the page of a token."""


def change_profile(person: Person, *, name: str, telephone: str, language: str) -> Person:
    """What a person says of themselves."""
    person.name, person.telephone, person.language = name.strip(), telephone.strip(), language
    person.save(update_fields=["name", "telephone", "language"])
    return person


def change_address(person: Person, address: str, *, keep: str) -> str | None:
    """Sign in by another address, proven beforehand; the person's other sessions end.

    Args:
        keep: the key of the session that stays open.

    Returns:
        The address of before, to which it is to be told.

    Raises:
        Refused: someone else has taken this address meanwhile.
    """
    old = person.email
    try:
        with transaction.atomic():
            person.email = address
            person.save(update_fields=["email"])
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    except IntegrityError as error:
        person.email = old
        raise Refused(
            _("{address} signs in to another account by now.").format(address=address)
        ) from error
    for session in UserSession.objects.filter(user=person).exclude(session_key=keep):
        session.end()
    if old:
        forget(old)
    return old


def unlink(held: SocialAccount) -> None:
    """Take an account held elsewhere off a person's own: they sign in by a code from now on.

    Raises:
        Refused: they have no address to which a code could be sent.
    """
    if not held.user.email:
        raise Refused(_("Without an e-mail address, you could sign in no more."))
    held.delete()


def add_organisation(
    *, by: Person, name: str, kind: str, short: str = "", siret: str = "", page: str = ""
) -> Organisation:
    """A body that people will act for.

    Raises:
        Refused: the authority is there already, or an organisation has this SIRET.
    """
    _allow(permissions.can_add_organisation(by))
    alone = Organisation.Kind.AUTHORITY
    if kind == alone and Organisation.objects.filter(kind=alone).exists():
        raise Refused(_("This service has its authority already. Choose another kind."))
    slug = slugify(short or name)[:80] or "organisation"
    if Organisation.objects.filter(slug=slug).exists():
        slug = f"{slug[:70]}-{secrets.token_hex(3)}"
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                slug=slug, name=name.strip(), kind=kind, short=short.strip(), page=page,
                siret=siret or None, siren=siret[:9],
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            _("An organisation with the SIRET {siret} is known already.").format(siret=siret)
        ) from error


@transaction.atomic
def invite(
    organisation: Organisation, email: str, role: str, *, by: Person, now: datetime,
    address: Address,
) -> Invitation:  # fmt: skip
    """Offer a seat by e-mail. The link holds a token; only its digest is kept.

    Raises:
        Refused: they have this role already, or an invitation of the same kind waits.
    """
    _allow(permissions.can_manage_members(by, organisation))
    email = email.strip().lower()
    today = timezone.localdate(now)
    seats = Membership.objects.on(today).filter(organisation=organisation, role=role)
    if seats.filter(person__email=email).exists():
        raise Refused(_("{email} has this role already.").format(email=email))
    waiting = organisation.invitations.filter(
        email=email, role=role, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    if waiting.exists():
        raise Refused(
            _("{email} was invited already. Send that invitation again.").format(email=email)
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, invited_by=by,
        token_digest=digest(token), sent_at=now, expires_at=now + timedelta(INVITATION_DAYS),
    )  # fmt: skip
    _send(invitation, address(token))
    return invitation


@transaction.atomic
def send_again(
    invitation: Invitation, *, by: Person, now: datetime, address: Address
) -> Invitation:
    """Send a new link, good for another fourteen days; the one sent before opens nothing.

    Raises:
        Refused: it was accepted or taken back.
    """
    _allow(permissions.can_handle_invitation(by, invitation))
    _still_open(invitation)
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest(token)
    invitation.sent_at, invitation.expires_at = now, now + timedelta(INVITATION_DAYS)
    invitation.save(update_fields=["token_digest", "sent_at", "expires_at"])
    _send(invitation, address(token))
    return invitation


def withdraw(invitation: Invitation, *, by: Person, now: datetime) -> Invitation:
    """Take an invitation back: its link opens nothing any more.

    Raises:
        Refused: it was accepted already; end the role instead.
    """
    _allow(permissions.can_handle_invitation(by, invitation))
    _still_open(invitation)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: Person, now: datetime) -> Membership:
    """Take the seat, from today on.

    Raises:
        Refused: it is too old, was used or taken back, or was sent to someone else.
    """
    kept = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _still_open(kept)
    if kept.expires_at <= now:
        raise Refused(_("This invitation is too old. Ask for another one."))
    if not permissions.can_accept_invitation(by, kept):
        raise Refused(
            _("This invitation was sent to another address than {yours}. Sign out, then sign in "
              "with the address that received it.").format(yours=by.email)
        )  # fmt: skip
    today = timezone.localdate(now)
    seat, _made = Membership.objects.get_or_create(
        person=by, organisation=kept.organisation, role=kept.role, ends_on=None,
        defaults={"starts_on": today},
    )  # fmt: skip
    kept.accepted_at, kept.accepted_by = now, by
    kept.save(update_fields=["accepted_at", "accepted_by"])
    by.__dict__.pop("_roles", None)
    return seat


@transaction.atomic
def let_in(
    organisation: Organisation, person: Person, role: str, *, by: Person, today: date
) -> Membership:
    """Give a seat to somebody who asked for it, and whose address is proven; from today on.

    Raises:
        Refused: they hold it already.
    """
    _allow(permissions.can_manage_members(by, organisation))
    seats = Membership.objects.on(today).filter(organisation=organisation, person=person)
    if seats.filter(role=role).exists():
        raise Refused(_("{email} has this role already.").format(email=person.email))
    return Membership.objects.create(
        person=person, organisation=organisation, role=role, starts_on=today
    )


@transaction.atomic
def end_role(membership: Membership, *, by: Person, last_day: date, today: date) -> Membership:
    """Write the last day of a role. What was done in its name stays.

    Raises:
        Refused: the day is before its first, the role has ended, they would prolong their own, or
            nobody would be left to let others in. An officer may end even that one, except at the
            authority.
    """
    _allow(permissions.can_end_role(by, membership))
    if membership.ends_on is not None and membership.ends_on < today:
        raise Refused(_("This role has ended already."))
    end = membership.ends_on
    manages = permissions.can_manage_members(by, membership.organisation)
    if end is not None and last_day > end and not manages:
        raise Refused(
            _(
                "This role ends on {day}. Only someone who manages the members may prolong it."
            ).format(day=end.isoformat())
        )
    if last_day < membership.starts_on:
        raise Refused(
            _("This role began on {day}: its last day cannot be before.").format(
                day=membership.starts_on.isoformat()
            )
        )
    if not _may_lose(membership, by, today):
        raise Refused(_("They are the last administrator. Name another one first."))
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])
    by.__dict__.pop("_roles", None)
    return membership


@transaction.atomic
def appoint_administrator(email: str, *, name: str, authority: str, today: date) -> Membership:
    """The authority's first administrator, named from the machine's own console.

    Raises:
        Refused: the account is new and has no name.
    """
    email = email.strip().lower()
    person = Person.objects.filter(email=email).first()
    if person is None and not name:
        raise Refused(_("{email} has no account yet: give a name as well.").format(email=email))
    person = person or Person.objects.create_user(email, name=name)
    kind = Organisation.Kind.AUTHORITY
    body = Organisation.objects.filter(kind=kind).first() or Organisation.objects.create(
        kind=kind, name=authority, slug=slugify(authority)[:80] or "authority"
    )
    seat, _made = Membership.objects.get_or_create(
        person=person, organisation=body, role=Membership.Role.ADMINISTRATOR, ends_on=None,
        defaults={"starts_on": today},
    )  # fmt: skip
    return seat


@transaction.atomic
def forget_second_factor(email: str) -> Person:
    """For someone whose telephone and recovery codes are lost; their sessions end.

    Raises:
        Refused: nobody has this address.
    """
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise Refused(_("Nobody signs in with {email}.").format(email=email))
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    return person


def digest(token: str) -> str:
    """What is kept of the token of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _may_lose(membership: Membership, by: Person, today: date) -> bool:
    """Whether the organisation can do without this role: someone else lets people in."""
    organisation = membership.organisation
    if membership.role != Membership.Role.ADMINISTRATOR:
        return True
    if organisation.kind != Organisation.Kind.AUTHORITY and is_officer(by):
        return True
    seats = Membership.objects.on(today).filter(
        organisation=organisation, role=Membership.Role.ADMINISTRATOR, ends_on=None
    )
    return seats.exclude(pk=membership.pk).exists()


def _allow(allowed: bool) -> None:
    if not allowed:
        raise Refused(_("You cannot do this with your roles of today."))


def _still_open(invitation: Invitation) -> None:
    if invitation.withdrawn_at:
        raise Refused(_("This invitation was taken back. Ask for another one."))
    if invitation.accepted_at:
        raise Refused(_("This invitation was used already."))


def _send(invitation: Invitation, link: str) -> None:
    """After the transaction: an e-mail cannot be rolled back."""
    told = {"invitation": invitation, "link": link, "service": service_name()}
    # A name may hold a line end, which a subject may not.
    subject = " ".join(render_to_string("parties/email/invitation_subject.txt", told).split())
    text = render_to_string("parties/email/invitation_message.txt", told).strip()

    def send() -> None:
        with sending():
            send_mail(subject, text, None, [invitation.email])

    transaction.on_commit(send)
