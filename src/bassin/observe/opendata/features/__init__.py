"""OGC API – Features, part 1: what has a position, for QGIS and for whatever reads the standard."""
