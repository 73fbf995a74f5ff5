"""What a participant sees now: the part that changes with the workshop, and the whole page.

The part (`participant_fragment`) is the same for everyone who reads the language: the live part
renders it once per revision and language, and sends it to all. The page adds what only this
participant's ticket tells: their answer, what became of what they just sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bassin.debate.workshops import asking, becoming, devices, forms_live, keys
from bassin.debate.workshops.asking import tongue_of
from bassin.debate.workshops.models import Ballot, Round, Step, Ticket, Workshop
from bassin.debate.workshops.questions import Question, in_words, question, written
from bassin.debate.workshops.shown import apart, in_french
from bassin.systems import call, resolve
from bassin.types import LANGUAGES
from bassin.ui.house import FOOTER

_FOOT = ("accessibility", "privacy", "contact")
ANSWERING = (Round.State.OPEN, Round.State.PAUSED)
_OVER = {Workshop.State.CLOSED, Workshop.State.PUBLISHED, Workshop.State.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Mine:
    """What one ticket knows of the question: the answer it gave, as the fields of a form."""

    filled: forms_live.Items = ()
    answered: bool = False
    receipt: str = ""


def spoken(workshop: Workshop, language: str) -> str:
    """The language in which a workshop answers somebody: theirs if it has it, else its first."""
    languages = workshop.languages or ["fr"]
    return language if language in languages else languages[0]


def participant_fragment(workshop: Workshop, language: str) -> str:
    """What every participant who reads this language sees now, as HTML."""
    language = spoken(workshop, language)
    with translation.override(language):
        return render_to_string("workshops/_now.html", now_showing(workshop, language, Mine()))


def participant_page(
    workshop: Workshop,
    language: str,
    *,
    token: str = "",
    why: str = "",
    sent: Sequence[tuple[str, str]] = (),
    printed: str = "",
    here: str = "",
) -> str:
    """The whole page, for one ticket.

    Args:
        token: what the participant's cookie holds; empty before they come in.
        why: why the form just sent was not taken; empty when it was, or when none was sent.
        sent: the fields of an answer that was not taken: it stays on the page as typed.
        printed: the token of a printed ticket, for whoever comes in with one.
        here: the address of the page, when it is not the workshop's.
    """
    language = spoken(workshop, language)
    ticket = _ticket(workshop, token)
    latest = current_round(workshop)
    mine = _mine(latest, ticket) if ticket else Mine()
    unsent = latest is not None and ("round", str(latest.pk)) in sent
    if unsent:
        mine = Mine(sent, mine.answered, mine.receipt)
    with translation.override(language):
        context = {
            **now_showing(workshop, language, mine), **_shell(workshop, language),
            "inside": ticket is not None, "why": why, "unsent": unsent, "printed": printed,
            "here": here or devices.page(workshop.code),
        }  # fmt: skip
        # Without scripts a page asks for news by itself, unless something is there to fill in.
        context["refreshes"] = context["inside"] and not context["form_open"]
        return render_to_string("workshops/participant.html", context)


def now_showing(workshop: Workshop, language: str, mine: Mine) -> dict[str, Any]:
    """What a template needs to show the step under way."""
    step = workshop.step if workshop.state == Workshop.State.LIVE else None
    latest = current_round(workshop)
    asked = _question(step, latest, language, mine)
    name = scene(workshop, step, latest)
    site = language if language in told_in() else settings.LANGUAGE_CODE
    return {
        "workshop": workshop,
        "language": language,
        "site": site,
        "card": language if language in LANGUAGES else settings.LANGUAGE_CODE,
        "revealed": _revealed(latest, site) if latest and name == "revealed" else None,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "scene": f"workshops/now/{name}.html",
        "news": news(name, latest, step),
        "place": _place(workshop, step),
        "title": written(workshop.title, language),
        "text": written(workshop.text, language),
        "step": step and _step(step, language),
        "round": latest,
        "question": asked,
        "answered": mine.answered,
        "answer": in_words(asked) if asked and mine.answered else [],
        "receipt": mine.receipt,
        "form_open": name == "asked" and latest is not None and latest.state == Round.State.OPEN,
        "result": latest.results if latest is not None and name == "revealed" else None,
        "paused": latest is not None and latest.state == Round.State.PAUSED,
        "synthesis": _synthesis(workshop),
        "live": f"/live/workshops/{workshop.code}",
    }


def scene(workshop: Workshop, step: Step | None, latest: Round | None) -> str:
    """The name of what is to be shown: a door, a step, or the state of its question."""
    if workshop.state in _OVER:
        return "over"
    if step is None:
        return "before" if workshop.state == Workshop.State.DRAFT else "doors"
    if step.kind != Step.Kind.VOTE:
        return "film" if step.kind == Step.Kind.VIDEO else "step"
    if latest is None or latest.state == Round.State.PENDING:
        return "announced"
    return "asked" if latest.state in ANSWERING else str(latest.state)


def news(name: str, latest: Round | None, step: Step | None) -> str:
    """What has just changed, in a few words: shown above, and spoken once."""
    if name == "asked" and latest is not None:
        if latest.state == Round.State.PAUSED:
            return _("The vote is paused")
        again = _("Vote open: round {number}, after the discussion")
        return again.format(number=latest.number) if latest.number > 1 else _("Vote open")
    words = {
        "announced": _("A question is coming"),
        "closed": _("The vote is closed"),
        "revealed": _("The result"),
        "void": _("This vote was set aside"),
    }
    return words.get(name) or (step.get_kind_display().capitalize() if step else "")


def _place(workshop: Workshop, step: Step | None) -> str:
    """Where we are in the run sheet."""
    if step is None:
        return ""
    pks = list(workshop.steps.values_list("pk", flat=True))
    told = _("step {number} of {count}")
    return told.format(number=pks.index(step.pk) + 1, count=len(pks)) if step.pk in pks else ""


def current_round(workshop: Workshop) -> Round | None:
    """The last round of the step shown."""
    if workshop.state != Workshop.State.LIVE or workshop.step is None:
        return None
    return workshop.step.rounds.order_by("-number").first()


def _synthesis(workshop: Workshop) -> str:
    """Where everyone reads the synthesis; nowhere before it is published."""
    published = workshop.state in (Workshop.State.PUBLISHED, Workshop.State.ARCHIVED)
    return reverse("workshops:synthesis", args=[workshop.code]) if published else ""


@cache
def told_in() -> frozenset[str]:
    """The languages in which results are told: those of the site, and of the catalogues here."""
    here = Path(__file__).parent / "locale"
    return frozenset((*dict(settings.LANGUAGES), *(each.name for each in here.iterdir())))


def _revealed(latest: Round, site: str) -> dict[str, str]:
    """The result, whose sentences exist in the languages of `told_in` alone."""
    context = {"round": latest, "result": latest.results, "language": site}
    with translation.override(site):
        return {
            "html": render_to_string("workshops/_revealed.html", context),
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
        }


def _step(step: Step, language: str) -> dict[str, Any]:
    here = [step.workshop.code, step.pk]
    return {
        "kind": step.kind,
        "title": written(step.title, language),
        "text": written(step.text, language),
        "transcript": written(step.transcript, language),
        "source": step.source,
        "speaker": step.speaker,
        "film": reverse("workshops:film", args=here) if step.film else "",
        "captions": reverse("workshops:captions", args=here) if step.captions else "",
        "placeholder": step.placeholder,
        "about": _about(step, language),
        "tongue": tongue_of(step.title, language),
        **_became(step, language),
    }


def _about(step: Step, language: str) -> dict[str, str] | None:
    """The record that a step shows, whose title is in French or English."""
    found = resolve(step.reference, language) if step.reference else None
    return {"title": in_french(found.title, language), "url": found.url} if found else None


def _became(step: Step, language: str) -> dict[str, Any]:
    """What became of the votes of the workshop before, where the step is about that."""
    before = step.workshop.previous if step.kind == Step.Kind.BECAME else None
    if before is None:
        return {"before": "", "threads": [], "whole": []}
    return {
        "before": apart(written(before.title, language)),
        "threads": becoming.threads(before, language),
        "whole": becoming.of_workshops([before], language)[0],
    }


def _question(
    step: Step | None, latest: Round | None, language: str, mine: Mine
) -> Question | None:
    """The question as it was asked; as it is written while it is only announced."""
    if step is None or step.statement is None:
        return None
    asked = latest.asked if latest and latest.asked else asking.frozen(step.statement, 0)
    return question(asked, language, mine.filled)


def _ticket(workshop: Workshop, token: str) -> Ticket | None:
    """The ticket of a token, when it may still answer."""
    if not token:
        return None
    found = Ticket.objects.filter(workshop=workshop, token_hash=keys.digest(token))
    return found.exclude(state=Ticket.State.REVOKED).first()


def _mine(latest: Round | None, ticket: Ticket) -> Mine:
    """A ticket's answer; after the round closes, nobody can find it any more."""
    if latest is None:
        return Mine()
    secret = latest.live_secret
    if not secret:
        return Mine(answered=latest.participations.filter(ticket=ticket).exists())
    ballot = Ballot.objects.filter(pk=keys.ballot_key(secret, ticket.token_hash)).first()
    if ballot is None:
        return Mine()
    sealed = latest.workshop.secrecy == Workshop.Secrecy.SEALED
    receipt = "" if sealed else keys.receipt(secret, ticket.token_hash)
    return Mine(forms_live.fields(ballot.answer), answered=True, receipt=receipt)


def _shell(workshop: Workshop, language: str) -> dict[str, Any]:
    """What the page shows around the part that changes."""
    facts = call(settings.UI_HOUSE)()
    links = ((str(words), facts.links.get(key, "")) for key, words in FOOTER if key in _FOOT)
    return {
        "territory_name": facts.territory_name,
        "links": [{"label": words, "url": reverse(name)} for words, name in links if name],
        "tongues": [tongue(code) for code in workshop.languages or ["fr"]],
        "groups": [] if workshop.secrecy == Workshop.Secrecy.SEALED else workshop.groups,
        "title_tongue": tongue_of(workshop.title, language),
        "by_ticket": workshop.access == Workshop.Access.TICKETS,
        "may_join": workshop.state in (Workshop.State.LOBBY, Workshop.State.LIVE),
    }


def tongue(code: str) -> dict[str, str]:
    """A language in its own words and its own direction."""
    info = translation.get_language_info(code)
    direction = "rtl" if info["bidi"] else "ltr"
    name = info["name_local"].capitalize()
    # Latin letters are recognised by the code of the language, others by their own first letter.
    short = code.upper() if name[:1].isascii() else name.removeprefix("ال")[:1]
    return {"code": code, "name": name, "short": short, "dir": direction}
