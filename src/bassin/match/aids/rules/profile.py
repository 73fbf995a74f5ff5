"""What is known of a firm or of a project, and the same as values that conditions look at.

Everything may be missing. A list that is given is whole: what it does not hold is a no.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bassin.errors import Refused
from bassin.match.aids.rules.minimis import FACT, Grant, left
from bassin.match.aids.rules.places import Places
from bassin.match.aids.rules.size import size
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


def values(profile: Profile, day: date, places: Places) -> dict[str, Value]:
    """What conditions look at on a day; unknown facts are left out."""
    found: dict[str, Value] = {
        "place": places.tags(profile.commune, profile.qpv, profile.zones)
        if profile.commune
        else None,
        "activity": activity(profile.naf, naf.rev2()),
        "activity_2025": activity(profile.naf_2025, naf.naf_2025()),
        "staff": profile.staff,
        "site_staff": profile.site_staff,
        "turnover_eur": profile.turnover,
        "balance_eur": profile.balance,
        "size": size(_group(profile), profile.turnover, profile.balance, profile.category),
        "legal_form": form(profile.legal),
        "micro": flag(_micro(profile)),
        "stage": OneOf(frozenset([profile.stage])) if profile.stage else None,
        "age_months": age(profile.created, day),
        "created_on": _days(profile.created),
        "hires": profile.hires,
        "investment_eur": profile.investment,
        "begun": flag(profile.begun),
        "owner": flag(profile.owner),
        "ess": flag(_ess(profile)),
        "difficulty": flag(profile.difficulty),
        "up_to_date": flag(profile.up_to_date),
        "public_body": flag(legal.is_public(profile.legal) if profile.legal else None),
        "project": _projects(profile),
        "event": None if profile.events is None else Tags(profile.events),
        "public": None if profile.publics is None else Tags(profile.publics),
        FACT: None if profile.minimis is None else left(profile.minimis, day),
        **{key: flag(answer) for key, answer in profile.answers.items()},
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}


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


def _days(created: tuple[date, date] | None) -> Interval | None:
    return None if created is None else Interval(*(float(each.toordinal()) for each in created))


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
