"""What Piloter does with records of other systems, and says of it: the registry asks here.

A decision may rest on a workshop's result (its evidence names it); an action may come from a note
(its document names it). Public records only: neither function knows who asks.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from bassin.steer.programmes import words
from bassin.steer.programmes.models import Action, Decision, Milestone
from bassin.steer.programmes.views.decisions import address
from bassin.systems import Became, Taking
from bassin.types import Text

_LONGEST_TITLE = 120


def became(references: Collection[str], language: str) -> dict[str, list[Became]]:
    """The public decisions that rest on each record, their actions and what was done of them."""
    decisions = _resting_on(set(references))
    actions = _public_actions(references, decisions)
    return {each: _told(each, decisions, actions, language) for each in references}


def _resting_on(references: Set[str]) -> list[Decision]:
    """The decisions whose evidence names one, oldest first; no database looks in a list."""
    listed = Decision.objects.filter(public=True).exclude(evidence=[])
    listed = listed.select_related("body").order_by("on", "pk")
    return [each for each in listed if not references.isdisjoint(each.evidence)]


def _public_actions(
    references: Collection[str], decisions: Iterable[Decision]
) -> dict[int, Action]:
    """The public actions born of these records, or that these decisions lead to."""
    led_to = {each.action_id for each in decisions}
    found = Action.objects.public().filter(Q(source__in=references) | Q(pk__in=led_to))
    found = found.select_related("holder").prefetch_related("milestones")
    return {each.pk: each for each in found}


def _told(
    reference: str, decisions: Iterable[Decision], actions: Mapping[int, Action], language: str
) -> list[Became]:
    told: list[Became] = []
    shown: set[int] = set()
    for decision in decisions:
        if reference in decision.evidence:
            action = actions.get(decision.action_id or 0)
            told.append(_decision(decision, action))
            if action is not None and action.pk not in shown:
                shown.add(action.pk)
                told += _action(action, language)
    for action in actions.values():
        if action.source == reference and action.pk not in shown:
            told += _action(action, language)
    return told


def _decision(decision: Decision, action: Action | None) -> Became:
    """A decision, read on the page of its body, or on that of its action where that one is not."""
    about = reverse("programmes:action", kwargs={"pk": action.pk}) if action else ""
    return Became(
        kind="decision", title=decision.said, on=decision.on,
        url=address(decision) if decision.body.public else about,
        detail=f"{decision.body} · {decision.get_kind_display()}",
        reference=f"programmes:decision:{decision.pk}", state=str(decision.get_state_display()),
        origin=decision.origin,
    )  # fmt: skip


def _action(action: Action, language: str) -> list[Became]:
    url = reverse("programmes:action", kwargs={"pk": action.pk})
    made = Became(
        kind="action", title=Text(action.title, action.title_en).say(language),
        detail=str(action.holder or ""), on=action.starts_on, url=url, reference=action.ref,
        state=words.stage(action.lifecycle), origin=action.origin,
    )  # fmt: skip
    return [made, *(_stage(each, url, action.origin) for each in _done(action))]


def _done(action: Action) -> list[Milestone]:
    """The stages reached, in their order, among those already read."""
    reached = [(each.done_on, each.pk, each) for each in action.milestones.all() if each.done_on]
    return [each for *_when, each in sorted(reached)]


def _stage(step: Milestone, url: str, origin: str) -> Became:
    return Became("stage", step.said, "", step.done_on, url, origin=origin)


def evidence(reference: str, text: str, language: str) -> Taking:
    """Where a decision that rests on a record is written: the meeting is chosen there."""
    query = urlencode({"preuve": reference, "texte": text})
    label = Text("En faire une décision", "Make it a decision")
    return Taking(label, f"{reverse('programmes:where_to_decide')}?{query}")


def idea(reference: str, text: str, language: str) -> Taking:
    """Where an action that a record proposes is written, as an idea."""
    title = text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"
    facts = {"titre": title, "source": reference}
    if title != text:
        facts["texte"] = text
    label = Text("En faire une action", "Make it an action")
    return Taking(label, f"{reverse('programmes:create')}?{urlencode(facts)}")
