"""Incomes of households by commune (Insee, Filosofi)."""

from bassin.sources.incomes.communes import IncomeCommunes

SOURCES = (IncomeCommunes,)
