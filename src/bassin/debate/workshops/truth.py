"""Whether a quiz option is right: said by hand with a source, or computed and then said.

Kept in `Option.truth`, nothing when nobody said:

    {"by": "hand", "right": true, "source": "…"}
    {"by": "share", "stated": "10", "of": "metropole:200054781",
     "figures": [{"indicator": "population", "period": "2023", "undated": false}],
     "claims": ["observatory:claim:population_part_mgp"], "tolerance": "0.5"}
    {"by": "growth", "stated": "2", "tolerance": "0.05",
     "against": ["metropole:200054781", "region:11", "others"],
     "figures": [{"indicator": "population_census", "since": "2012", "period": "2018"}]}

`place` is the authority's own territory unless it is named. The first of `figures` that published
data give decides; what a document states decides only where they give none, and is said to be
stated. An invented value decides nothing: the option is then « à charger ». Without `tolerance`,
a share may be half a unit of the last digit stated away.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from bassin.debate.workshops import reading
from bassin.debate.workshops.asking import Asked
from bassin.debate.workshops.reading import Reading, plain, said
from bassin.errors import Refused, SourceError
from bassin.indicators.numbers import number
from bassin.types import Origin, Text

Spec = Mapping[str, Any]
Judged = dict[str, Any]

HAND, SHARE, GROWTH = "hand", "share", "growth"


class Outcome(StrEnum):
    """What is known of an option when the question is shown with its key."""

    RIGHT = "right"
    WRONG = "wrong"
    DEPENDS = "depends"  # right beside one comparator, wrong beside another
    UNKNOWN = "unknown"  # nothing published or stated tells


_SAID = {
    Outcome.RIGHT: Text("Exact.", "Right."),
    Outcome.WRONG: Text("Inexact.", "Wrong."),
    Outcome.DEPENDS: Text(
        "Cela dépend de ce à quoi l'on se compare.", "It depends on what one compares with."
    ),
    Outcome.UNKNOWN: Text(
        "Rien de chargé ici ne permet de le dire.", "Nothing loaded here can tell."
    ),
}
_STATED = Text(
    "Jugé sur ce qu'un document cite, que rien de chargé ici ne vérifie.",
    "Judged on what a document states, which nothing loaded here checks.",
)
_BY_HAND = Text("Dit par qui a préparé l'atelier.", "Said by those who prepared the workshop.")


def checked(spec: Spec) -> dict[str, Any]:
    """What may be kept of what makes an option right.

    Raises:
        Refused: it names no way to judge, or no number to judge by.
    """
    way = spec.get("by")
    if not spec:
        return {}
    if way == HAND:
        if not isinstance(spec.get("right"), bool) or not str(spec.get("source", "")).strip():
            raise Refused(_("Say whether this answer is right, and where that is written."))
        return {"by": HAND, "right": spec["right"], "source": str(spec["source"]).strip()}
    if way not in (SHARE, GROWTH) or not (spec.get("figures") or spec.get("claims")):
        raise Refused(_("Say from which figure this answer is judged."))
    if way == GROWTH and not spec.get("against"):
        raise Refused(_("Say with which places growth is compared."))
    for name in ("stated", "tolerance"):
        if (name == "stated" or spec.get(name)) and _number(spec.get(name)) is None:
            raise Refused(_("Write the number that this answer states, such as 10 or 5.4."))
    return dict(spec)


def _number(text: Any) -> Decimal | None:
    try:
        found = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def settled(asked: Asked) -> Asked:
    """A question as it was asked, each option with what is known of it: option["judged"].

    Called when its key is shown and kept with its round, so that figures loaded later change
    nothing:

        {"outcome": "right" | "wrong" | "depends" | "unknown",
         "mark": "real" | "cited" | "hand" | "", "said": {"fr": "…", "en": "…"},
         "readings": [{"said": {…}, "source": {…}, "mark": "real", "outcome": "right",
                       "value": 10.2, "period": "2023", "url": "…"}]}

    An option that "depends", or of which nothing is known, counts for nobody and against nobody.
    """
    options = [{**each, "judged": _judged(each.get("truth") or {})} for each in asked["options"]]
    return {**asked, "options": options}


def _judged(spec: Spec) -> Judged:
    """One option, where no figure may be read too: a vote closes and is shown all the same."""
    try:
        return judge(spec)
    except (Refused, SourceError):
        return _told(Outcome.UNKNOWN, [], "")


def judge(spec: Spec) -> Judged:
    """One option."""
    if not spec:
        return _told(Outcome.UNKNOWN, [], "")
    if spec["by"] == HAND:
        return _hand(spec)
    if spec["by"] == GROWTH:
        return _growth(spec)
    return _share(spec)


def _told(outcome: Outcome, readings: Sequence[Reading], mark: str, *more: Text) -> Judged:
    return {
        "outcome": outcome.value,
        "mark": mark,
        "said": plain(said(_SAID[outcome], *more)),
        "readings": [each.as_dict() for each in readings],
    }


def _hand(spec: Spec) -> Judged:
    source = Text(str(spec["source"]), str(spec["source"]))
    outcome = Outcome.RIGHT if spec["right"] else Outcome.WRONG
    read = Reading(_BY_HAND, source, HAND, outcome=outcome.value)
    return _told(outcome, [read], HAND)


def _tolerance(spec: Spec) -> Decimal:
    given = _number(spec.get("tolerance"))
    if given is not None:
        return given
    exponent = int(Decimal(spec["stated"]).as_tuple().exponent)
    return Decimal(1).scaleb(exponent) / 2


def _near(spec: Spec, value: float) -> Outcome:
    away = abs(Decimal(repr(float(value))) - Decimal(spec["stated"]))
    return Outcome.RIGHT if away <= _tolerance(spec) else Outcome.WRONG


def _within(spec: Spec) -> Text:
    """« à 0,5 point près »."""
    size = float(_tolerance(spec))
    digits = max(0, -int(_tolerance(spec).normalize().as_tuple().exponent))
    return Text(
        f"Jugé à {number(size, digits, 'fr')} point près.",
        f"Judged within {number(size, digits, 'en')} points.",
    )


def _share(spec: Spec) -> Judged:
    """A share of a larger place: what data publish, else what a document states."""
    readings = [*reading.shares(spec), *reading.claims(spec)]
    for each in readings:
        if each.mark and each.value is not None:
            each.outcome = _near(spec, each.value).value
    telling = next((each for each in readings if each.outcome), None)
    if telling is None:
        return _told(Outcome.UNKNOWN, readings, "", reading.to_load(spec))
    more = [_within(spec)]
    if telling.mark == Origin.CITED:
        more.append(_STATED)
    return _told(Outcome(telling.outcome), readings, telling.mark, *more)


def _growth(spec: Spec) -> Judged:
    """« n times as fast »: right beside a place where our growth is n times its own or more."""
    found = next(filter(None, (reading.growths(spec, f) for f in spec.get("figures", ()))), None)
    if found is None:
        return _told(Outcome.UNKNOWN, [], "", reading.to_load(spec))
    least = Decimal(spec["stated"]) - _tolerance(spec)
    for each in found:
        if each.value is not None:
            faster = Decimal(repr(each.value)) >= least
            each.outcome = (Outcome.RIGHT if faster else Outcome.WRONG).value
    outcomes = {each.outcome for each in found if each.outcome}
    if not outcomes:
        return _told(Outcome.UNKNOWN, found, "")
    one = Outcome(outcomes.pop()) if len(outcomes) == 1 else Outcome.DEPENDS
    return _told(one, found, Origin.REAL.value)
