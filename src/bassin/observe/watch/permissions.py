"""Who may see a signal and handle it. The answer is no unless a line here says yes.

Officers see every signal. A partner sees those that its people noted or that were entrusted to it.
Elected officials, firms and visitors see none: a list of firms at risk would sink them.
"""

from bassin.observe.watch.models import Signal, Subscription
from bassin.parties.access import User, is_officer, roles, writes_for
from bassin.parties.models import Organisation, Person

_NOT_PARTNERS = {Organisation.Kind.FIRM.value, Organisation.Kind.AUTHORITY.value}


def partners_of(user: User) -> list[int]:
    """The partner organisations in whose name they may act."""
    return sorted({
        each.organisation_id for each in roles(user)
        if each.organisation_kind not in _NOT_PARTNERS and writes_for(user, each.organisation_id)
    })  # fmt: skip


def can_enter(user: User) -> bool:
    """Whether the watch has a page for them: officers, and partners' advisers."""
    return is_officer(user) or bool(partners_of(user))


def can_see(user: User, signal: Signal) -> bool:
    """Officers every signal; a partner those of its circle."""
    if is_officer(user):
        return True
    mine = partners_of(user)
    return bool(mine) and signal.circles.filter(organisation__in=mine).exists()


def can_note(user: User) -> bool:
    """Whether they may tell what they know of a firm: who enters."""
    return can_enter(user)


def can_handle(user: User, signal: Signal) -> bool:
    """Assign, put off, close: officers."""
    return is_officer(user) and signal.withdrawn_on is None


def can_contact(user: User, signal: Signal) -> bool:
    """Say that the firm was contacted, or add a remark: whoever sees it."""
    return signal.withdrawn_on is None and can_see(user, signal)


def can_share(user: User, signal: Signal) -> bool:
    """Entrust it to a partner: officers."""
    return can_handle(user, signal)


def can_rate(user: User, signal: Signal) -> bool:
    """Say what the alert was worth: whoever sees it."""
    return can_see(user, signal)


def can_look(user: User) -> bool:
    """Ask the watch to look now: officers."""
    return is_officer(user)


def can_suppose(user: User) -> bool:
    """Write crisis scenarios, and read those of others: officers."""
    return is_officer(user)


def can_subscribe(user: User) -> bool:
    """Be told of signals: who enters."""
    return can_enter(user)


def can_change(user: User, subscription: Subscription) -> bool:
    """Whose it is, and nobody else."""
    return isinstance(user, Person) and user.is_active and subscription.person_id == user.pk
