"""LOVAC: private dwellings empty for more than two years, by commune."""

from bassin.sources.housing_vacancy.lovac import HousingVacancy

SOURCES = (HousingVacancy,)
