"""People registered as looking for work, by commune (Dares, France Travail)."""

from bassin.sources.jobseekers.communes import Jobseekers

SOURCES = (Jobseekers,)
