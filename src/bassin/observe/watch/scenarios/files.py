"""A scenario as rows of a file: each figure with its unit, perimeter, date, source and meaning."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from bassin.observe.watch.scenarios import shown

Facts = dict[str, Any]


def rows(record: Mapping[str, Any], facts: Mapping[str, Any], language: str) -> list[Facts]:
    """One row per territory, commune, sector, trade and neighbourhood; a hidden value is empty.

    Args:
        facts: what is the same in each row: scenario, version, author, horizon.
    """
    common = {
        **facts, "unit": _("jobs"), "definition": definition(),
        "release": record["release"],
    }  # fmt: skip
    where = {
        "source": shown.source(record, language), "period": record["period"],
        "origin": record["origin"], "table_version": record["table_version"],
    }  # fmt: skip
    return [{**each, **where, **common} if "source" not in each else {**each, **common}
            for each in _listed(record, language)]  # fmt: skip


def definition() -> str:
    """What an exposed job is."""
    return _(
        "Exposed jobs: jobs in place of the sectors hit × share of activity supposed lost. Not a "
        "forecast, not lost jobs; no knock-on effect, no hiring elsewhere, no public support."
    )


def _listed(record: Mapping[str, Any], language: str) -> Iterator[Facts]:
    yield _row("territory", record["place"], record["name"], record["total"], language)
    for each in record["communes"]:
        largest = each["largest"]
        concentration = (
            {"largest_share_low_pct": largest["share"][0],
             "largest_share_high_pct": largest["share"][1],
             "largest_what": largest["what"][language],
             "largest_establishments": largest["employers"]} if largest else {}
        )  # fmt: skip
        yield _row("commune", each["code"], each["name"], each, language) | concentration
    for each in record["sectors"]:
        row = _row("sector", each["id"], each["label"][language], each, language)
        yield row | {"supposed_low_pct": each["low"], "supposed_high_pct": each["high"]}
    trades = record["trades"]
    for each in [*trades["known"], {"code": "", **trades["unknown"]}] if trades else []:
        name = each["code"] or _("Trade not known: these activities declare no hires")
        yield _row("trade", each["code"], name, each, language)
    yield from _quarters(record["quarters"], language)


def _quarters(found: Mapping[str, Any] | None, language: str) -> Iterator[Facts]:
    if found is None:
        return
    where = {
        "source": _("Sirene, establishments as they may be shown"), "period": found["period"],
        "origin": found["origin"], "table_version": found["table_version"],
    }  # fmt: skip
    others = [
        ("outside", _("Outside these neighbourhoods"), found["outside"]),
        ("unplaced", _("Place not published: inside or outside"), found["unplaced"]),
    ]
    for code, name, each in [
        *((one["code"], one["name"], one) for one in found["places"]), *others,
    ]:  # fmt: skip
        yield _row("qpv", code, name, each, language) | where


def _row(level: str, code: str, name: str, each: Mapping[str, Any], language: str) -> Facts:
    pairs = {"jobs": "jobs", "sector_jobs": "touched", "exposed": "exposed", "share": "share"}
    ends = {name: each[key] or (None, None) for name, key in pairs.items()}
    unit = {"share": "_pct"}
    numbers = {
        f"{name}_{end}{unit.get(name, '')}": value
        for name, both in ends.items() for end, value in zip(("low", "high"), both, strict=True)
    }  # fmt: skip
    why = each["why"]
    return {
        "level": level, "code": code, "name": name, **numbers,
        "status": "secret" if why else "shown", "why": why[language] if why else "",
    }  # fmt: skip


def assumptions(shocks: list[Facts], language: str) -> list[Facts]:
    """What is supposed of each sector, with its codes."""
    return [
        {
            "sector": each["label"][language], "naf": " ".join(each["naf"]),
            "perimeter": " ".join(each["within"]), "low_pct": each["low"],
            "high_pct": each["high"], "why": each["why"],
        }
        for each in shocks
    ]  # fmt: skip
