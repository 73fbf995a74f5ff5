"""What people do to present trades: propose, put on line, refuse, take off."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import actions as shared
from bassin.commons.models import Visibility
from bassin.errors import Refused
from bassin.match.jobs import permissions_recruiting as permissions
from bassin.match.jobs.models import TradeShown
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

LONGEST = 3 * 365
"""Days that a presentation may be shown at most before its people are asked again."""

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
    if picture is not None:
        made.picture = shared.add_document(
            by=by, title=made.title, file=picture, visibility=Visibility.PUBLIC.value
        )
    _judge(made, today)
    made.state = _STATE.SHOWN if permissions.can_review(by) else _STATE.PROPOSED
    made.save()
    return made


def _judge(made: TradeShown, today: date) -> None:
    if made.kind == _KIND.PICTURE and not (made.picture and made.alt and made.rights):
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
    kept = TradeShown.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if why.strip():
        kept.state, kept.refused_why = _STATE.REFUSED, why.strip()
    else:
        _judge(kept, today)
        kept.state, kept.refused_why = _STATE.SHOWN, ""
    kept.save()
    return kept


@transaction.atomic
def take_off(made: TradeShown, *, by: Person, why: str, now: datetime) -> None:
    """Take it off line at once: the person shown, or the organisation, asked."""
    require(permissions.can_present(by, made))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    made.archived_at, made.archived_by, made.archived_why = now, by, why.strip()[:300]
    made.save(update_fields=["archived_at", "archived_by", "archived_why"])
