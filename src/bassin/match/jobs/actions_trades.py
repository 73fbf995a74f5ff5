"""What people do to present trades: propose, put on line, refuse, take off."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bassin.commons import actions as shared
from bassin.commons.models import Document, Visibility
from bassin.errors import Refused
from bassin.match.jobs import permissions_recruiting as permissions
from bassin.match.jobs.models import TradeShown
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

LONGEST = 3 * 365
"""Days that a presentation may be shown at most before its people are asked again."""

REFERENCE = "jobs:shown:"
"""How a picture says which presentation it belongs to."""

_KIND, _STATE = TradeShown.Kind, TradeShown.State


@transaction.atomic
def propose(
    *, by: Person, today: date, organisation: Organisation | None = None,
    picture: File | None = None, **fields: Any,
) -> TradeShown:  # fmt: skip
    """Present a trade: on line at once when an officer does it, reviewed first otherwise.

    Raises:
        Refused: a picture without words or rights, a person without their agreement, a wrong day.
    """
    made = TradeShown(organisation=organisation, written_by=by, written_on=today, **fields)
    require(permissions.can_present(by, made))
    _judge(made, today, pictured=picture is not None)
    made.state = _STATE.SHOWN if permissions.can_review(by) else _STATE.PROPOSED
    made.save()
    if picture is not None:
        _hang(made, picture, by)
    return made


@transaction.atomic
def change(
    made: TradeShown, *, by: Person, today: date, picture: File | None = None, **fields: Any
) -> TradeShown:
    """Change a presentation; what somebody else than an officer changed is reviewed again.

    Raises:
        Refused: it was taken off, or it would lack something.
    """
    kept = _held(made)
    require(permissions.can_present(by, kept))
    if kept.archived_at is not None:
        raise Refused(_("This presentation was taken off: make another one."))
    for name, value in fields.items():
        setattr(kept, name, value)
    require(permissions.can_present(by, kept))  # nobody gives it to an organisation not theirs
    _judge(kept, today, pictured=picture is not None or kept.picture is not None)
    if not permissions.can_review(by):
        kept.state, kept.refused_why = _STATE.PROPOSED, ""
    kept.save()
    if picture is not None:
        _hang(kept, picture, by)
    return kept


def _hang(made: TradeShown, picture: File, by: Person) -> None:
    """Give it a picture; the one before is deleted, file included."""
    before = made.picture
    made.picture = shared.add_document(
        by=by, title=made.title, file=picture, visibility=Visibility.PUBLIC.value,
        reference=made.reference,
    )  # fmt: skip
    made.save(update_fields=["picture"])
    if before is not None:
        shared.discard(before)


def _take_down(made: TradeShown) -> None:
    """Delete its picture, file included."""
    before, made.picture = made.picture, None
    made.save(update_fields=["picture"])
    if before is not None:
        shared.discard(before)


def forget_pictures(today: date) -> int:
    """Delete the pictures whose last day has passed, of what was taken off, and of nothing any
    more (whoever was seen asked to be forgotten); how many.
    """
    over = TradeShown.objects.filter(picture__isnull=False).filter(
        Q(shown_until__lt=today) | Q(archived_at__isnull=False)
    )
    count = 0
    for made in over:
        with transaction.atomic():
            _take_down(_held(made))
            count += 1
    hung = TradeShown.objects.filter(picture__isnull=False).values("picture")
    for left in Document.objects.filter(reference__startswith=REFERENCE).exclude(pk__in=hung):
        shared.discard(left)
        count += 1
    return count


def _held(made: TradeShown) -> TradeShown:
    return TradeShown.objects.select_for_update(of=("self",)).get(pk=made.pk)


def _judge(made: TradeShown, today: date, *, pictured: bool) -> None:
    if made.kind == _KIND.PICTURE and not (pictured and made.alt and made.rights):
        raise Refused(
            _("A picture needs its file, what one sees in words, its author and its licence.")
        )
    if made.kind == _KIND.TESTIMONY and not (made.text and made.agreed_on):
        raise Refused(_("A testimony needs its words, and the day on which the person agreed."))
    if made.person_name and not made.agreed_on:
        raise Refused(_("Give the day on which the person named agreed to be shown."))
    if not today <= made.shown_until <= today + timedelta(days=LONGEST):
        raise Refused(_("It is shown until a day to come, within three years."))
    try:
        made.clean_fields(exclude=["organisation", "event", "picture", "written_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


@transaction.atomic
def review(made: TradeShown, *, by: Person, today: date, why: str = "") -> TradeShown:
    """Put it on line, or send it back with the reason.

    Raises:
        Refused: its last day has passed.
    """
    require(permissions.can_review(by))
    kept = _held(made)
    if why.strip():
        kept.state, kept.refused_why = _STATE.REFUSED, why.strip()
    else:
        _judge(kept, today, pictured=kept.picture is not None)
        kept.state, kept.refused_why = _STATE.SHOWN, ""
    kept.save()
    return kept


@transaction.atomic
def take_off(made: TradeShown, *, by: Person, why: str, now: datetime) -> None:
    """Take it off line at once, its picture deleted: who is shown, or who shows it, asked."""
    kept = _held(made)
    require(permissions.can_present(by, kept))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    kept.archived_at, kept.archived_by, kept.archived_why = now, by, why.strip()[:300]
    kept.save(update_fields=["archived_at", "archived_by", "archived_why"])
    _take_down(kept)
