"""Bringing an existing table of firms in: columns mapped, every row told before it is written."""
