"""Programmes of aid to firms in their ecological transition, as their publisher writes them."""

from bassin.sources.aid_programmes.exports import AidExports
from bassin.sources.aid_programmes.programmes import AidProgrammes

SOURCES = (AidProgrammes, AidExports)
