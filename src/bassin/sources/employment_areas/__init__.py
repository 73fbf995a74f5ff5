"""The employment areas (bassins d'emploi) of France Travail, by commune."""

from bassin.sources.employment_areas.areas import EmploymentAreas

SOURCES = (EmploymentAreas,)
