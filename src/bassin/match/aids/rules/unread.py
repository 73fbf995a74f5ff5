"""An aid as a file writes it: the contrary of `aid`, so that a form and a file say the same."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bassin.match.aids.rules.aid import Aid, Amount
from bassin.pairing.conditions import AnyOf, Clause, Condition
from bassin.pairing.conditions.declared import NUMBERS
from bassin.types import Origin, Text

_DAYS = ("created_on",)
"""Facts whose numbers are days."""


def raw(aid: Aid) -> dict[str, Any]:
    """What its file holds: keys in the order in which sheets are written, nothing empty."""
    made: dict[str, Any] = {
        "slug": aid.slug, "title": words(aid.title), "holder": aid.holder,
        "others": list(aid.others), "natures": list(aid.natures), "scale": aid.scale,
        "promise": words(aid.promise), "about": words(aid.about), "url": aid.url,
        "source": words(aid.source), "opens_on": aid.opens_on, "closes_on": aid.closes_on,
        "closing": words(aid.closing), "owner": aid.owner, "review_on": aid.review_on,
        "verified_on": aid.verified_on, "verified_by": aid.verified_by,
        "origin": "" if aid.origin == Origin.REAL else str(aid.origin), "funded": aid.funded,
        "documents": [words(each) for each in aid.documents],
        "steps": [words(each) for each in aid.steps],
        "legal": [words(each) for each in aid.legal],
        "notes": [words(each) for each in aid.notes],
        "budget": _filled(
            {"state": "" if aid.budget == "unknown" else aid.budget,
             "said": words(aid.budget_said)}
        ),
        "contact": _filled(asdict(aid.contact)),
        "stacking": _filled(
            {"de_minimis": aid.stacking.de_minimis or None,
             "excludes": list(aid.stacking.excludes), "said": words(aid.stacking.said)}
        ),
        "amounts": [_amount(each) for each in aid.amounts],
        "conditions": [clause(each, aid.source) for each in aid.conditions],
    }  # fmt: skip
    return _filled(made)


def words(text: Text) -> Any:
    """A text: its French alone, or both."""
    return {"fr": text.fr, "en": text.en} if text.en else text.fr


def clause(each: Clause, source: Text = Text("")) -> dict[str, Any]:
    """A condition, or those of which one is enough; a source that is the sheet's is left out."""
    if isinstance(each, AnyOf):
        return {"any": [_condition(one, source) for one in each.conditions]}
    return _condition(each, source)


def _condition(each: Condition, source: Text) -> dict[str, Any]:
    return {
        "fact": each.fact, "op": each.op, "value": _value(each),
        **_filled(
            {
                "source": "" if each.source == source else words(each.source),
                "quote": each.quote, "verified_on": each.verified_on,
                "verified_by": each.verified_by,
                "from": None if each.since == date.min else each.since,
                "until": None if each.until == date.max else each.until,
                "question": words(each.question), "why": words(each.why),
                "said": words(each.said),
            }
        ),
    }  # fmt: skip


def _value(each: Condition) -> Any:
    if each.op == "is":
        return each.value == ("yes",)
    if each.op not in NUMBERS:
        return list(each.value)
    found = [_number(each.fact, one) for one in each.value]
    return found if each.op == "between" else found[0]


def _number(fact: str, number: float) -> Any:
    if fact in _DAYS:
        return date.fromordinal(int(number))
    return int(number) if float(number).is_integer() else number


def _amount(each: Amount) -> dict[str, Any]:
    made = {
        "said": words(each.said), "rate_pct": each.rate_pct, "floor_eur": each.floor_eur,
        "ceiling_eur": each.ceiling_eur, "each_eur": each.each_eur,
        "when": [clause(one) for one in each.when],
    }  # fmt: skip
    return _filled(made)


def _filled(made: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}
