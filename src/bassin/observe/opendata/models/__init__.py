"""What people write about data: what left, what is shared, and what was brought."""

from bassin.observe.opendata.declaring.models import DeclaredFigure
from bassin.observe.opendata.models.departures import Departure
from bassin.observe.opendata.models.sharing import Agreement, Deposit, SharedTable, Use

__all__ = ["Agreement", "DeclaredFigure", "Departure", "Deposit", "SharedTable", "Use"]
