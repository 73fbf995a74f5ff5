"""Insee CLAP: establishments of each commune by headcount band."""

from bassin.sources.establishments_by_size.bands import EstablishmentsBySize

SOURCES = (EstablishmentsBySize,)
