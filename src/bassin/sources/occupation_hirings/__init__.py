"""Hires by occupation and activity of the employer."""

from bassin.sources.occupation_hirings.matrix import OccupationHirings

SOURCES = (OccupationHirings,)
