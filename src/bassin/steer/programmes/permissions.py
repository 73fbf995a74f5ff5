"""Who may see and change what in Piloter. The answer is no unless a line here says yes.

Officers see and write everything. A holder's people see, edit and report their own actions. Pilots
and elected referents see theirs and report. Partners and elected officials see what is shown to
partners. Visitors see what is public. What is confidential stays between officers, the holder and
those named on the sheet.
"""

from bassin.commons.models import Visibility
from bassin.parties.access import (
    User,
    belongs,
    is_elected,
    is_officer,
    is_partner,
    roles,
    writes_for,
)
from bassin.parties.models import Organisation, Person
from bassin.steer.programmes.models import (
    Action,
    ActionRole,
    Body,
    Commitment,
    Decision,
    Framework,
)

_REPORTING = {ActionRole.Role.PILOT.value, ActionRole.Role.REFERENT.value}


def is_insider(user: User) -> bool:
    """Whether they see what is shown to partners."""
    return is_officer(user) or is_partner(user) or is_elected(user)


def can_see_room(user: User) -> bool:
    """Whether they see the boards that are not public: any insider."""
    return is_insider(user)


def can_see_framework(user: User, framework: Framework) -> bool:
    """Public ones are everyone's; a draft is seen by officers and by who owns it."""
    if is_officer(user):
        return True
    if framework.archived_at is not None:
        return False
    if framework.state == Framework.State.DRAFT:
        return framework.owner_id is not None and belongs(user, framework.owner_id)
    return framework.public or is_insider(user)


def can_edit_framework(user: User, framework: Framework | None = None) -> bool:
    """Officers only; None asks whether they may make one."""
    return is_officer(user)


def can_import(user: User) -> bool:
    """Whether they may bring an existing plan in, and see the imports under review: officers."""
    return is_officer(user)


def named_roles(user: User, action: Action) -> set[str]:
    """The roles by which an action names them, themselves or through their organisation."""
    if not isinstance(user, Person):
        return set()
    mine = {each.organisation_id for each in roles(user)}
    return {
        each.role
        for each in action.roles.all()
        if each.person_id == user.pk or (each.organisation_id and each.organisation_id in mine)
    }


def can_see(user: User, action: Action) -> bool:
    """Whether they may see an action and its sheet."""
    if is_officer(user):
        return True
    if action.archived_at is not None:
        return False
    if action.visibility == Visibility.PUBLIC and not action.confidential:
        return True
    if action.holder_id is not None and belongs(user, action.holder_id):
        return True
    if action.visibility == Visibility.PARTNERS and not action.confidential and is_insider(user):
        return True
    named = named_roles(user, action)
    return bool(named & _REPORTING) if action.confidential else bool(named)


def can_create(user: User, holder: Organisation | int | None = None) -> bool:
    """Officers for anyone; an organisation's writers for their own, as an idea."""
    if is_officer(user):
        return True
    return holder is not None and is_partner(user) and writes_for(user, holder)


def can_edit(user: User, action: Action) -> bool:
    """Whether they may change an action, its milestones, money and figures."""
    if is_officer(user):
        return action.archived_at is None
    return (
        action.archived_at is None
        and action.holder_id is not None
        and writes_for(user, action.holder_id)
    )


def can_report(user: User, action: Action) -> bool:
    """Whether they may say how an action goes: who edits it, its pilots, its elected referent."""
    if action.archived_at is not None:
        return False
    return can_edit(user, action) or bool(named_roles(user, action) & _REPORTING)


def can_place(user: User, action: Action) -> bool:
    """Whether they may put an action into a framework or take it out: officers."""
    return is_officer(user)


def can_archive(user: User, action: Action) -> bool:
    """Whether they may put an action away: officers."""
    return is_officer(user)


def can_review(user: User, action: Action) -> bool:
    """Whether they may judge a contribution: officers, never the holder of their own claim."""
    return is_officer(user)


def can_see_internal(user: User, action: Action) -> bool:
    """Money asked for and not yet answered, and what blocks: not for everyone's eyes."""
    return is_insider(user) and can_see(user, action)


def can_see_signatory(user: User, organisation: Organisation) -> bool:
    """Each signatory's page: insiders, and its own people."""
    return is_insider(user) or belongs(user, organisation)


def can_keep_promise(user: User, commitment: Commitment) -> bool:
    """Whether they may say that a promise was kept, with its evidence: officers, who promised."""
    return is_officer(user) or writes_for(user, commitment.organisation_id)


def can_see_body(user: User, body: Body) -> bool:
    """Public bodies are everyone's; the others are for insiders."""
    return body.public or is_insider(user)


def can_see_decision(user: User, decision: Decision) -> bool:
    """Public decisions are everyone's; the others are for insiders."""
    return decision.public or is_insider(user)
