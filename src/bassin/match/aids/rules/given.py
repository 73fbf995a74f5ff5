"""Facts as a file gives them to `bassin aids check --facts`: known names only, told when wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

from bassin.errors import Refused
from bassin.match.aids.rules.facts import known_code
from bassin.match.aids.rules.minimis import Grant
from bassin.match.aids.rules.profile import Profile
from bassin.pairing.conditions import Interval
from bassin.taxonomies import legal, naf
from bassin.types import Text


def given(raw: Mapping[str, Any], base: Profile | None = None) -> Profile:
    """What a file says, over what is known already. null is unknown.

    Raises:
        Refused: a name is not known, or a value is not what its name says.
    """
    if not isinstance(raw, Mapping):
        raise _refused("Les faits sont un objet JSON.", "Facts are a JSON object.")
    other = sorted(set(raw) - set(NAMES))
    if other:
        raise _refused(
            f"« {other[0]} » n'est pas un fait connu : {', '.join(NAMES)}.",
            f"“{other[0]}” is not a known fact: {', '.join(NAMES)}.",
        )
    found: dict[str, Any] = {}
    for name, value in raw.items():
        field, read = NAMES[name]
        if value is None:
            continue
        try:
            found[field] = read(value)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            wanted = _WANTED.get(read, _LISTED)
            raise _refused(
                f"« {name} » ne peut pas être « {value} » : {wanted.fr}.",
                f"“{name}” cannot be “{value}”: {wanted.en}.",
            ) from error
    return replace(base or Profile(), **found)


def number(value: Any) -> Interval:
    """A number, or its two ends."""
    low, high = value if isinstance(value, list) else (value, value)
    plain = all(isinstance(each, int | float) and each is not True and each is not False
                for each in (low, high))  # fmt: skip
    if not plain or not 0 <= low <= high < inf:
        raise ValueError
    return Interval(float(low), float(high))


def flag(value: Any) -> bool:
    """true or false, and nothing else."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def text(value: Any) -> str:
    """A code."""
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def created(value: Any) -> tuple[date, date]:
    """A day, a month or a year, as its two ends."""
    parts = [int(part) for part in text(value).split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    year, month = parts[0], parts[1] if len(parts) == 2 else 0
    first = date(year, month or 1, 1)
    last = date(year + (month in (0, 12)), 1 if month in (0, 12) else month + 1, 1)
    return first, date.fromordinal(last.toordinal() - 1)


def several(family: str) -> Callable[[Any], frozenset[str]]:
    """Codes of a family, as a list."""

    def read(value: Any) -> frozenset[str]:
        if not isinstance(value, list):
            raise TypeError
        return frozenset(known_code(family, each) for each in value)

    return read


def _zones(value: Any) -> frozenset[str]:
    return frozenset(text(each) for each in list(value))


def _held_size(value: Any) -> str:
    return known_code("held_size", text(value))


def _stage(value: Any) -> str:
    return known_code("stage", text(value))


def _grants(value: Any) -> tuple[Grant, ...]:
    return tuple(Grant(date.fromisoformat(each["on"]), float(each["eur"])) for each in value)


def _answers(value: Any) -> dict[str, bool]:
    return {text(key): flag(answer) for key, answer in value.items()}


def _naf(value: Any) -> str:
    return naf.rev2().entry(text(value)).code


def _naf_2025(value: Any) -> str:
    return naf.naf_2025().entry(text(value)).code


def _legal(value: Any) -> str:
    legal.label(text(value))
    return legal.normalise(text(value))


NAMES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "siret": ("siret", text),
    "commune_code": ("commune", text),
    "qpv_code": ("qpv", text),
    "zones": ("zones", _zones),
    "naf_code": ("naf", _naf),
    "naf2025_code": ("naf_2025", _naf_2025),
    "staff": ("staff", number),
    "site_staff": ("site_staff", number),
    "group_staff": ("group_staff", number),
    "alone": ("alone", flag),
    "turnover_eur": ("turnover", number),
    "balance_eur": ("balance", number),
    "category": ("category", text),
    "size_held": ("held_size", _held_size),
    "legal_category": ("legal", _legal),
    "micro": ("micro", flag),
    "stage": ("stage", _stage),
    "created_on": ("created", created),
    "projects": ("projects", several("project")),
    "events": ("events", several("event")),
    "publics": ("publics", several("public")),
    "hires": ("hires", number),
    "investment_eur": ("investment", number),
    "begun": ("begun", flag),
    "owner": ("owner", flag),
    "ess": ("ess", flag),
    "difficulty": ("difficulty", flag),
    "up_to_date": ("up_to_date", flag),
    "minimis": ("minimis", _grants),
    "answers": ("answers", _answers),
}
"""What a file may say: its name, the field of the profile, how it is read."""


_LISTED = Text("une liste attendue (docs/aids.md)", "a list is expected (docs/aids.md)")
_WANTED: dict[Callable[[Any], Any], Text] = {
    number: Text("un nombre positif, ou [le moins, le plus]", "a number from 0, or [least, most]"),
    flag: Text("true ou false", "true or false"),
    text: Text("un texte entre guillemets", "a text in quotation marks"),
    created: Text("un jour, un mois ou une année : 2019-03", "a day, a month or a year: 2019-03"),
    _stage: Text("project ou firm", "project or firm"),
    _held_size: Text("same, micro, small, medium ou large", "same, micro, small, medium or large"),
    _grants: Text('[{"on": "2025-03-01", "eur": 20000}]', '[{"on": "2025-03-01", "eur": 20000}]'),
    _answers: Text('{"said:un-nom": true}', '{"said:some-name": true}'),
}
"""What a value is expected to be, told when it is not."""


def _refused(french: str, english: str) -> Refused:
    return Refused(Text(french, english))
