"""The frameworks that an authority's documents describe: as data, then as records."""

from bassin.steer.programmes.documents.writing import write

__all__ = ["write"]
