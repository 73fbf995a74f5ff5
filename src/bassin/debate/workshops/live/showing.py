"""What a workshop shows now, read from the database: its step, its question, its fragment.

Runs in the watcher's thread only, which has a connection of its own.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from bassin.debate.workshops import pages, results
from bassin.debate.workshops.live.rooms import State
from bassin.debate.workshops.models import Participation, Round, Ticket, Workshop

_HIDDEN = Workshop.State.DRAFT
_UNDER_WAY = (Workshop.State.LOBBY, Workshop.State.LIVE)
_RUNNING = (Round.State.OPEN, Round.State.PAUSED)


def revisions(codes: Iterable[str]) -> dict[str, int]:
    """The revision of each workshop that may be shown. One query, a few dozen microseconds."""
    found = Workshop.objects.filter(code__in=tuple(codes), archived_at=None).exclude(state=_HIDDEN)
    return dict(found.order_by().values_list("code", "revision"))


def read(code: str) -> Workshop | None:
    """The workshop, with its step; None when there is none to show."""
    found = Workshop.objects.select_related("step", "step__statement")
    return found.filter(code=code, archived_at=None).exclude(state=_HIDDEN).first()


def round_of(workshop: Workshop) -> dict[str, Any] | None:
    """The last question of the step shown."""
    if workshop.step_id is None:
        return None
    asked = Round.objects.filter(step_id=workshop.step_id).order_by("-number")
    found = asked.values("id", "state", "number").first()
    return dict(found) if found else None


def states(workshop: Workshop, languages: Iterable[str]) -> dict[str, State]:
    """What is sent to participants, by language."""
    facts = {
        "revision": workshop.revision,
        "state": workshop.state,
        "step": workshop.step_id,
        "round": round_of(workshop),
    }
    site = dict(settings.LANGUAGES)
    made: dict[str, State] = {}
    for language in {settings.LANGUAGE_CODE, *languages} & {*site, *workshop.languages}:
        with translation.override(language if language in site else settings.LANGUAGE_CODE):
            html = pages.participant_fragment(workshop, language)
        made[language] = State.of({**facts, "html": html})
    return {each: made.get(each, made[settings.LANGUAGE_CODE]) for each in languages}


def count(code: str) -> bytes:
    """How many came in, and how many have answered the question that runs, for screens and
    facilitators; empty where the workshop is not under way. What was answered shows only where
    everyone was told that it would."""
    workshop = Workshop.objects.filter(code=code, state__in=_UNDER_WAY).first()
    if workshop is None:
        return b""
    people = workshop.tickets.filter(state=Ticket.State.CLAIMED).count()
    facts: dict[str, Any] = {"round": None, "people": people}
    one = workshop.rounds.filter(state__in=_RUNNING).select_related("workshop").first()
    if one is not None:
        answers = Participation.objects.filter(round=one).count()
        facts |= {"round": one.pk, "answers": answers}
        if workshop.secrecy == Workshop.Secrecy.OPEN:
            facts["results"] = results.running(one)
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
