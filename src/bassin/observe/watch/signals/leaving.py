"""Large establishments that close, move away or change hands.

A firm that moves closes one SIRET and opens another; where a link of succession says so, this is a
move and no closure. Where the successor belongs to another firm, the place is taken over. A firm
whose identity is hidden is not watched one by one.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from bassin.observe.watch.signals.signal import (
    Evidence,
    Kind,
    Look,
    Reliability,
    Signal,
    blind,
    news,
)
from bassin.taxonomies.headcounts import band

SOURCE = "establishments_shown"
LARGE = 20
"""From this many employees at least, a closing or a move is told."""


@dataclass(frozen=True, slots=True)
class Site:
    """One establishment that was left: closed, or moved. `successor` took its place, if any.

    `here` tells whether the successor is in the territory; None where its place is not known.
    """

    siret: str
    name: str
    naf_code: str
    commune: str
    closed_on: date
    headcount_band: str | None
    is_hidden: bool = False
    successor: str = ""
    linked_on: date | None = None
    here: bool | None = None


def large(code: str | None) -> bool:
    """Whether a headcount band is that of a large establishment for sure."""
    return band(code).minimum >= LARGE


def look(sites: Collection[Site] | None, remembered: Mapping[str, str], until: date | None) -> Look:
    """The large ones that were left lately.

    Args:
        sites: None when no establishment is loaded.
        remembered: the last band known of establishments, by SIRET: a register empties it when
            a place closes.
    """
    if sites is None:
        return blind("leaving", SOURCE)
    found = [
        _signal(each, remembered) for each in sites
        if not each.is_hidden and large(_band(each, remembered))
    ]  # fmt: skip
    return news("leaving", SOURCE, found, until)


def _band(site: Site, remembered: Mapping[str, str]) -> str | None:
    if site.headcount_band and not band(site.headcount_band).unsure:
        return site.headcount_band
    return remembered.get(site.siret)


def _signal(site: Site, remembered: Mapping[str, str]) -> Signal:
    code = _band(site, remembered) or ""
    kind = Kind.CLOSURE
    if site.successor:
        same = site.successor[:9] == site.siret[:9]
        kind = Kind.MOVE if same else Kind.TAKEOVER
    facts = {
        "siret": site.siret, "band": code, "closed": str(site.closed_on),
        "successor": site.successor,
        "here": site.here, "remembered": code != (site.headcount_band or ""),
    }  # fmt: skip
    return Signal(
        kind,
        "establishment",
        site.siret,
        site.closed_on.isoformat(),
        site.closed_on,
        SOURCE,
        Reliability.ACT,
        evidence=(Evidence("site", site.closed_on, facts),),
        siren=site.siret[:9],
        name=site.name,
        sites=(site.siret,),
        communes=(site.commune,),
        naf_code=site.naf_code,
        within=kind == Kind.MOVE and site.here is True,
    )
