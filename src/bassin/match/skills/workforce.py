"""Jobs in place by trade: jobs by activity of the territory × the trades that activities hire.

Jobs come from one table, never added to another: Urssaf's private employees when they are loaded,
else Sirene's bands, as an interval. The share of a trade in an activity is its share of the hires
declared there, in France: trades in which people come and go weigh too much, and people whom the
employment service never knew are absent. It is the only open crosswalk, and its bias is said
wherever its result is shown.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from bassin.indicators.house import House
from bassin.match.skills.forecast import Values, total
from bassin.taxonomies import naf
from bassin.types import Origin, Text

FEWEST = 3
"""An aggregate of fewer firms is secret."""

MOST = 0.85
"""So is one of which too small an activity makes more than this share."""

_URSSAF = """
WITH cells AS (
    SELECT * FROM urssaf_headcounts
    WHERE commune_code IN (SELECT unnest($1))
        AND period = (SELECT max(period) FROM urssaf_headcounts)
), bands AS ({bands})
SELECT naf_code,
    sum(CASE WHEN headcount_masked THEN coalesce(least, 0) ELSE coalesce(headcount, 0) END),
    sum(CASE WHEN headcount_masked THEN coalesce(most, least, 0) ELSE coalesce(headcount, 0) END),
    sum(coalesce(establishments, 0)), sum(headcount_masked::INT),
    sum((headcount_masked AND most IS NULL)::INT), period
FROM cells LEFT JOIN bands USING (commune_code, naf_code)
GROUP BY naf_code, period
"""
_BANDS = """
    SELECT commune_code, naf_code, sum(headcount_min) AS least,
        CASE WHEN bool_or(headcount_max IS NULL) THEN NULL ELSE sum(headcount_max) END AS most
    FROM establishment_stock
    WHERE commune_code IN (SELECT unnest($1))
        AND period = (SELECT max(period) FROM establishment_stock)
    GROUP BY commune_code, naf_code
"""
_NO_BANDS = """
    SELECT '' AS commune_code, '' AS naf_code, 0::BIGINT AS least, NULL::BIGINT AS most
"""
_SIRENE = """
SELECT naf_code, sum(headcount_min), sum(coalesce(headcount_max, headcount_min)),
    sum(establishments) FILTER (headcount_min > 0), 0, sum((headcount_max IS NULL)::INT), period
FROM establishment_stock
WHERE commune_code IN (SELECT unnest($1)) AND naf_code IS NOT NULL
    AND period = (SELECT max(period) FROM establishment_stock)
GROUP BY naf_code, period
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that jobs by activity may be read from."""

    table: str
    sql: str
    title: Text
    counts: Text


SOURCES = (
    Source(
        "urssaf_headcounts", _URSSAF,
        Text("Urssaf, effectifs salariés au 31 décembre {period}",
             "Urssaf, employees on 31 December {period}"),
        Text("Salariés du privé au régime général : sans la fonction publique, l'agriculture, les "
             "intérimaires ni les non-salariés.",
             "Private employees under the general scheme: without public service, farming, "
             "temporary workers or the self-employed."),
    ),
    Source(
        "establishment_stock", _SIRENE,
        Text("Insee, Sirene, stock au {period}", "Insee, Sirene, stock on {period}"),
        Text("Salariés des établissements actifs d'après leur tranche d'effectif : un intervalle, "
             "dont la valeur centrale est le milieu. Un effectif inconnu compte pour zéro.",
             "Employees of active establishments by headcount band: an interval, whose central "
             "value is its middle. An unknown headcount counts for zero."),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Activity:
    """Jobs of one activity here, and how many establishments with staff hold them."""

    jobs: Values
    employers: int


@dataclass(frozen=True, slots=True)
class Stock:
    """Jobs of a trade: by section of NAF, and by activity; secret when too few firms hold them."""

    sections: Mapping[str, Values]
    activities: Mapping[str, Values]
    employers: int
    secret: bool

    @property
    def jobs(self) -> Values:
        """All of them."""
        return total(self.sections.values())


@dataclass(frozen=True)
class Workforce:
    """The jobs of a territory, by activity and by trade.

    `uncrossed` is the share of jobs whose activity hires for no known trade. `hidden` is how many
    counts Urssaf masks: Sirene's bands of that commune and activity stand in for each, where there
    are some. `unbounded` is how many counts have no upper end: they weigh their lower one.
    """

    source: Source | None
    period: str
    origin: Origin
    activities: Mapping[str, Activity]
    trades: Mapping[str, Stock]
    shares: Mapping[str, Mapping[str, float]]  # activity -> trade -> share of its hires
    uncrossed: float
    hidden: int
    unbounded: int

    @property
    def said(self) -> Text:
        """The source with its date."""
        if self.source is None:
            return Text("aucune table d'emplois par activité", "no table of jobs by activity")
        title = self.source.title
        return Text(title.fr.format(period=self.period), title.en.format(period=self.period))

    @property
    def unknown(self) -> Text:
        """What is said of counts that are not known; empty when all of them are."""
        fr, en = [], []
        if self.hidden:
            fr.append(
                f"{self.hidden} effectifs masqués par l'Urssaf sont un intervalle : celui des "
                "tranches de Sirene pour la commune et l'activité, s'il y en a."
            )
            en.append(
                f"{self.hidden} headcounts masked by Urssaf are an interval: that of Sirene's "
                "bands for the commune and activity, where there are some."
            )
        if self.unbounded:
            fr.append(
                f"{self.unbounded} effectifs n'ont pas de borne haute : le scénario haut est un "
                "plancher."
            )
            en.append(
                f"{self.unbounded} headcounts have no upper end: the high scenario is a floor."
            )
        return Text(" ".join(fr), " ".join(en))

    @property
    def year(self) -> int:
        """The year of the stock, from which years are counted."""
        return int(self.period[:4]) if self.period else 0


def workforce(house: House) -> Workforce:
    """That of the installation's territory, kept for the release in service."""
    key = (house.reader.key, house.home.key)
    with _LOCK:
        found = _KEPT.get(key)
        if found is None:
            found = _KEPT[key] = _read(house)
            while len(_KEPT) > 2:
                _KEPT.popitem(last=False)
    return found


