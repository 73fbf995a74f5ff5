"""Who may call meetings, prepare them, decide, join; who handles obstacles and calls.

The answer is no unless a line here says yes.
"""

from bassin.parties.access import User, is_officer, roles, writes_for
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes.models import Body, BodyMembership, Framework, Obstacle
from bassin.steer.programmes.permissions import can_see_body, can_see_framework, is_insider


def can_run_bodies(user: User, body: Body | None = None) -> bool:
    """Whether they write bodies, seats, meetings, agendas and decisions: officers."""
    return is_officer(user)


def can_prepare(user: User, body: Body) -> bool:
    """Whether they make the pack of a meeting: officers, for it holds what only they see."""
    return is_officer(user)


def can_see_meeting(user: User, body: Body) -> bool:
    """Agendas and minutes: insiders, and those who sit in the body."""
    return is_insider(user) or sits(user, body)


def sits(user: User, body: Body) -> bool:
    """Whether they, or an organisation of theirs, hold a seat that has not ended."""
    if not isinstance(user, Person):
        return False
    mine = {each.organisation_id for each in roles(user)}
    return any(
        seat.state == BodyMembership.State.HELD
        and seat.ends_on is None
        and (seat.person_id == user.pk or (seat.organisation_id and seat.organisation_id in mine))
        for seat in body.seats.all()
    )


def can_ask_to_join(user: User, body: Body, organisation: Organisation | int | None = None) -> bool:
    """Whether they may ask for a seat: anyone signed in, in an open body they see; in the name of
    an organisation, those who write for it."""
    if not isinstance(user, Person) or not user.is_active or not body.open:
        return False
    if not can_see_body(user, body):
        return False
    return organisation is None or writes_for(user, organisation)


def can_answer_seat(user: User, seat: BodyMembership) -> bool:
    """Whether they accept or decline a request to join: officers, never their own."""
    return is_officer(user) and isinstance(user, Person) and seat.person_id != user.pk


def can_see_balance(user: User, framework: Framework) -> bool:
    """The balance sheet of a framework: who sees the framework and its internal state."""
    return is_insider(user) and can_see_framework(user, framework)


def can_draft_next(user: User, framework: Framework) -> bool:
    """Whether they draft the framework that comes after: officers."""
    return is_officer(user)


def can_handle_obstacles(user: User) -> bool:
    """Whether they read what firms filed, pass it on and answer: officers."""
    return is_officer(user)


def can_see_obstacle(user: User, obstacle: Obstacle) -> bool:
    """Officers, and who filed it when they were signed in."""
    mine = isinstance(user, Person) and obstacle.filed_by_id == user.pk
    return is_officer(user) or mine


def can_match_calls(user: User) -> bool:
    """Whether they say which call is for which action: officers; partners see the proposals."""
    return is_officer(user)


def can_see_calls(user: User) -> bool:
    """Whether they see the calls for projects and what is proposed: insiders."""
    return is_insider(user)
