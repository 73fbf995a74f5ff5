"""Taxable income and tax households by commune, for the Métropole du Grand Paris."""

from bassin.sources.tax_income.households import TaxIncome

SOURCES = (TaxIncome,)
