"""What Piloter does with records of other systems, and says of it: the registry asks here.

A decision may rest on a workshop's result (its evidence names it); an action may come from a note
(its document names it). Public records only: neither function knows who asks.
"""

from urllib.parse import urlencode

from django.urls import reverse

from bassin.steer.programmes import words
from bassin.steer.programmes.models import Action, Decision, Milestone
from bassin.steer.programmes.views.decisions import address
from bassin.systems import Became, Taking
from bassin.types import Text

_LONGEST_TITLE = 120


def became(reference: str, language: str) -> list[Became]:
    """The public decisions that rest on a record, their actions and what was done of them."""
    told: list[Became] = []
    shown: set[int] = set()
    for decision in _resting_on(reference):
        action = decision.action if decision.action and _public(decision.action) else None
        told.append(_decision(decision, action))
        if action is not None and action.pk not in shown:
            shown.add(action.pk)
            told += _action(action, language)
    for action in Action.objects.public().filter(source=reference).select_related("holder"):
        if action.pk not in shown:
            told += _action(action, language)
    return told


def _resting_on(reference: str) -> list[Decision]:
    """The decisions whose evidence names a record, oldest first; no database looks in a list."""
    listed = Decision.objects.filter(public=True).exclude(evidence=[])
    listed = listed.select_related("body", "action__holder").order_by("on", "pk")
    return [each for each in listed if reference in each.evidence]


def _public(action: Action) -> bool:
    return Action.objects.public().filter(pk=action.pk).exists()


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
    return list(action.milestones.exclude(done_on=None).order_by("done_on", "pk"))


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
