"""ANIL's rent map: advertised rents by commune and kind of dwelling."""

from bassin.sources.rents.advertised import Rents

SOURCES = (Rents,)
