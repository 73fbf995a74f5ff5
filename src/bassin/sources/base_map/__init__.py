"""What a map of streets is drawn from: roads, railways, water and buildings of IGN's BD TOPO."""

from bassin.sources.base_map.features import BaseMap

SOURCES = (BaseMap,)
