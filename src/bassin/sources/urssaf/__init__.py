"""Private employment by commune and activity (Urssaf)."""

from bassin.sources.urssaf.headcounts import UrssafHeadcounts

SOURCES = (UrssafHeadcounts,)
