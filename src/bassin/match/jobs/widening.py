"""No job in one's own trade: what one could change, and how many jobs each change would open.

Every change is tried by ranking the offers again; those that open nothing are not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.match.jobs.forms_search import MINUTES
from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.needs import Wishes
from bassin.match.jobs.searching import Asked, Listed, ranked
from bassin.match.jobs.supply import Supply
from bassin.pairing import Ranking

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Wider:
    """One change: what it is, what it would open, and the address that does it."""

    words: str
    opens: str
    url: str


def own(ranking: Ranking, wishes: Wishes) -> int:
    """How many offers that nothing blocks are in the trades said; all, when none was."""
    if not wishes.rome_codes:
        return ranking.open_count
    trades = ranking.spread["rome_code"]
    return sum(trades.get(code, 0) for code in wishes.rome_codes)


def wider(asked: Asked, offers: Supply, known: Knowledge, today: date) -> list[Wider]:
    """The changes that open jobs in one's own trade, the least demanding first."""
    found: list[Wider] = []
    for words, changed in _changes(asked.wishes):
        number = own(ranked(changed, offers, known, today, Listed(0)), changed)
        if number:
            opens = ngettext("{n} job", "{n} jobs", number).format(n=number)
            found.append(Wider(words, opens, _address(asked, changed)))
        if len(found) == SHOWN:
            break
    return found


def _changes(wishes: Wishes) -> Iterator[tuple[str, Wishes]]:
    """What may change without anything being untrue: how far, how, when, for how long."""
    if wishes.commune_code:
        for minutes in (each for each in MINUTES if each > wishes.most_minutes):
            words = _("Up to {n} minutes of journey").format(n=minutes)
            yield words, replace(wishes, most_minutes=minutes)
        if wishes.mode != "car":
            yield _("By car, if you can"), replace(wishes, mode="car")
    if wishes.hours:
        yield _("At any hour"), replace(wishes, hours=())
    if wishes.contracts:
        yield _("Whatever the contract"), replace(wishes, contracts=())
    if wishes.hours and wishes.contracts:
        both = replace(wishes, hours=(), contracts=())
        yield _("At any hour, whatever the contract"), both
    if wishes.commune_code:
        yield _("Anywhere around"), replace(wishes, commune_code="")
        if wishes.hours or wishes.contracts:
            words = _("Anywhere around, at any hour, whatever the contract")
            yield words, replace(wishes, commune_code="", hours=(), contracts=())


_KEPT = ("sans_diplome", "diplome", "francais", "permis", "badge", "sait")


def _address(asked: Asked, wishes: Wishes) -> str:
    """The same question with the change, each thing said in its own field: words say too much."""
    said = [
        (name, value) for name in _KEPT for value in _values(asked.form.data, name) if value
    ]  # fmt: skip
    said += [("metier", code) for code in wishes.rome_codes]
    if asked.place and wishes.commune_code:
        said.append(("lieu", asked.place.name))
    said += [("moyen", wishes.mode), ("minutes", str(wishes.most_minutes))]
    said += [("contrat", code) for code in wishes.contracts]
    said += [("horaire", code) for code in wishes.hours]
    if asked.understood.without_diploma:
        said.append(("sans_diplome", "on"))
    return f"?{urlencode(said)}"


def _values(data: Any, name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, QueryDict) else []
