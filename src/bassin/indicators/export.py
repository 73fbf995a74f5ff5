"""A figure as plain values: for JSON, CSV and the command line, the same everywhere."""

from typing import Any

from bassin.indicators import coverage
from bassin.indicators.declaration import Indicator
from bassin.indicators.figure import Comparison, Figure, Observation, Status
from bassin.indicators.numbers import unit
from bassin.indicators.secrecy import journal
from bassin.indicators.sentences import rules
from bassin.indicators.valued import source

COLUMNS = (
    "indicator", "label", "place", "place_name", "value", "upper", "unit", "period",
    "numerator", "denominator", "status", "secrecy", "reliability", "origin", "why",
    "rank", "rank_size", "ahead", "change", "change_unit", "change_since",
    "change_before", "change_within_noise",
    "source", "licence", "definition", "universe", "cog", "covered", "members", "known_pct",
    "caveats", "version",
)  # fmt: skip
"""Columns of a flat row, in order; comparators come after, with the columns of `COMPARED` each."""
COMPARED = ("value", "gap", "share_pct", "known_pct", "partial")


def observation(observed: Observation, language: str = "fr") -> dict[str, Any]:
    """One observation as plain values."""
    journal.told((observed,))
    return {
        "place": observed.place.key,
        "place_name": observed.place.name,
        "period": observed.period,
        "value": observed.value,
        "upper": observed.upper,
        "numerator": observed.numerator,
        "denominator": observed.denominator,
        "units_count": observed.units_count,
        "status": observed.status.value,
        "secrecy": secrecy(observed),
        "reliability": observed.reliability.value,
        "origin": observed.origin.value,
        "cog": observed.cog,
        "covered": observed.covered,
        "members": observed.members,
        "known_pct": _known(observed),
        "why": observed.why.say(language) if observed.why else None,
        "table_version": observed.table_version,
    }


def record(indicator: Indicator, observed: Observation, language: str = "fr") -> dict[str, Any]:
    """One observation with what is needed to read it alone: unit, perimeter, source, definition."""
    return {
        **observation(observed, language),
        "indicator": indicator.id,
        "version": version(observed),
        "label": indicator.label.say(language),
        "period": observed.period or None,
        "unit": unit(indicator.symbol, language) or None,
        "definition": indicator.definition.say(language),
        "universe": indicator.universe.say(language),
        "source": source(indicator, observed).say(language),
        "licence": indicator.licence,
        "cog": observed.cog or None,
    }


def secrecy(observed: Observation) -> str:
    """ "free", or what secrecy did to the figure: "secret", "secondary", "rounded"."""
    touched = (Status.SECRET, Status.SECONDARY, Status.ROUNDED)
    return observed.status.value if observed.status in touched else "free"


def figure(made: Figure, language: str = "fr") -> dict[str, Any]:
    """A figure as nested plain values."""
    shown = observation(made.observation, language)
    return {
        "indicator": made.observation.indicator,
        "version": version(made.observation),
        "label": made.label.say(language),
        "definition": made.definition.say(language),
        "universe": made.universe.say(language),
        "unit": unit(made.symbol, language),
        "decimals": made.decimals,
        **shown,
        "source": made.source.say(language),
        "licence": made.licence,
        "comparisons": [_comparison(each, language) for each in made.comparisons],
        "rank": made.rank and {
            "position": made.rank.position,
            "size": made.rank.size,
            "ahead": [place.name for place in made.rank.ahead],
            "group": made.rank.group.say(language),
        },
        "change": made.change and {
            "since": made.change.since,
            "until": made.change.until,
            "before": made.change.before,
            "amount": made.change.amount,
            "unit": made.change.unit,
            "within_noise": not rules.has_moved(made, made.change),
            "break": made.change.crosses_break and made.change.crosses_break.say(language),
        },
        "series": [observation(each, language) for each in made.series],
        "caveats": [caveat.say(language) for caveat in made.caveats],
    }  # fmt: skip


def version(observed: Observation) -> str:
    """Of the declaration and of the table: "1@6aad7f367dd0"; without a table, the first alone."""
    return f"{observed.version}@{observed.table_version}".rstrip("@")


def _comparison(each: Comparison, language: str) -> dict[str, Any]:
    partial = coverage.partial(each.observation)
    return {
        "place": each.place.key,
        "place_name": each.place.name,
        "value": each.observation.value,
        "period": each.observation.period,
        "gap": each.gap,
        "gap_unit": each.gap_unit or None,
        "share_pct": each.share_pct,
        "comparable": each.comparable,
        "why": each.why.say(language) if each.why else None,
        "known_pct": _known(each.observation),
        "partial": partial.say(language) if partial else None,
    }


def _known(observed: Observation) -> float | None:
    """Percent of the place's people that the table tells of, with one decimal."""
    return None if observed.known_pct is None else round(observed.known_pct, 1)


def flat(made: Figure, language: str = "fr") -> dict[str, Any]:
    """A figure as one row of `COLUMNS`, plus the columns of `COMPARED` per comparator."""
    nested = figure(made, language)
    rank, change = nested["rank"] or {}, nested["change"] or {}
    row = {name: nested.get(name) for name in COLUMNS}
    row.update(
        rank=rank.get("position"),
        rank_size=rank.get("size"),
        ahead=", ".join(rank.get("ahead", ())),
        change=change.get("amount"),
        change_unit=change.get("unit"),
        change_since=change.get("since"),
        change_before=change.get("before"),
        change_within_noise=change.get("within_noise"),
        caveats=" ".join(nested["caveats"]),
    )
    for each in nested["comparisons"]:
        row.update({f"{each['place']} {name}": each[name] for name in COMPARED})
    return row
