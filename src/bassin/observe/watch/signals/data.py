"""Data late or broken: what the watch itself no longer sees, or sees too old."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Signal,
    blind,
    news,
)


def look(health: Sequence[Mapping[str, Any]], failing: Mapping[str, str], today: date) -> Look:
    """The sources that are late or that fail.

    Args:
        health: an entry per source, as `sources.health.health` gives them.
        failing: the moment of the first failure of those whose last attempts failed.
    """
    if not any(each["age_days"] is not None for each in health):
        return blind("data", "")
    found = []
    for each in health:
        facts = {name: each[name] for name in ("vintage", "age_days", "publisher")}
        if each["error"] and each["key"] in failing:
            told = {**facts, "error": each["error"], "error_fr": each["error_fr"],
                    "since": failing[each["key"]][:10]}  # fmt: skip
            found.append(_signal(Kind.BROKEN, each["key"], failing[each["key"]], today, told))
        elif each["stale"]:
            loaded = today - timedelta(days=each["age_days"])
            found.append(_signal(Kind.LATE, each["key"], loaded.isoformat(), today, facts))
    return news("data", "", found, today)


def _signal(kind: Kind, key: str, tells: str, on: date, facts: Mapping[str, Any]) -> Signal:
    return Signal(
        kind, "table", key, tells, on, key, Reliability.ACT,
        evidence=(Evidence("table", on, facts),),
    )  # fmt: skip
