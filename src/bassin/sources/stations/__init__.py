"""Stations of Île-de-France by line, and the communes they stand in."""

from bassin.sources.stations.communes import STATION_COMMUNES
from bassin.sources.stations.points import Stations

SOURCES = (Stations,)
DERIVED = (STATION_COMMUNES,)
