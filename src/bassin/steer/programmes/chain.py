"""What Piloter says to a chain: the actions born of its records, for who may see them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.chain import Step, Subject
from bassin.parties.access import User
from bassin.parties.models import Person
from bassin.steer.programmes import figures, permissions, words
from bassin.steer.programmes.links import idea
from bassin.steer.programmes.models import Action
from bassin.systems import Taking
from bassin.types import Text
from bassin.ui.reader import today


def step(subject: Subject, person: User, language: str) -> Step | None:
    """The actions that name a record of the chain; what this person may not see is not counted."""
    found = Action.objects.visible_to(person).kept().filter(source__in=subject.references)
    listed = list(found.select_related("holder").prefetch_related("milestones"))
    then = [each for each in listed if each.starts_on is None or each.starts_on <= subject.day]
    begun = then if subject.day < today() else listed
    context = {
        "actions": [_told(each, language) for each in begun], "later": len(listed) - len(begun),
    }  # fmt: skip
    first = begun[0] if begun else None
    return Step(
        "done" if begun else "todo", _said(begun), "programmes/_chain.html", context,
        on=first.starts_on if first else None,
        who=str(first.holder) if first and first.holder else "",
        todo=() if begun else _todo(subject, person, language),
    )  # fmt: skip


def _said(actions: Sequence[Action]) -> str:
    if not actions:
        return _("No action of a programme answers it yet.")
    return ngettext(
        "{n} action of the programme answers it", "{n} actions of the programmes answer it",
        len(actions),
    ).format(n=len(actions))  # fmt: skip


def _told(action: Action, language: str) -> dict[str, Any]:
    steps = list(action.milestones.all())
    done = sum(each.done_on is not None for each in steps)
    coming = [each for each in steps if each.done_on is None]
    contributions = list(action.contributions.prefetch_related("targets"))
    return {
        "title": Text(action.title, action.title_en).say(language), "holder": action.holder,
        "url": reverse("programmes:action", kwargs={"pk": action.pk}),
        "stage": words.stage(action.lifecycle), "starts_on": action.starts_on,
        "ends_on": action.ends_on, "steps": len(steps), "done": done,
        "next": coming[0] if coming else None, "origin": action.origin,
        "figures": figures.moved(contributions, today()),
    }  # fmt: skip


def _todo(subject: Subject, person: User, language: str) -> tuple[Taking, ...]:
    """Where it is proposed: whoever may write one writes an idea, which its owners then judge."""
    if not subject.references or not _may(person):
        return ()
    made = idea(subject.references[0], "", language)
    label = Text("Proposer une action au programme", "Propose an action to the programme")
    return (Taking(label, made.url),)


def _may(person: User) -> bool:
    if permissions.can_create(person):
        return True
    held = person.memberships.all() if isinstance(person, Person) else ()
    return any(permissions.can_create(person, each.organisation_id) for each in held)
