"""Who may prepare, run, see and publish a workshop. The answer is no unless a line says yes.

Answering needs no account: it needs a ticket, which `voting.py` checks.
"""

from bassin.debate.workshops.models import Series, Statement, Workshop
from bassin.parties.access import User, is_elected, is_officer, is_partner
from bassin.parties.models import Person

_OPEN = {Workshop.State.LOBBY.value, Workshop.State.LIVE.value}
_PUBLIC = {Workshop.State.PUBLISHED.value, Workshop.State.ARCHIVED.value}


def can_prepare(user: User, workshop: Workshop | None = None) -> bool:
    """Whether they write workshops, steps and statements: officers, and its facilitators."""
    return is_officer(user) or (workshop is not None and _facilitates(user, workshop))


def can_run(user: User, workshop: Workshop) -> bool:
    """Whether they open, close, reveal and moderate: officers, and its facilitators."""
    return is_officer(user) or _facilitates(user, workshop)


def can_name_facilitators(user: User, workshop: Workshop) -> bool:
    """Whether they say who runs it: officers."""
    return is_officer(user)


def can_publish(user: User, workshop: Workshop) -> bool:
    """Whether they validate and publish minutes: officers."""
    return is_officer(user)


def can_see_results(user: User, workshop: Workshop) -> bool:
    """Its synthesis: everyone once published; before, who runs it, elected officials, partners of
    a workshop that has closed."""
    if workshop.archived_at is None and workshop.state in _PUBLIC and not workshop.rehearsal:
        return True
    if can_run(user, workshop):
        return True
    insider = is_elected(user) or is_partner(user)
    return insider and workshop.state == Workshop.State.CLOSED and not workshop.rehearsal


def can_join(user: User, workshop: Workshop) -> bool:
    """Whoever has the code, while the doors are open."""
    return workshop.archived_at is None and workshop.state in _OPEN


def can_see_series(user: User, series: Series) -> bool:
    """A series shown to everyone, or all of them for officers."""
    return series.public or is_officer(user)


def can_edit_statement(user: User, statement: Statement | None = None) -> bool:
    """Whether they write statements that several workshops share: officers."""
    return is_officer(user)


def _facilitates(user: User, workshop: Workshop) -> bool:
    if not isinstance(user, Person) or not user.is_active:
        return False
    return any(each.person_id == user.pk for each in workshop.facilitators.all())
