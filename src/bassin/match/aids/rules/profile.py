"""What is known of a firm or of a project, and the same as values that conditions look at.

Everything may be missing. A list that is given is whole: what it does not hold is a no.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bassin.errors import Refused
from bassin.match.aids.rules.minimis import FACT, Grant, left
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.size import SAME, retained, size
from bassin.pairing.conditions import Interval, OneOf, Tags, Value, flag
from bassin.taxonomies import legal, naf
from bassin.taxonomies.classification import Classification
from bassin.types import Origin

Codes = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known; None, and "" for a code, are unknown.

    Args:
        staff: of the firm; `group_staff` with its linked and partner firms.
        alone: whether the firm is on its own: its staff is then that of the group.
        category: INSEE's (PME, ETI, GE), group included.
        held_size: the European size held until the last year: a class, or "same".
        qpv: priority neighbourhood; "" outside any.
        created: day of creation, between two ends.
        answers: to demands that no known fact tells, by "said:…".
    """

    siret: str = ""
    commune: str = ""
    qpv: str | None = None
    zones: Codes = None
    naf: str = ""
    naf_2025: str = ""
    staff: Interval | None = None
    site_staff: Interval | None = None
    group_staff: Interval | None = None
    alone: bool | None = None
    turnover: Interval | None = None
    balance: Interval | None = None
    category: str = ""
    held_size: str = ""
    legal: str = ""
    micro: bool | None = None
    stage: str = ""
    created: tuple[date, date] | None = None
    projects: Codes = None
    events: Codes = None
    publics: Codes = None
    hires: Interval | None = None
    investment: Interval | None = None
    begun: bool | None = None
    owner: bool | None = None
    ess: bool | None = None
    difficulty: bool | None = None
    up_to_date: bool | None = None
    minimis: tuple[Grant, ...] | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    origin: Origin = Origin.REAL


Tell = Callable[[Profile, date, Places], Value]
_TOLD: dict[str, Tell] = {
    "place": lambda each, _day, places: (
        places.tags(each.commune, each.qpv, each.zones) if each.commune else None
    ),
    "activity": lambda each, _day, _places: activity(each.naf, naf.rev2()),
    "activity_2025": lambda each, _day, _places: activity(each.naf_2025, naf.naf_2025()),
    "staff": lambda each, _day, _places: each.staff,
    "site_staff": lambda each, _day, _places: each.site_staff,
    "turnover_eur": lambda each, _day, _places: each.turnover,
    "balance_eur": lambda each, _day, _places: each.balance,
    "size": lambda each, _day, _places: _size(each),
    "legal_form": lambda each, _day, _places: form(each.legal),
    "micro": lambda each, _day, _places: flag(_micro(each)),
    "stage": lambda each, _day, _places: OneOf(frozenset([each.stage])) if each.stage else None,
    "age_months": lambda each, day, _places: age(each.created, day),
    "created_on": lambda each, _day, _places: days(each.created),
    "hires": lambda each, _day, _places: each.hires,
    "investment_eur": lambda each, _day, _places: each.investment,
    "begun": lambda each, _day, _places: flag(each.begun),
    "owner": lambda each, _day, _places: flag(each.owner),
    "ess": lambda each, _day, _places: flag(_ess(each)),
    "difficulty": lambda each, _day, _places: flag(each.difficulty),
    "up_to_date": lambda each, _day, _places: flag(each.up_to_date),
    "public_body": lambda each, _day, _places: flag(
        legal.is_public(each.legal) if each.legal else None
    ),
    "project": lambda each, _day, _places: _projects(each),
    "event": lambda each, _day, _places: None if each.events is None else Tags(each.events),
    "public": lambda each, _day, _places: None if each.publics is None else Tags(each.publics),
    FACT: lambda each, day, _places: None if each.minimis is None else left(each.minimis, day),
}
"""What each fact is, from what is known of a firm."""


def value(fact: str, profile: Profile, day: date, places: Places) -> Value:
    """What conditions look at of one fact; None when it is not known."""
    return _TOLD[fact](profile, day, places)


def values(profile: Profile, day: date, places: Places) -> dict[str, Value]:
    """What conditions look at on a day; unknown facts are left out."""
    found: dict[str, Value] = {fact: tell(profile, day, places) for fact, tell in _TOLD.items()}
    found |= {key: flag(answer) for key, answer in profile.answers.items()}
    return {key: each for key, each in found.items() if each is not None}


def activity(code: str, known: Classification) -> Tags | None:
    """An activity and all that holds it; a wide code leaves open which below it is meant."""
    if not code:
        return None
    try:
        entry = known.entry(code)
    except Refused:
        return None
    held = frozenset([entry.code, *known.ancestors(entry.code)])
    below: set[str] = set()
    heads = list(known.children(entry.code))
    while heads:
        below.update(heads)
        heads = [one for each in heads for one in known.children(each)]
    return Tags(held, frozenset(below))


def form(code: str) -> Tags | None:
    """A legal form at its levels, and the family that it is of; a short code stays open."""
    if not code:
        return None
    family = legal.family(code)
    held = {code[:length] for length in range(1, len(code) + 1)}
    held |= {f"family:{family.id}"} if family else set()
    return Tags(frozenset(held), open_to=(code,) if len(code) < 4 else ())


def age(created: tuple[date, date] | None, day: date) -> Interval | None:
    """Whole months since the creation, between two ends; None for one that is to come."""
    if created is None or created[0] > day:
        return None
    return Interval(max(0, _months(created[1], day)), _months(created[0], day))


def _months(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month - (day.day < start.day)


def days(created: tuple[date, date] | None) -> Interval | None:
    """The day of creation as numbers, between two ends."""
    return None if created is None else Interval(*(float(each.toordinal()) for each in created))


def _size(profile: Profile) -> OneOf | None:
    found = size(
        _group(profile), _with_group(profile, profile.turnover),
        _with_group(profile, profile.balance), profile.category,
    )  # fmt: skip
    held = SAME if profile.stage == "project" else profile.held_size
    return retained(found, held, profile.category)


def _with_group(profile: Profile, euros: Interval | None) -> Interval | None:
    """A sum with the group's: at least the firm's own, while nobody said what the group is."""
    if euros is None or profile.alone or profile.group_staff is not None:
        return euros
    return Interval(euros.low, math.inf)


def _group(profile: Profile) -> Interval | None:
    if profile.group_staff is not None:
        return profile.group_staff
    if profile.staff is None or profile.alone:
        return profile.staff
    return Interval(profile.staff.low, math.inf)


def _projects(profile: Profile) -> Tags | None:
    """What is planned. Who plans hires hires, who has no firm yet starts one, said or not."""
    implied = {"hiring"} if profile.hires is not None and profile.hires.low >= 1 else set()
    implied |= {"creation"} if profile.stage == "project" else set()
    if profile.projects is not None:
        return Tags(profile.projects | implied)
    return Tags(frozenset(implied), open_to=("",)) if implied else None


def _micro(profile: Profile) -> bool | None:
    """A company is never under the regime; a person may be."""
    if profile.micro is None and profile.legal and not legal.is_natural_person(profile.legal):
        return False
    return profile.micro


def _ess(profile: Profile) -> bool | None:
    if profile.ess is None and profile.legal and legal.is_ess(profile.legal):
        return True
    return profile.ess
