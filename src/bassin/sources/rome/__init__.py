"""ROME, France Travail's directory of occupations: versions 3 and 4."""

from bassin.sources.rome.fiches import RomeOccupations, RomeTexts
from bassin.sources.rome.fourth import Rome4Occupations
from bassin.sources.rome.skills import RomeItems, RomeSkills
from bassin.sources.rome.words import RomeAppellations, RomeMobilities

SOURCES = (
    RomeOccupations,
    RomeTexts,
    RomeAppellations,
    RomeItems,
    RomeSkills,
    RomeMobilities,
    Rome4Occupations,
)
