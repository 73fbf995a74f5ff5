"""What the editor shows: the kinds of steps one may add, and what is still missing. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from bassin.debate.workshops import translating
from bassin.debate.workshops.actions_statements import FEWEST_OPTIONS, WITH_OPTIONS
from bassin.debate.workshops.conducting import Line
from bassin.debate.workshops.models import Statement, Step, Workshop

QUESTIONS = tuple(Statement.Kind)
OTHERS = (Step.Kind.CONTENT, Step.Kind.VIDEO, Step.Kind.PRESENTATION, Step.Kind.DISCUSSION,
          Step.Kind.BECAME, Step.Kind.SYNTHESIS)  # fmt: skip


_ISOLATED = "\u2068{}\u2069"
"""A name that may run from right to left, kept from turning the words around it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of step one may add: `ask` when it is a question."""

    kind: str
    label: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the workshop, and how many of its texts are still in French only."""

    code: str
    name: str
    missing: int


def kinds() -> list[tuple[str, list[Kind]]]:
    """What one may add, in two families."""
    shown = [Kind(each.value, str(each.label)) for each in OTHERS]
    asked = [Kind(Step.Kind.VOTE.value, str(each.label), each.value) for each in QUESTIONS]
    return [(_("A question"), asked), (_("Something to see or to discuss"), shown)]


def missing(workshop: Workshop, sheet: Sequence[Line]) -> list[tuple[int, str]]:
    """What would be missing if the doors opened now: the step's number (0 for all), a sentence."""
    if not sheet:
        return [(0, _("No step is written yet."))]
    found = [(number, said) for number, line in enumerate(sheet, 1) for said in _of(line.step)]
    if not any(line.step.minutes for line in sheet):
        found.append((0, _("No duration is planned: the end cannot be foreseen.")))
    for each in tongues(workshop):
        if each.missing:
            said = _("{language}: {count} texts are in French only.")
            found.append((0, said.format(language=each.name, count=each.missing)))
    return found


def _of(step: Step) -> list[str]:
    found = []
    if step.kind == Step.Kind.VIDEO and step.film and not step.captions:
        found.append(_("The film has no captions."))
    if step.kind == Step.Kind.VIDEO and not step.film:
        found.append(_("The film is not there yet."))
    if step.statement is None:
        return found
    if step.statement.kind in WITH_OPTIONS:
        options = list(step.statement.options.all())
        if len(options) < FEWEST_OPTIONS:
            found.append(_("It proposes fewer than two answers."))
        if step.statement.kind == Statement.Kind.QUIZ and not all(each.truth for each in options):
            found.append(_("Nothing says yet which answers are right."))
    return found


def tongues(workshop: Workshop) -> list[Tongue]:
    """The languages beside French."""
    pieces = translating.pieces(workshop)
    return [
        Tongue(code, _ISOLATED.format(get_language_info(code)["name_local"].capitalize()),
               sum(not each.texts.get(code) for each in pieces))
        for code in workshop.languages
        if code != "fr"
    ]  # fmt: skip


def facts(typed: dict[str, Any], workshop: Workshop | None) -> dict[str, Any]:
    """What a workshop's form typed, as the verbs take it."""
    found = dict(typed)
    for name in ("title", "text"):
        found[name] = in_french(getattr(workshop, name, None), typed[name])
    found["languages"] = ["fr", *(code for code in typed["languages"] if code != "fr")]
    return found


def initial(workshop: Workshop) -> dict[str, Any]:
    """What the form of a workshop begins with."""
    names = ("starts_at", "place", "series", "previous", "languages", "access", "secrecy",
             "groups", "min_group", "body", "framework")  # fmt: skip
    found = {name: getattr(workshop, name) for name in names}
    return {**found, "title": workshop.title.get("fr", ""), "text": workshop.text.get("fr", "")}


def in_french(texts: dict[str, str] | None, typed: str) -> dict[str, str]:
    """The texts by language, with the French one as it was typed; nothing when it is empty."""
    kept = {key: value for key, value in (texts or {}).items() if key != "fr"}
    return {"fr": typed, **kept} if typed else {}
