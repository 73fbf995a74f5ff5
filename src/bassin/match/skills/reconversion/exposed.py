"""Exposed jobs by trade: of a firm's establishments here, of a typed workshop, or typed by trade.

Jobs of an activity are shared among trades as its hires are, in France. Trades of short contracts
weigh too much, people whom the employment service never knew are absent: the page says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.taxonomies import headcounts, naf
from bassin.taxonomies.interval import NONE, Interval, Part, shared
from bassin.taxonomies.rome import Rome
from bassin.types import Origin

_ESTABLISHMENTS = """
    SELECT siret, e.naf_code, commune_code, e.headcount_band, e.headcount_year,
        coalesce(nullif(e.sign, ''), nullif(e.name, ''), u.name)
    FROM establishments AS e JOIN legal_units AS u USING (siren)
    WHERE siren = $1 AND ($2 = '' OR siret = $2) AND e.state = 'A'
        AND e.diffusion = 'O' AND u.diffusion = 'O'
        AND NOT coalesce(u.is_natural_person, e.is_natural_person, true)
        AND commune_code IN (SELECT unnest($3))
    ORDER BY siret
"""
_UNIT = """
    SELECT coalesce(nullif(name, ''), acronym), headcount_band, category FROM legal_units
    WHERE siren = $1 AND diffusion = 'O' AND NOT coalesce(is_natural_person, true)
"""


@dataclass(frozen=True, slots=True)
class Workplace:
    """One place of work whose jobs are exposed. `jobs` is None when its headcount is not known."""

    naf_code: str
    commune_code: str
    jobs: Interval | None
    name: str = ""
    siret: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """A legal unit of Sirene with its establishments here.

    `staff` is the headcount of the whole unit by its band, None when unknown or open; its group is
    not in Sirene. `category` is PME, ETI or GE: Insee counts the group for it.
    """

    siren: str
    name: str
    staff: Interval | None
    category: str
    sites: tuple[Workplace, ...]


def firm(house: House, number: str) -> Firm:
    """A firm by its SIREN, or one of its establishments by its SIRET.

    Raises:
        Refused: the number is none, or nothing active answers to it here.
    """
    digits = "".join(number.split())
    if not digits.isdecimal() or len(digits) not in (9, 14):
        raise Refused(_("A SIREN has 9 digits, a SIRET 14."))
    if not (house.reader.has("establishments") and house.reader.has("legal_units")):
        raise Refused(_("Sirene is not loaded: describe the workshop by hand."))
    units = house.reader.rows(_UNIT, [digits[:9]])
    communes = sorted(house.territory.codes(house.home))
    siret = digits if len(digits) == 14 else ""
    rows = house.reader.rows(_ESTABLISHMENTS, [digits[:9], siret, communes])
    if not units or not rows:
        raise Refused(_("No active establishment that may be shown has this number here."))
    name, code, category = units[0]
    sites = tuple(_site(*row) for row in rows)
    return Firm(digits[:9], name or sites[0].name, band(code), category or "", sites)


def _site(
    siret: str, naf_code: str | None, commune: str, code: str | None, year: int | None, name: str
) -> Workplace:
    return Workplace(naf_code or "", commune, band(code), name or "", siret, year)


def band(code: str | None) -> Interval | None:
    """A band of Sirene as an interval; None when it is not known. An open one ends at its start."""
    if not code:
        return None
    found = headcounts.band(code)
    if found.unsure:
        return None
    return Interval(found.minimum, found.minimum if found.maximum is None else found.maximum)


@dataclass(frozen=True)
class Exposed:
    """Exposed jobs, by trade: the middles of the parts sum to that of the whole.

    `uncrossed` are places whose activity's hires are not known by trade: their jobs are in no
    trade, and not in `whole`. `unknown` are places whose headcount is not known.
    """

    whole: Interval
    parts: Mapping[str, Part]
    sites: tuple[Workplace, ...]
    uncrossed: tuple[Workplace, ...]
    unknown: tuple[Workplace, ...]
    origin: Origin
    typed: bool

    @property
    def main(self) -> list[str]:
        """The trades that hold at least half a job in the middle, the greatest first."""
        held = [code for code, part in self.parts.items() if part.central > 0]
        return sorted(held, key=lambda code: (-self.parts[code].central, code))

    @property
    def commune_code(self) -> str:
        """Where one leaves from: the place with the most exposed jobs."""
        known = [each for each in self.sites if each.commune_code]
        best = max(known, key=lambda each: (each.jobs or NONE).central, default=None)
        return best.commune_code if best else ""


def of_sites(rome: Rome, sites: Sequence[Workplace], origin: Origin) -> Exposed:
    """The exposed jobs of places of work, each shared by what its activity hires."""
    hires = _hires(rome, {each.naf_code for each in sites})
    unknown = tuple(each for each in sites if each.jobs is None)
    uncrossed = tuple(each for each in sites if each.jobs is not None
                      and each.naf_code not in hires)  # fmt: skip
    counted = [each for each in sites if each.jobs is not None and each.naf_code in hires]
    whole = NONE
    weights: dict[str, Fraction] = {}
    for each in counted:
        assert each.jobs is not None
        whole += each.jobs
        total = sum(hires[each.naf_code].values())
        for code, count in hires[each.naf_code].items():
            part = each.jobs.central * Fraction(count, total)
            weights[code] = weights.get(code, Fraction(0)) + part
    parts = shared(whole, weights) if whole.high else {}
    return Exposed(whole, parts, tuple(sites), uncrossed, unknown, origin, typed=False)


def of_trades(jobs: Mapping[str, Interval], site: Workplace) -> Exposed:
    """The exposed jobs that somebody counted by trade."""
    whole = NONE
    for each in jobs.values():
        whole += each
    parts = {code: Part(each.low, each.central, each.high) for code, each in jobs.items()}
    return Exposed(whole, parts, (site,), (), (), Origin.REAL, typed=True)


def _hires(rome: Rome, codes: set[str]) -> dict[str, dict[str, int]]:
    """For each activity, the hires of each trade, in whole numbers."""
    table = rome.hirings
    names = ("naf_code", "rome_code", "hirings")
    found: dict[str, dict[str, int]] = {}
    for activity, trade, count in zip(*(table[name].to_pylist() for name in names), strict=True):
        if activity in codes and count and trade in rome.labels:
            held = found.setdefault(activity, {})
            held[trade] = held.get(trade, 0) + count
    return found


def activity(text: str) -> str:
    """A code of NAF as it is written: "2562b" is 25.62B.

    Raises:
        Refused: there is no such activity.
    """
    return str(naf.parse(text).code)
