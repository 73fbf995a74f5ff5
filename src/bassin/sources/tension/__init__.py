"""Tension on occupations, by employment area (Dares and France Travail)."""

from bassin.sources.tension.indicators import Tension

SOURCES = (Tension,)
