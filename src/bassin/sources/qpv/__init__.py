"""ANCT: perimeters of the priority neighbourhoods (QPV), generations 2015 and 2024."""

from bassin.sources.qpv.communes import QPV_COMMUNES
from bassin.sources.qpv.perimeters import Qpv

SOURCES = (Qpv,)
DERIVED = (QPV_COMMUNES,)
