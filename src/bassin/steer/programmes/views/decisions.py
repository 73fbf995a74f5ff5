"""Decisions as pages show them, with their evidence resolved to the records it names."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from bassin import systems
from bassin.commons import permissions as shared
from bassin.commons.models import Document
from bassin.parties.access import User
from bassin.steer.programmes import permissions, words
from bassin.steer.programmes import permissions_governance as rights
from bassin.steer.programmes.models import Action, Decision
from bassin.steer.programmes.models.frameworks import spoken
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
    superseded: Proof | None
    supersedes: tuple[Proof, ...]
    change: str
    prove: str
    origin: str


def listed(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The same decisions, with what their telling reads."""
    read = decisions.select_related("action", "node", "meeting", "body", "superseded_by__body")
    return read.prefetch_related("supersedes__body__seats", "superseded_by__body__seats")


def told(decision: Decision, user: User) -> Told:
    """A decision with its evidence; an action that one may not see is not named."""
    action = decision.action
    shown = action if action is not None and permissions.can_see(user, action) else None
    return Told(
        pk=decision.pk,
        day=words.day(decision.on),
        kind=str(decision.get_kind_display()),
        text=decision.said,
        evidence=tuple(proof(each, user) for each in decision.evidence),
        action=Proof(spoken(shown.title, shown.title_en), action_url(shown.pk)) if shown else None,
        node=str(decision.node or ""),
        meeting=reverse("programmes:meeting", args=[decision.meeting_id])
        if decision.meeting_id
        else "",
        superseded=_linked(decision.superseded_by, user),
        supersedes=tuple(
            found for each in decision.supersedes.all() if (found := _linked(each, user))
        ),
        change=_change(decision, user),
        prove=_prove(decision, user),
        origin=decision.origin,
    )


def address(decision: Decision) -> str:
    """Where a decision is read: on the page of its body."""
    return f"{reverse('programmes:body', args=[decision.body.slug])}#decision-{decision.pk}"


def _linked(other: Decision | None, user: User) -> Proof | None:
    """Another decision, by its day; its address, and its day, for who may see it."""
    if other is None:
        return None
    if not permissions.can_see_decision(user, other):
        return Proof("")
    shown = permissions.can_see_body(user, other.body) or rights.sits(user, other.body)
    return Proof(words.day(other.on), address(other) if shown else "")


def _change(decision: Decision, user: User) -> str:
    """The form that says what replaced it, for who may."""
    if decision.superseded_by_id or not rights.can_run_bodies(user, decision.body):
        return ""
    return reverse("programmes:supersede", args=[decision.pk])


def _prove(decision: Decision, user: User) -> str:
    """The form that adds a result on which it rests, for who may."""
    may = rights.can_run_bodies(user, decision.body)
    return reverse("programmes:prove", args=[decision.pk]) if may else ""


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
        return Proof(spoken(action.title, action.title_en), action_url(action.pk))
    return Proof(reference)


def _document(reference: str, user: User) -> Proof:
    key = reference.rpartition(":")[2]
    found = Document.objects.filter(pk=key).first() if key.isdecimal() else None
    if found is None or not shared.can_see(user, found):
        return Proof(reference)
    return Proof(found.title, reverse("shared:document", args=[found.pk]))
