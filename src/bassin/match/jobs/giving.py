"""What recruitment actions cost for a hire, and whom they serve: counts, with small ones hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bassin.commons.hires import FEWEST, hidden
from bassin.match.jobs.models import Recruitment, Registration
from bassin.match.jobs.recruiting import Funnel, funnel


def in_public(
    registrations: "QuerySet[Registration]", actions: Sequence[Recruitment]
) -> dict[str, Any]:
    """What some actions gave, as everyone reads it: the steps, whom they served, their cost."""
    shown = funnel(registrations).public()
    return {
        "funnel": shown.steps(),
        "served": served(registrations, shown),
        "costs": costs(actions, shown),
    }


@dataclass(frozen=True, slots=True)
class Cost:
    """What some actions cost in one unit; `per_hire` None when it is not known, and `why`."""

    eur: Decimal | None
    unit: str
    sources: tuple[str, ...]
    hires: int | None
    why: str = ""

    @property
    def per_hire(self) -> Decimal | None:
        """The cost divided by the hires; with none, there is no such number."""
        return self.eur / self.hires if self.eur is not None and self.hires else None


def costs(actions: Sequence[Recruitment], shown: Funnel | None = None) -> list[Cost]:
    """The cost per hire of some actions, unit by unit; those whose cost nobody said come last.

    Each hire counts once.

    Args:
        shown: the funnel that everyone reads, in public: no number of hires under five is told
            then, nor given away by the others, nor one that the funnel hides.
    """
    groups = _by_unit(actions)
    counts = [len(placements) for _unit, _members, placements in groups]
    told: Sequence[int | None] = counts
    if shown is not None:
        told = [None] * len(counts) if shown.hired is None else hidden(counts)
    return [
        _cost(unit, members, count)
        for (unit, members, _placements), count in zip(groups, told, strict=True)
    ]


def _by_unit(actions: Sequence[Recruitment]) -> list[tuple[str, list[Recruitment], set[int]]]:
    units = [each.value for each in Recruitment.CostUnit]
    seen: set[int] = set()
    groups = []
    for unit in (*units, ""):
        members = [each for each in actions if _unit(each) == unit]
        if members:
            hired = Registration.objects.filter(
                recruitment__in=members, withdrawn_on=None, placement__isnull=False
            )
            placements = set(hired.values_list("placement", flat=True)) - seen
            seen |= placements
            groups.append((unit, members, placements))
    return groups


def _unit(action: Recruitment) -> str:
    return action.cost_unit if action.cost_eur is not None else ""


def _cost(unit: str, members: Sequence[Recruitment], hires: int | None) -> Cost:
    if not unit:
        words = _("Nobody said what {count} of these actions cost: ask who organised them.")
        return Cost(None, "", (), hires, words.format(count=len(members)))
    spent = sum((each.cost_eur or Decimal(0) for each in members), Decimal(0))
    sources = tuple(dict.fromkeys(each.cost_source for each in members if each.cost_source))
    why = ""
    if hires is None:
        why = _("hidden: fewer than 5 hires, here or in what is left of the total")
    elif not hires:
        why = _("nobody is known to be hired yet")
    return Cost(spent, str(Recruitment.CostUnit(unit).label), sources, hires, why)


@dataclass(frozen=True, slots=True)
class Part:
    """People who said yes, no, and nothing; None where the number is hidden."""

    yes: int | None
    no: int | None
    unsaid: int | None

    @property
    def numbers(self) -> tuple[int | None, int | None, int | None]:
        """The three, in the order of a table."""
        return self.yes, self.no, self.unsaid

    @property
    def pct(self) -> int | None:
        """The share of yes among those whose answer is known; None under five, or hidden."""
        if self.yes is None or self.no is None or self.yes + self.no < FEWEST:
            return None
        return round(100 * self.yes / (self.yes + self.no))


@dataclass(frozen=True, slots=True)
class Served:
    """Of the people who reached a step: women, and residents of priority neighbourhoods."""

    step: str
    women: Part
    qpv: Part

    @property
    def columns(self) -> tuple[str, ...]:
        """What each number is, in the order of a table."""
        return (
            _("women"), _("men"), _("woman or man not said"), _("priority neighbourhoods"),
            _("elsewhere"), _("neighbourhood not said"),
        )  # fmt: skip

    @property
    def cells(self) -> list[tuple[str, int | None, int | None]]:
        """Each number with what it is, and its share when it is known."""
        women, qpv = self.women, self.qpv
        numbers = (*women.numbers, *qpv.numbers)
        shares = (women.pct, None, None, qpv.pct, None, None)
        return list(zip(self.columns, numbers, shares, strict=True))


def served(registrations: "QuerySet[Registration]", shown: Funnel | None = None) -> list[Served]:
    """Who registered and who was hired, each person once.

    Args:
        shown: the funnel that everyone reads, in public: what it hides is not given away here.
    """
    rows = registrations.filter(withdrawn_on=None).values_list(
        "token", "woman", "from_qpv", "placement"
    )
    people: dict[str, list[tuple[bool | None, bool | None, int | None]]] = {}
    for token, woman, qpv, placement in rows:
        people.setdefault(token, []).append((woman, qpv, placement))
    hired = [each for each in people.values() if any(row[2] is not None for row in each)]
    steps = (
        (_("people registered"), list(people.values()), shown.registered if shown else None),
        (_("people hired"), hired, shown.hired if shown else None),
    )
    return [
        Served(words, *(_part([_known(each, field) for each in some], shown is not None, told)
                        for field in (0, 1)))
        for words, some, told in steps
    ]  # fmt: skip


def _known(rows: Sequence[tuple[bool | None, bool | None, int | None]], field: int) -> bool | None:
    """What a person said at one meeting or another; what they said last holds."""
    said = [row[field] for row in rows if row[field] is not None]
    return bool(said[-1]) if said else None


def _part(said: Sequence[bool | None], public: bool, told: int | None) -> Part:
    counts = [said.count(True), said.count(False), said.count(None)]
    if not public:
        return Part(*counts)
    return Part(None, None, None) if told is None else Part(*hidden(counts))
