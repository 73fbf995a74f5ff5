"""What people write about firms. One module per family of records; import them from here."""

from bassin.observe.companies.models.corrections import Correction
from bassin.observe.companies.models.saved import SavedSelection, SelectionSeen

__all__ = ["Correction", "SavedSelection", "SelectionSeen"]
