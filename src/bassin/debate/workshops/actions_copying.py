"""Workshops made from another: a copy, the one that follows, a rehearsal."""

from datetime import datetime

from django.db import transaction

from bassin.debate.workshops import permissions
from bassin.debate.workshops.actions_editing import free_code
from bassin.debate.workshops.models import Facilitator, Step, Workshop
from bassin.parties.access import is_officer, require
from bassin.parties.models import Person
from bassin.types import Origin

_SAME = ("text", "place", "languages", "body", "framework", "access", "secrecy", "groups",
         "min_group", "series")  # fmt: skip
_STEP = ("order", "kind", "title", "text", "source", "statement", "minutes", "speaker",
         "reference", "film", "captions", "transcript", "placeholder")  # fmt: skip
_COPY = {"fr": "{title} (copie)", "en": "{title} (copy)"}
_NEXT = {"fr": "{title} (suite)", "en": "{title} (next)"}
_OPENING = {"fr": "Ce que sont devenus vos votes", "en": "What became of your votes"}


def duplicate(workshop: Workshop, *, by: Person, now: datetime) -> Workshop:
    """The same run sheet under another code, in preparation. Statements are shared, not copied."""
    require(permissions.can_prepare(by, workshop))
    title = {key: _COPY.get(key, "{title}").format(title=t) for key, t in workshop.title.items()}
    return _copied(workshop, by, title=title, previous=workshop.previous)


def following(workshop: Workshop, *, by: Person, now: datetime) -> Workshop:
    """The workshop that comes next: it opens on what became of the votes of this one."""
    require(permissions.can_prepare(by, workshop))
    title = {key: _NEXT.get(key, "{title}").format(title=t) for key, t in workshop.title.items()}
    made = _copied(workshop, by, title=title, previous=workshop, apart=Step.Kind.BECAME)
    Step.objects.create(
        workshop=made, order=0, kind=Step.Kind.BECAME, minutes=10, title=dict(_OPENING)
    )
    return made


def rehearsal(workshop: Workshop, *, by: Person, now: datetime) -> Workshop:
    """A copy to try out, marked so: nothing of it is ever shown as a result."""
    require(permissions.can_run(by, workshop))
    return _copied(
        workshop, by, title=dict(workshop.title), rehearsal=True, origin=Origin.INVENTED.value,
        previous=workshop.previous, access=Workshop.Access.CODE,
    )  # fmt: skip


@transaction.atomic
def _copied(workshop: Workshop, by: Person, *, apart: str = "", **facts: object) -> Workshop:
    """A copy; `apart` is a kind of step to leave out."""
    same = {name: getattr(workshop, name) for name in _SAME}
    made = Workshop.objects.create(code=free_code(), **{**same, **facts})
    for step in workshop.steps.exclude(kind=apart):
        Step.objects.create(workshop=made, **{name: getattr(step, name) for name in _STEP})
    people = {each.person_id for each in workshop.facilitators.all()}
    if not is_officer(by):
        people.add(by.pk)
    for person in sorted(people):
        Facilitator.objects.create(workshop=made, person_id=person)
    return made
