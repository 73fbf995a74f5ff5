"""Salaried jobs of many establishments: between two sums, since staff is published by bands."""

from typing import Any

from bassin.taxonomies.headcounts import Total, bands


def sums(band: str = "headcount_band") -> str:
    """Five aggregates: establishments, least jobs, most jobs, bands without upper end, unsure."""
    return (
        f"count(*), coalesce(sum({_case(band, 'minimum')}), 0), "
        f"coalesce(sum({_case(band, 'maximum')}), 0), "
        f"count(*) FILTER ({_open(band)}), count(*) FILTER ({_unsure(band)})"
    )


def total(values: tuple[Any, ...]) -> Total:
    """The interval that the aggregates of `sums` give."""
    count, least, most, without_end, unsure = (int(each) for each in values)
    return Total(least, None if without_end else most, count, unsure)


def _case(band: str, end: str) -> str:
    whens = " ".join(
        f"WHEN '{code}' THEN {getattr(each, end)}"
        for code, each in bands().items()
        if getattr(each, end)
    )
    return f"CASE {band} {whens} ELSE 0 END"


def _open(band: str) -> str:
    codes = ", ".join(f"'{code}'" for code, each in bands().items() if each.maximum is None)
    return f"{band} IN ({codes})"


def _unsure(band: str) -> str:
    codes = ", ".join(f"'{code}'" for code, each in bands().items() if each.unsure)
    return f"{band} IS NULL OR {band} IN ({codes})"
