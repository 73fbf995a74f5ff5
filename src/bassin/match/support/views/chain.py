"""The chain in one screen: the signal a case came from, aids, trades, what it becomes."""

from typing import Any

from bassin import systems
from bassin.match.support.models import Case
from bassin.match.support.views import pack
from bassin.match.support.views.common import house

ABOUT = ("aids", "jobs")
"""Systems whose card of a firm is shown on its case."""


def told(case: Case, language: str) -> dict[str, Any]:
    """What other systems say of this case, asked by its SIRET or by its number."""
    cards = systems.cards("case", case.reference, language)
    if case.siret and house().reader.name:
        cards += [
            each for each in systems.cards("firm", case.siret, language) if each.system in ABOUT
        ]
    return {
        "cards": cards,
        "aids_url": pack.aids(case),
        "origin": systems.resolve(case.source, language) if case.source else None,
        "becomes": systems.takings("idea", case.reference, "", language),
        "became": systems.became([case.reference], language).get(case.reference, []),
    }
