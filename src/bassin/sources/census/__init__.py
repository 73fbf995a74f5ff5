"""The population census of Insee, by commune."""

from bassin.sources.census.population import Census

SOURCES = (Census,)
