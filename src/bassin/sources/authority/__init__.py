"""Tables that an authority declares for itself: what its communes and partners share.

One TOML file per table in the folder `authority/tables` of the installation, written by the pages
of open data or by hand (see docs/sharing.md). Each becomes a source like any other.
"""