_LOCK = threading.Lock()
_KEPT: "OrderedDict[tuple[tuple[str, str], str], Workforce]" = OrderedDict()


def _read(house: House) -> Workforce:
    shares = _shares(house)
    for source in SOURCES:
        if not house.reader.has(source.table):
            continue
        codes = sorted(house.territory.codes(house.home))
        bands = _BANDS if house.reader.has("establishment_stock") else _NO_BANDS
        rows = house.reader.rows(source.sql.replace("{bands}", bands), [codes])
        if rows:
            return _made(house, source, rows, shares)
    return Workforce(None, "", Origin.REAL, {}, {}, shares, 0.0, 0, 0)


def _made(
    house: House, source: Source, rows: list[tuple], shares: Mapping[str, Mapping[str, float]]
) -> Workforce:
    activities = {
        code: Activity(Values(float(low), (low + high) / 2, float(high)), int(employers or 0))
        for code, low, high, employers, *_rest in rows
    }
    everywhere = sum(each.jobs.central for each in activities.values())
    lost = sum(each.jobs.central for code, each in activities.items() if code not in shares)
    release = house.reader.release
    hidden = sum(int(row[4] or 0) for row in rows)
    used = [source.table, *(["occupation_hirings"] if shares else [])]
    if hidden and "establishment_stock" in release.tables:
        used.append("establishment_stock")
    origin = Origin.together(release.origin(name) for name in used)
    return Workforce(
        source, rows[0][6], origin, activities,
        _by_trade(activities, shares), shares, lost / everywhere if everywhere else 0.0,
        hidden, sum(int(row[5] or 0) for row in rows),
    )  # fmt: skip


def _shares(house: House) -> dict[str, dict[str, float]]:
    """For each activity, the share of each trade in its hires."""
    if not house.reader.has("occupation_hirings"):
        return {}
    rows = house.reader.rows(
        "SELECT naf_code, rome_code, hirings / sum(hirings) OVER (PARTITION BY naf_code) "
        "FROM occupation_hirings WHERE hirings > 0"
    )
    found: dict[str, dict[str, float]] = {}
    for activity, trade, share in rows:
        found.setdefault(activity, {})[trade] = float(share)
    return found


def _by_trade(
    activities: Mapping[str, Activity], shares: Mapping[str, Mapping[str, float]]
) -> dict[str, Stock]:
    held: dict[str, dict[str, Values]] = {}
    for code, activity in activities.items():
        for trade, share in shares.get(code, {}).items():
            if activity.jobs.high > 0:
                held.setdefault(trade, {})[code] = activity.jobs.times(share)
    return {trade: stock(parts, activities) for trade, parts in held.items()}


def stock(parts: Mapping[str, Values], activities: Mapping[str, Activity]) -> Stock:
    """The jobs of a trade from its parts by activity; secret when they would show a firm's."""
    sections: dict[str, Values] = {}
    for code, jobs in parts.items():
        section = naf.parse(code).section
        sections[section] = sections.get(section, Values(0, 0, 0)).plus(jobs)
    employers = sum(activities[code].employers for code in parts)
    whole = sum(each.high for each in parts.values())
    few = sum(each.high for code, each in parts.items() if activities[code].employers < FEWEST)
    secret = employers < FEWEST or (whole > 0 and few > MOST * whole)
    return Stock(sections, parts, employers, secret)
