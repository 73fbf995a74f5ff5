"""Who may do what with the network of campuses. What is not said here is refused.

Everyone reads courses and sites that are shown. Officers keep all of them; a training body keeps
its own. A course that comes from a catalogue is changed in the catalogue, by nobody here.
"""

from bassin.match.skills.models import Catalogue, Course, TrainingBody
from bassin.parties.access import User, is_officer, roles, writes_for
from bassin.parties.models import Organisation, Person


def can_keep(user: User, body: TrainingBody | None = None) -> bool:
    """Officers; the writers of the organisation that keeps a body. None: some body."""
    if is_officer(user):
        return True
    if body is None:
        return bool(organisations(user))
    if body.archived_at is not None or body.organisation_id is None:
        return False
    return writes_for(user, body.organisation_id)


def can_edit_course(user: User, course: Course) -> bool:
    """Who keeps its body, unless it comes from a catalogue or was put away."""
    if course.catalogue_id is not None or course.archived_at is not None:
        return False
    return can_keep(user, course.site.body)


def can_see_course(user: User, course: Course) -> bool:
    """Everyone while it is on the network; else who keeps its body."""
    return Course.objects.shown().filter(pk=course.pk).exists() or can_keep(user, course.site.body)


def can_manage_catalogues(user: User) -> bool:
    """Officers say where courses come from."""
    return is_officer(user)


def can_import(user: User, catalogue: Catalogue) -> bool:
    """Officers; the writers of the organisation that brings a catalogue."""
    if is_officer(user):
        return True
    return catalogue.organisation_id is not None and writes_for(user, catalogue.organisation_id)


def organisations(user: User) -> list[Organisation]:
    """The training bodies, as organisations with an account, in whose name they write."""
    if not isinstance(user, Person):
        return []
    mine = [each.organisation_id for each in roles(user) if writes_for(user, each.organisation_id)]
    return list(Organisation.objects.filter(pk__in=mine, kind=Organisation.Kind.TRAINING_BODY))
