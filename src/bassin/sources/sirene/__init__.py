"""SIRENE, Insee's register of firms: establishments, legal units, and their history."""

from bassin.sources.sirene.establishments import Establishments
from bassin.sources.sirene.flows import FLOWS
from bassin.sources.sirene.history import EstablishmentHistory
from bassin.sources.sirene.legal_units import LegalUnits
from bassin.sources.sirene.procedures import PROCEDURES
from bassin.sources.sirene.shown import SHOWN
from bassin.sources.sirene.stock import STOCK
from bassin.sources.sirene.successions import Successions

SOURCES = (Establishments, LegalUnits, EstablishmentHistory, Successions)
DERIVED = (FLOWS, STOCK, SHOWN, PROCEDURES)
