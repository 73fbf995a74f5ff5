"""Families of trades with a pictogram: a way in for who would rather not write.

The fourteen families are the first letter of ROME's codes, in everyday words of our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

SAID = {
    "A": (_("Plants, animals, gardens"), "sprout"),
    "B": (_("Making beautiful things by hand"), "palette"),
    "C": (_("Banks, insurance, housing"), "landmark"),
    "D": (_("Shops and selling"), "shopping-cart"),
    "E": (_("Press, printing, advertising"), "megaphone"),
    "F": (_("Building and public works"), "hammer"),
    "G": (_("Kitchens, hotels, leisure"), "utensils"),
    "H": (_("Factories and workshops"), "factory"),
    "I": (_("Repairing and keeping going"), "wrench"),
    "J": (_("Hospitals and care"), "heart-pulse"),
    "K": (_("Helping people, cleaning, teaching, guarding"), "hand-helping"),
    "L": (_("Stage and shows"), "theater"),
    "M": (_("Offices and computers"), "briefcase"),
    "N": (_("Warehouses, lorries, buses, aeroplanes"), "truck"),
}
"""By letter: everyday words, and a pictogram."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its letter, words, pictogram, and how many offers it has today."""

    letter: str
    words: str
    icon: str
    offers: int


def families(offers: Mapping[str, int]) -> list[Family]:
    """All families, with their open offers; those that hire most come first."""
    found = [
        Family(letter, gettext(words), icon, _of(letter, offers))
        for letter, (words, icon) in SAID.items()
    ]
    return sorted(found, key=lambda each: (-each.offers, each.letter))


def trades(letter: str, labels: Mapping[str, str], offers: Mapping[str, int]) -> list[tuple]:
    """The trades of a family: code, label, open offers; those that hire most come first."""
    found = [(code, label, offers.get(code, 0)) for code, label in labels.items()
             if code[:1] == letter]  # fmt: skip
    return sorted(found, key=lambda each: (-each[2], each[1]))


def _of(letter: str, offers: Mapping[str, int]) -> int:
    return sum(count for code, count in offers.items() if code[:1] == letter)
