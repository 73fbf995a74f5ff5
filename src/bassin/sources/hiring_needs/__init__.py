"""The yearly survey of employers' hiring needs (Besoins en main-d'œuvre)."""

from bassin.sources.hiring_needs.survey import HiringNeeds

SOURCES = (HiringNeeds,)
