"""Insee: statistics of the priority neighbourhoods (QPV)."""

from bassin.sources.qpv_statistics.indicators import QpvStatistics

SOURCES = (QpvStatistics,)
