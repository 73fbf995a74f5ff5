"""The official geography of France, offline: communes, groupings, départements, régions, outlines.

Two yearly snapshots of the same package give dated membership: 2023 (the Métropole du Grand
Paris with 131 communes) and 2026 (130, after Pierrefitte-sur-Seine joined Saint-Denis in 2025).
"""

from bassin.sources.geography.areas import Areas
from bassin.sources.geography.communes import Communes
from bassin.sources.geography.groupings import Groupings
from bassin.sources.geography.outlines import COMMUNE_BASE, SHAPES, Boundaries, Outlines

SOURCES = (Communes, Groupings, Areas, Outlines, Boundaries)
DERIVED = (SHAPES, COMMUNE_BASE)
