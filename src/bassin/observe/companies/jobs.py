"""Salaried jobs of many establishments: between two sums, since staff is published by bands."""

from collections.abc import Mapping

from bassin.taxonomies.headcounts import Total, band


def total(counts: Mapping[str | None, int]) -> Total:
    """The interval that establishments make, counted by band."""
    least, most, count, unsure, open_ended = 0, 0, 0, 0, False
    for code, held in counts.items():
        one = band(code)
        least += one.minimum * held
        most += (one.maximum or 0) * held
        count += held
        unsure += held if one.unsure else 0
        open_ended = open_ended or one.maximum is None
    return Total(least, None if open_ended else most, count, unsure)
