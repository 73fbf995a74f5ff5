"""Decisions as pages show them, with their evidence resolved to the records it names."""

from dataclasses import dataclass

from django.urls import reverse

from bassin import systems
from bassin.commons import permissions as shared
from bassin.commons.models import Document
from bassin.parties.access import User
from bassin.steer.programmes import permissions, words
from bassin.steer.programmes.models import Action, Decision
from bassin.steer.programmes.views.common import action_url


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: its words, and its address when there is one to open."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as a page shows it."""

    pk: int
    day: str
    kind: str
    text: str
    evidence: tuple[Proof, ...]
    action: Proof | None
    node: str
    meeting: str
    superseded: str
    origin: str


def told(decision: Decision, user: User) -> Told:
    """A decision with its evidence; an action that one may not see is not named."""
    action = decision.action
    shown = action if action is not None and permissions.can_see(user, action) else None
    later = decision.superseded_by
    return Told(
        pk=decision.pk,
        day=words.day(decision.on),
        kind=str(decision.get_kind_display()),
        text=decision.text,
        evidence=tuple(proof(each, user) for each in decision.evidence),
        action=Proof(shown.title, action_url(shown.pk)) if shown else None,
        node=str(decision.node or ""),
        meeting=reverse("programmes:meeting", args=[decision.meeting_id])
        if decision.meeting_id
        else "",
        superseded=words.day(later.on) if later else "",
        origin=decision.origin,
    )


def proof(reference: str, user: User) -> Proof:
    """The record behind a reference; a dead one is shown as it was written."""
    if reference.startswith(("https://", "http://")):
        return Proof(reference, reference)
    if reference.startswith("commons:document:"):
        return _document(reference, user)
    found = systems.resolve(reference, words.language())
    if found:
        return Proof(found.title, found.url)
    # What a system resolves for everyone is public; an action may be shown to some.
    action = Action.objects.filter(ref=reference).first()
    if action is not None and permissions.can_see(user, action):
        return Proof(action.title, action_url(action.pk))
    return Proof(reference)


def _document(reference: str, user: User) -> Proof:
    key = reference.rpartition(":")[2]
    found = Document.objects.filter(pk=key).first() if key.isdecimal() else None
    if found is None or not shared.can_see(user, found):
        return Proof(reference)
    return Proof(found.title, reverse("shared:document", args=[found.pk]))
