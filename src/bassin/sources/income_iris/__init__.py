"""Insee Filosofi: disposable income by IRIS, and its spread inside each commune."""

from bassin.sources.income_iris.disposable import IncomeIris
from bassin.sources.income_iris.spread import INCOME_SPREAD

SOURCES = (IncomeIris,)
DERIVED = (INCOME_SPREAD,)
