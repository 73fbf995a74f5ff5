"""What figures stand on: their sources, how old these are, and which of them are in trouble.

A source whose last good version is old, or whose update fails, says so on every page that uses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bassin.indicators.catalogue import indicators
from bassin.indicators.figure import Figure
from bassin.indicators.house import House
from bassin.indicators.numbers import period
from bassin.sources.health import failing_since, health
from bassin.sources.registry import Stamp, derivations, is_public, sources, stamp
from bassin.store import Store
from bassin.types import Origin


@dataclass(frozen=True, slots=True)
class Used:
    """One source behind a page: `trouble` is a sentence, empty when all is well.

    `loaded_on` is None when the source is not loaded; `figures_count` says how many of the page's
    figures use it.
    """

    key: str
    title: str
    publisher: str
    licence: str
    vintage: str
    loaded_on: date | None
    origin: str
    url: str
    figures_count: int
    trouble: str


def roots(dataset: str) -> tuple[str, ...]:
    """Keys of the publishers' sources that a table is made of: itself, or what it derives from."""
    derived = derivations().get(dataset)
    if derived is None:
        return (dataset,)
    inputs = (*derived.inputs, *derived.optional)
    return tuple(dict.fromkeys(root for name in inputs for root in roots(name)))


def states(opened: House, today: date) -> dict[str, dict[str, Any]]:
    """The health of every source by key, read again when a release or a run is recorded.

    Without the tables that an authority keeps to itself and to its partners.
    """
    runs = opened.store.root / "runs.jsonl"
    tried = runs.stat().st_mtime_ns if runs.exists() else 0
    return _states(str(opened.store.root), opened.reader.name, tried, stamp(), today)


@lru_cache(maxsize=4)
def _states(
    root: str, release: str, tried: int, shared: Stamp, today: date
) -> dict[str, dict[str, Any]]:
    from pathlib import Path

    store = Store(Path(root))
    since = failing_since(store)
    return {
        entry["key"]: {**entry, "failing_since": since.get(entry["key"], "")}
        for entry in health(store, today)
        if is_public(entry["key"])
    }


def without_rows(opened: House) -> frozenset[str]:
    """Keys of the loaded sources about communes that have no row for the home territory."""
    return _without_rows(opened.reader.name, opened)


@lru_cache(maxsize=2)
def _without_rows(release: str, opened: House) -> frozenset[str]:
    codes = sorted(opened.territory.codes(opened.home))
    empty = set()
    for key, served in opened.reader.release.tables.items():
        if key in sources() and "commune_code" in served.version.columns:
            sql = f'SELECT 1 FROM "{key}" WHERE commune_code IN (SELECT unnest($1)) LIMIT 1'  # noqa: S608  a key of ours
            if not opened.reader.rows(sql, [codes]):
                empty.add(key)
    return frozenset(empty)


def used(opened: House, figures: Iterable[Figure], today: date, language: str) -> list[Used]:
    """The sources of figures that have a value, those of most figures first."""
    counts: dict[str, int] = {}
    for figure in figures:
        if figure.observation.value is not None:
            dataset = indicators()[figure.observation.indicator].dataset
            for key in roots(dataset):
                counts[key] = counts.get(key, 0) + 1
    known = states(opened, today)
    # A derived table may do without some of its inputs: those not loaded are not used.
    found = [_used(known[key], count, today, language) for key, count in counts.items()
             if key in known and known[key]["origin"]]  # fmt: skip
    return sorted(found, key=lambda each: (-each.figures_count, each.title))


def _used(state: dict[str, Any], count: int, today: date, language: str) -> Used:
    source = sources()[state["key"]]
    age = state["age_days"]
    return Used(
        key=source.key,
        title=source.title.say(language),
        publisher=source.publisher,
        licence=source.licence,
        vintage=period(state["vintage"], language),
        loaded_on=date.fromordinal(today.toordinal() - age) if age is not None else None,
        origin=state["origin"],
        url=reverse("observatory:source", kwargs={"key": source.key}),
        figures_count=count,
        trouble=trouble(state, today, language),
    )


def trouble(state: dict[str, Any], today: date, language: str) -> str:
    """What a reader must know of a source that is stale or cannot be updated; else nothing."""
    title = sources()[state["key"]].title.say(language)
    if state["age_days"] is None or state["origin"] == Origin.INVENTED:
        return ""
    loaded = date.fromordinal(today.toordinal() - state["age_days"]).isoformat()
    when = period(loaded, language, article=True)
    if state["failing_since"]:
        days = (today - datetime.fromisoformat(state["failing_since"]).date()).days
        return _("{source}: data received on {date}; {failing}.").format(
            source=title, date=when.removeprefix("le ").removeprefix("the "), failing=_failing(days)
        )
    if state["stale"]:
        return _("{source}: data received on {date}, older than its publisher's rhythm.").format(
            source=title, date=when.removeprefix("le ").removeprefix("the ")
        )
    return ""


def _failing(days: int) -> str:
    if days < 1:
        return _("the update has been failing since today")
    return ngettext(
        "the update has been failing for {days} day",
        "the update has been failing for {days} days",
        days,
    ).format(days=days)


def troubles(opened: House, figures: Iterable[Figure], today: date, language: str) -> list[str]:
    """The sentences to show under figures: only sources in trouble, in the order of their use."""
    found = used(opened, figures, today, language)
    return [each.trouble for each in found if each.trouble]
