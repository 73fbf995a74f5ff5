"""Who may do what with forecasts and projects of green jobs. What is not said here is refused.

Everyone reads forecasts, hypotheses and published projects. Officers write hypotheses. A firm's
writers declare its projects, and they alone or an officer who tells how the firm agreed put one on
line.
"""

from bassin.match.skills.models import GreenProject
from bassin.parties.access import User, is_officer, roles, writes_for
from bassin.parties.models import Organisation, Person
from bassin.ui.reader import today


def can_assume(user: User) -> bool:
    """Officers write the hypotheses of forecasts."""
    return is_officer(user)


def can_declare(user: User, firm: Organisation | None = None) -> bool:
    """Officers for any firm; a firm's writers in its name. None: for some firm."""
    if is_officer(user):
        return True
    if firm is None:
        return bool(firms(user))
    return firm.kind == Organisation.Kind.FIRM and writes_for(user, firm)


def can_edit_project(user: User, project: GreenProject) -> bool:
    """Officers; the writers of its firm until it is put away."""
    if is_officer(user):
        return True
    return project.archived_at is None and _writes(user, project)


def can_see_project(user: User, project: GreenProject) -> bool:
    """Everyone once it is on line; else its firm and officers."""
    return project.is_public(today()) or is_officer(user) or _writes(user, project)


def _writes(user: User, project: GreenProject) -> bool:
    return project.firm_id is not None and writes_for(user, project.firm_id)


def firms(user: User) -> list[Organisation]:
    """The firms in whose name they may write."""
    if not isinstance(user, Person):
        return []
    mine = [each.organisation_id for each in roles(user) if writes_for(user, each.organisation_id)]
    return list(Organisation.objects.filter(pk__in=mine, kind=Organisation.Kind.FIRM))
