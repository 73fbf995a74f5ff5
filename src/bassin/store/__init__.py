"""The ground floor: immutable Parquet versions of tables, and releases that serve them.

A *version* is one Parquet file with its facts; it never changes. A *release* names one version
of each table and holds them in one read-only DuckDB file; publishing writes a new release beside
the old one and then replaces one small file, so a reader sees the old release or the new one.
"""

from bassin.store.made import Made
from bassin.store.reader import Content, Reader
from bassin.store.store import Store
from bassin.store.version import Release, Served, Version

__all__ = ["Content", "Made", "Reader", "Release", "Served", "Store", "Version"]
