"""What people do with subscriptions: make one, take it off, change its secret address."""

from datetime import date

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.observe.watch import permissions
from bassin.observe.watch.models import Subscription
from bassin.observe.watch.models.subscriptions import new_token
from bassin.parties.access import require
from bassin.parties.models import Person

MOST = 20
"""Subscriptions that one person may have."""


def subscribe(
    *, by: Person, today: date, name: str, communes: list[str], naf: str, kinds: list[str],
    selection: str, weekly: bool,
) -> Subscription:  # fmt: skip
    """Be told of what is asked for.

    Raises:
        Refused: they follow too much, or have one of that name.
    """
    require(permissions.can_subscribe(by))
    mine = Subscription.objects.filter(person=by)
    told = " ".join(name.split())
    if mine.filter(name=told).exists():
        raise Refused(_("You have a subscription of that name: give this one another."))
    if mine.count() >= MOST:
        raise Refused(_("You have twenty subscriptions already: take one off first."))
    return Subscription.objects.create(
        person=by, name=told, communes=" ".join(communes), naf=naf, kinds=" ".join(kinds),
        selection=selection, weekly=weekly, made_on=today,
    )  # fmt: skip


def remove(one: Subscription, *, by: Person) -> None:
    """Take it off: its feed answers no more."""
    require(permissions.can_change(by, one))
    one.delete()


def renew(one: Subscription, *, by: Person) -> None:
    """Give its feed another secret address: the old one answers no more."""
    require(permissions.can_change(by, one))
    one.token = new_token()
    one.save(update_fields=["token"])
