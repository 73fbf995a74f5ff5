"""Answers, sheets and faults as plain records, for the terminal and for files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.catalogue import Catalogue, twins
from bassin.match.aids.rules.decide import Decided, amounts
from bassin.match.aids.rules.facts import codes
from bassin.match.aids.rules.wording import Wording, question, sources
from bassin.pairing.conditions import AnyOf, Condition, Finding, State, Values
from bassin.types import Text

_CLOSED = Text("close depuis le {}", "closed since {}")
_LATER = Text("ouvre le {}", "opens on {}")


def calendar(aid: Aid, day: date, language: str) -> str:
    """Why nothing can be asked of an aid that day; "" when something can."""
    if aid.closes_on is not None and day > aid.closes_on:
        return _CLOSED.say(language).format(shown(aid.closes_on, language))
    if aid.opens_on is not None and day < aid.opens_on:
        return _LATER.say(language).format(shown(aid.opens_on, language))
    if aid.budget in ("spent", "suspended"):
        return codes("budget")[aid.budget].say(language)
    return ""


def shown(day: date, language: str) -> str:
    """A day as people write it."""
    return day.strftime("%d/%m/%Y") if language == "fr" else day.isoformat()


def answer(found: Decided, known: Values, wording: Wording, day: date) -> dict[str, Any]:
    """One aid for one firm: `answer` (yes, no, unknown), reasons, missing facts."""
    language = wording.language
    shut = calendar(found.aid, day, language)
    label = Text("Calendrier : {}", "Calendar: {}").say(language)
    told = [{"fact": "calendar", "state": "no", "sentence": label.format(shut), "source": "",
             "quote": "", "verified_on": None}] if shut else []  # fmt: skip
    return {
        "aid": found.aid.slug,
        "title": found.aid.title.say(language),
        "answer": found.state.word,
        "status": "verified" if found.aid.verified_on else "to_check",
        "reasons": told + [_reason(each, known, wording) for each in found.findings],
        "missing": [_missing(each, language) for each in found.asked]
        if found.state is State.ASK
        else [],
        "amounts": [
            {"said": each.said.say(language), "state": state.word, "rate_pct": each.rate_pct,
             "ceiling_eur": each.ceiling_eur}
            for each, state in amounts(found.aid, known)
        ],
    }  # fmt: skip


def _reason(each: Finding, known: Values, wording: Wording) -> dict[str, Any]:
    clause = each.clause
    first = clause.conditions[0] if isinstance(clause, AnyOf) else clause
    return {
        "fact": " | ".join(one.fact for one in clause.conditions)
        if isinstance(clause, AnyOf)
        else clause.fact,
        "state": each.state.word,
        "sentence": wording.finding(each, known),
        "source": " ; ".join(sources((clause,), wording.language)),
        "quote": first.quote,
        "verified_on": first.verified_on.isoformat() if first.verified_on else None,
    }


def _missing(each: Condition, language: str) -> dict[str, str]:
    asked, why = question(each, language)
    return {"fact": each.fact, "question": asked, "why": why}


def sheet(aid: Aid, language: str, day: date) -> dict[str, Any]:
    """One sheet in a list."""
    return {
        "aid": aid.slug,
        "title": aid.title.say(language),
        "holder": aid.holder,
        "scale": aid.scale,
        "natures": list(aid.natures),
        "state": calendar(aid, day, language) or Text("ouverte", "open").say(language),
        "status": "verified" if aid.verified_on else "to_check",
        "review_on": aid.review_on.isoformat(),
        "kept_in": aid.kept_in,
    }


def control(found: Catalogue, language: str, day: date) -> list[dict[str, str]]:
    """What is to be mended, sheet by sheet."""
    return [
        {"what": what, "aid": aid, "said": said.say(language)}
        for what, aid, said in faults(found, day)
    ]


def faults(found: Catalogue, day: date) -> Iterator[tuple[str, str, Text]]:
    """Each fault: its kind, the sheet, what is wrong."""
    for each in found.problems:
        yield "unreadable", each.where, each.why
    for aid in found.aids:
        if aid.closes_on is not None and aid.closes_on < day:
            yield "expired", aid.slug, Text(*(_CLOSED.say(one).format(shown(aid.closes_on, one))
                                              for one in ("fr", "en")))  # fmt: skip
        if aid.late(day):
            yield "to_read_again", aid.slug, Text(aid.review_on.isoformat())
        if not aid.owner:
            yield "no_owner", aid.slug, Text("personne ne la tient", "nobody keeps it")
        if not aid.url:
            yield "no_address", aid.slug, Text("aucune adresse", "no address")
        for note in aid.notes:
            yield "odd", aid.slug, note
    for one, other in twins(found.aids):
        yield "twin", one.slug, Text(other.slug)
