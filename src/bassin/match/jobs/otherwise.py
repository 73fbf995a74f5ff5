"""What else somebody could do: trades near theirs that hire here, and what they lack for them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bassin.match.jobs.knowledge import Knowledge
from bassin.match.jobs.models import Offer
from bassin.match.jobs.needs import Wishes, journeys
from bassin.pairing.occupations import Neighbour
from bassin.taxonomies.rome import Rome
from bassin.types import Text

READ = 40
"""Near trades looked at before those that hire here are kept."""


@dataclass(frozen=True, slots=True)
class Other:
    """A near trade: how near, what is held of it and what is missing, and who hires.

    Args:
        near: 0..100, as computed from skills, words and hires; `expert` is what ROME's experts say
            of this move.
        offers: open offers that can be reached; `fit` of them ask for no diploma.
    """

    rome_code: str
    label: str
    after: str
    near: int
    expert: Text
    held: Sequence[str]
    missing: Sequence[str]
    offers: int
    without_diploma: int


def others(known: Knowledge, wishes: Wishes, today: date, most: int = 12) -> list[Other]:
    """The near trades that have open offers within reach, the nearest first; then the others.

    A trade without an offer is still told, after those that have one: most hires need none.
    """
    counted, bare = _offers(known, wishes, today)
    best: dict[str, tuple[str, Neighbour]] = {}
    for mine in wishes.rome_codes:
        for near in known.neighbours(mine, READ):
            before = best.get(near.rome_code)
            better = before is None or near.score > before[1].score
            if near.rome_code not in wishes.rome_codes and better:
                best[near.rome_code] = (mine, near)
    ranked = sorted(
        best.values(), key=lambda each: (not counted[each[1].rome_code], -each[1].score)
    )  # fmt: skip
    return [
        _other(near, mine, wishes, known.rome, counted, bare) for mine, near in ranked[:most]
    ]  # fmt: skip


def _other(
    near: Neighbour, mine: str, wishes: Wishes, rome: Rome, counted: Counter[str],
    bare: Counter[str],
) -> Other:  # fmt: skip
    """What is held is what was ticked; who ticked nothing holds what their trade does."""
    held = set(wishes.items or rome.items_of(mine))
    wanted = [each for each in (*near.shared, *near.missing) if each.kind != "environment"]
    return Other(
        near.rome_code, near.label, rome.label(mine), round(near.score), near.expert,
        [each.label for each in wanted if each.code in held],
        [each.label for each in wanted if each.code not in held],
        counted[near.rome_code], bare[near.rome_code],
    )  # fmt: skip


def _offers(known: Knowledge, wishes: Wishes, today: date) -> tuple[Counter[str], Counter[str]]:
    """Open offers by trade that can be reached, and those that ask for no diploma."""
    found = Offer.objects.open(today)
    if wishes.commune_code:
        minutes = journeys(known, wishes)
        near = [code for code, each in minutes.items() if each <= wishes.most_minutes]
        found = found.in_communes(*near)
    rows = list(found.values_list("rome_code", "level"))
    return Counter(code for code, _level in rows), Counter(c for c, level in rows if level == 0)
