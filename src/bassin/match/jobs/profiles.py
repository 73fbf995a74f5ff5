"""A profile as a JSON file, for the command and the interface; the answer as JSON, with reasons.

{"trades": ["cariste", "N1101"], "skills": ["Utilisation d'engins de manutention"], "commune":
"Valenton", "mode": "transit", "minutes": 45, "level": 3, "french": "B1", "licences": ["B"],
"badge": true, "contracts": ["cdi"], "hours": ["night"]}: all of it is optional but a trade.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.licences import licences
from bassin.match.jobs.models import Offer
from bassin.match.jobs.needs import MODES, Wishes
from bassin.match.jobs.supply import HOURS
from bassin.pairing import Blocked, Proposal, Ranking, Reason
from bassin.taxonomies.rome import Rome
from bassin.territory.search import folded
from bassin.types import Scale

_KNOWN = (
    "trades", "skills", "commune", "mode", "minutes", "level", "french", "licences", "badge",
    "contracts", "hours",
)  # fmt: skip
_FRENCH = {each.name: each.value for each in Offer.French} | {"NONE": 0}


def read(text: str, opened: House, known: Knowledge) -> Wishes:
    """The wishes that a JSON profile says.

    Raises:
        Refused: it is not JSON, a field is unknown, or a value is not one of those offered.
    """
    try:
        given = json.loads(text)
    except ValueError as error:
        raise Refused(f"The profile is not JSON: {error}.") from error
    if not isinstance(given, dict):
        raise Refused('The profile is no JSON object. Write it as {"trades": ["cariste"]}.')
    unknown = sorted(set(given) - set(_KNOWN))
    if unknown:
        raise Refused(f"The profile says “{unknown[0]}”. It may say {', '.join(_KNOWN)}.")
    trades = _texts(given, "trades") or ()
    if not trades:
        raise Refused('The profile says no trade. Add "trades": ["cariste"], or a ROME code.')
    held = _texts(given, "skills")
    return Wishes(
        rome_codes=tuple(dict.fromkeys(_trade(words, known) for words in trades)),
        items=None if held is None else tuple(_item(words, known.rome) for words in held),
        commune_code=_commune(given.get("commune"), opened),
        mode=_one(given, "mode", MODES, "transit"),
        most_minutes=_number(given, "minutes", 1, 240, 45) or 45,
        level=_number(given, "level", 0, 8, None),
        french_level=_french(given.get("french")),
        licences=_some(given, "licences", licences()),
        badge=_yes_or_no(given, "badge"),
        contracts=_some(given, "contracts", Offer.Contract.values) or (),
        hours=_some(given, "hours", HOURS) or (),
    )


def _texts(given: Mapping[str, Any], name: str) -> list[str] | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Refused(f"“{name}” must be a list of texts; the profile says {value!r}.")
    return value


def _some(given: Mapping[str, Any], name: str, known: Iterable[str]) -> tuple[str, ...] | None:
    chosen, offered = _texts(given, name), tuple(known)
    for each in chosen or ():
        if each not in offered:
            raise Refused(f"“{each}” is none of the {name}. They are {', '.join(offered)}.")
    return None if chosen is None else tuple(chosen)


def _one(given: Mapping[str, Any], name: str, known: Iterable[str], usual: str) -> str:
    value, offered = given.get(name, usual), tuple(known)
    if value not in offered:
        raise Refused(f"“{name}” is {value!r}. It may be {', '.join(offered)}.")
    return str(value)


def _number(
    given: Mapping[str, Any], name: str, least: int, most: int, usual: int | None
) -> int | None:
    value = given.get(name, usual)
    whole = isinstance(value, int) and not isinstance(value, bool)
    if value is not None and (not whole or not least <= value <= most):
        raise Refused(f"“{name}” is {value!r}. Give a whole number from {least} to {most}.")
    return value


def _yes_or_no(given: Mapping[str, Any], name: str) -> bool | None:
    value = given.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refused(f"“{name}” is {value!r}. Write true or false, or leave it out.")
    return value


def _french(value: Any) -> int | None:
    if value is None:
        return None
    if str(value).upper() not in _FRENCH:
        raise Refused(f"“french” is {value!r}. It may be {', '.join(_FRENCH)}.")
    return int(_FRENCH[str(value).upper()])


def _trade(words: str, known: Knowledge) -> str:
    if words in known.rome.labels:
        return words
    found = known.guesses(words, 1)
    if not found:
        raise Refused(f"No trade is known by the words “{words}”. Say it otherwise.")
    return found[0].rome_code


def _item(words: str, rome: Rome) -> str:
    """A skill by its code, or by its label, accents and capitals apart."""
    if words in rome.item_kinds:
        return words
    by_label = {folded(rome.item_label(code)): code for code in rome.item_kinds}
    if folded(words) not in by_label:
        raise Refused(f"No skill of ROME is called “{words}”. Give its label or its code.")
    return by_label[folded(words)]


def _commune(value: Any, opened: House) -> str:
    if value is None:
        return ""
    found = opened.territory.search(str(value), limit=5)
    place = next((each for each in found if each.scale == Scale.COMMUNE), None)
    if place is None:
        raise Refused(f"“{value}” is no commune that is known. Give its name or its INSEE code.")
    return place.code


def answer(ranking: Ranking, language: str, offer: Callable[[int], Mapping[str, Any]]) -> Any:
    """A ranking as JSON: what is proposed, then what is blocked and by what."""
    return {
        "open": ranking.open_count,
        "blocked": ranking.blocked_count,
        "blocked_by": dict(ranking.blocked_by),
        "proposals": [
            {"rank": each.rank, **_said(each, language), **offer(each.key)}
            for each in ranking.proposals
        ],
        "held_back": [
            {"by": [gate.code for gate in each.gates], **_said(each, language), **offer(each.key)}
            for each in ranking.blocked
        ],
    }


def _said(found: Proposal | Blocked, language: str) -> dict[str, Any]:
    return {
        "score": float(found.score),
        "reasons": [_reason(each, language) for each in found.reasons],
        "missing": [{"code": m.item, "label": m.label.say(language)} for m in found.missing],
        "counterfactuals": [each.sentence.say(language) for each in found.counterfactuals],
    }


def _reason(each: Reason, language: str) -> dict[str, Any]:
    return {
        "criterion": each.code, "kind": each.kind, "state": each.state,
        "value": round(each.value, 4), "points": float(each.points), "most": float(each.weight),
        "sentence": each.sentence.say(language), "source": each.source.say(language),
    }  # fmt: skip


def offer_line(offer: Offer) -> dict[str, Any]:
    """An offer in an answer: enough to name it and to find its page."""
    return {
        "offer": offer.pk, "title": offer.title, "employer": offer.employer_said,
        "rome_code": offer.rome_code or None, "commune_code": offer.commune_code or None,
        "contract": offer.contract or None, "origin": offer.origin,
    }  # fmt: skip
