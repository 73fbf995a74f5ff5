"""What people do with calls for projects: write one, and say which action it is for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.parties.access import require
from bassin.parties.models import Person
from bassin.steer.programmes import permissions_governance as permissions
from bassin.steer.programmes.models import Action, Call, CallMatch

FULL = 100

CALL_FIELDS = (
    "title", "funder", "text", "themes", "kinds", "opens_on", "closes_on", "funding_pct", "url",
    "source",
)  # fmt: skip


def write_call(
    *, typed: Mapping[str, Any], by: Person, today: date, call: Call | None = None
) -> Call:
    """Write a call, or change it.

    Raises:
        Refused: it closes before it opens, or funds more than everything.
    """
    require(permissions.can_match_calls(by) and set(typed) <= set(CALL_FIELDS))
    record = call or Call()
    for name, value in typed.items():
        setattr(record, name, value)
    if record.opens_on and record.closes_on and record.closes_on < record.opens_on:
        raise Refused(_("It would close before it opens. Change one of the two dates."))
    if record.funding_pct is not None and not 0 < record.funding_pct <= FULL:
        raise Refused(_("The share funded is above 0 and at most 100 %."))
    record.save()
    return record


@transaction.atomic
def settle(
    call: Call, action: Action, *, state: str, why: str = "", by: Person, today: date
) -> CallMatch:
    """Say that a call is to be prepared for an action, was submitted, or is not for it.

    Raises:
        Refused: it is dismissed without a reason, or retained once the call is closed.
    """
    require(permissions.can_match_calls(by))
    if state == CallMatch.State.DISMISSED and not why.strip():
        raise Refused(_("Say why it is not for this action: nobody will look again."))
    closed = call.closes_on is not None and call.closes_on < today
    if state == CallMatch.State.RETAINED and closed:
        raise Refused(_("This call is closed: nothing can be prepared for it."))
    made, _fresh = CallMatch.objects.update_or_create(
        call=call,
        action=action,
        defaults={"state": state, "why": why.strip(), "decided_on": today},
    )
    return made
