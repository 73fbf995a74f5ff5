"""What businesses pay to local authorities, and how rich communes are for the State."""

from bassin.sources.local_taxes.business import LocalTaxes
from bassin.sources.local_taxes.potential import FiscalPotential

SOURCES = (LocalTaxes, FiscalPotential)
