"""Jobs in place by commune and activity, as intervals: what a shock is applied to.

Two sources, never added. Urssaf counts private employees to the unit and is taken when it is
loaded; Sirene gives a band per establishment, public ones included. The census counts every job,
but in five sectors only: too few for a scenario.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bassin.errors import Refused
from bassin.indicators import coverage
from bassin.indicators.house import House
from bassin.territory import Place
from bassin.types import Origin, Text

OTHER = ""
"""The key of activities that no shock names."""


@dataclass(frozen=True, slots=True)
class Range:
    """Between `low` and `high`, both included; `high` is None when no upper end is known."""

    low: float = 0.0
    high: float | None = 0.0

    def __add__(self, other: "Range") -> "Range":
        unknown = self.high is None or other.high is None
        return Range(
            self.low + other.low, None if unknown else (self.high or 0) + (other.high or 0)
        )

    def times(self, low: float, high: float) -> "Range":
        """This range taken between two factors, neither negative."""
        top = 0.0 if high == 0 else None if self.high is None else self.high * high
        return Range(self.low * low, top)


NONE = Range()


@dataclass(frozen=True, slots=True)
class Cell:
    """Jobs of one commune under one key.

    `employers` counts establishments with staff. `largest` is the most that one of them may
    hold (None: no end is known) and `besides` the least that the others hold together.
    """

    jobs: Range = NONE
    employers: int = 0
    largest: float | None = 0.0
    besides: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """A table that jobs may be read from."""

    code: str
    table: str
    sql: str
    title: Text
    counts: Text


@dataclass(frozen=True, slots=True)
class Jobs:
    """Cells by commune key and activity key, of one source and period."""

    source: Source
    period: str
    origin: Origin
    table_version: str
    cells: Mapping[tuple[str, str], Cell]

    def of(self, commune: str, keys: Sequence[str] = ()) -> dict[str, Cell]:
        """The cells of a commune by activity key, all or some."""
        return {
            key: cell
            for (where, key), cell in self.cells.items()
            if where == commune and (not keys or key in keys)
        }


# Of one commune and activity, the largest establishment holds at most what is left when every
# other one has a single employee; a masked headcount is bounded by Sirene's bands, if loaded.
_URSSAF = """
WITH activity AS (SELECT unnest($naf) AS naf_code, unnest($keys) AS key),
inside AS (SELECT unnest($places) AS place, unnest($communes) AS commune_code),
bands AS (
    SELECT commune_code, naf_code, sum(headcount_max) AS most,
        bool_or(headcount_max IS NULL) AS open
    FROM {bands} GROUP BY ALL
),
rows AS (
    SELECT i.place, coalesce(a.key, '') AS key, greatest(u.establishments, 1) AS employers,
        coalesce(u.headcount, 0) AS least,
        coalesce(u.headcount, CASE WHEN NOT b.open THEN b.most END) AS most
    FROM urssaf_headcounts u
    JOIN inside i USING (commune_code)
    LEFT JOIN activity a ON a.naf_code = u.naf_code
    LEFT JOIN bands b ON b.commune_code = u.commune_code AND b.naf_code = u.naf_code
    WHERE u.period = $period AND (u.headcount > 0 OR u.headcount IS NULL)
)
SELECT place, key, sum(least), CASE WHEN bool_or(most IS NULL) THEN NULL ELSE sum(most) END,
    sum(employers),
    CASE WHEN bool_or(most IS NULL) THEN NULL ELSE max(greatest(most - employers + 1, 0)) END,
    greatest(sum(least) - max(greatest(coalesce(most, least) - employers + 1, 0)), 0)
FROM rows GROUP BY ALL
"""
_NO_BANDS = (
    "(SELECT NULL::VARCHAR AS commune_code, NULL::VARCHAR AS naf_code, "
    "NULL::BIGINT AS headcount_max WHERE false)"
)
_SIRENE = """
WITH activity AS (SELECT unnest($naf) AS naf_code, unnest($keys) AS key),
inside AS (SELECT unnest($places) AS place, unnest($communes) AS commune_code),
rows AS (
    SELECT i.place, coalesce(a.key, '') AS key, s.headcount_min AS least, s.headcount_max AS most,
        s.establishments AS employers
    FROM establishment_stock s
    JOIN inside i USING (commune_code)
    LEFT JOIN activity a ON a.naf_code = s.naf_code
    WHERE s.period = $period AND s.headcount_min > 0
)
SELECT place, key, sum(least), CASE WHEN bool_or(most IS NULL) THEN NULL ELSE sum(most) END,
    sum(employers),
    CASE WHEN bool_or(most IS NULL) THEN NULL ELSE max(most / employers) END,
    sum(least) - max(least / employers)
FROM rows GROUP BY ALL
"""
URSSAF = Source(
    "urssaf", "urssaf_headcounts", _URSSAF,
    Text("Urssaf, effectifs salariés au 31 décembre {period}",
         "Urssaf, employees on 31 December {period}"),
    Text("Salariés du privé au régime général : sans la fonction publique, l'agriculture, les "
         "intérimaires ni les non-salariés. Un effectif masqué est borné par la tranche de Sirene.",
         "Private employees under the general scheme: without public service, farming, temporary "
         "workers or the self-employed. A masked headcount is bounded by Sirene's band."),
)  # fmt: skip
SIRENE = Source(
    "sirene", "establishment_stock", _SIRENE,
    Text("Insee, Sirene, stock au {period}", "Insee, Sirene, stock on {period}"),
    Text("Salariés des établissements actifs, publics compris, d'après leur tranche d'effectif : "
         "un intervalle. Un effectif inconnu compte pour zéro ; un siège peut porter ceux "
         "d'autres lieux.",
         "Employees of active establishments, public ones included, by headcount band: an "
         "interval. An unknown headcount counts for zero; a head office may book those of other "
         "places."),
)  # fmt: skip
SOURCES = (URSSAF, SIRENE)


def named(code: str) -> Source:
    """A source by its code. Raises KeyError when there is none."""
    return {each.code: each for each in SOURCES}[code]


def loaded(house: House) -> list[Source]:
    """The sources that the release holds, the preferred one first."""
    return [each for each in SOURCES if house.reader.has(each.table)]


def choose(house: House, asked: str = "") -> Source | None:
    """The source asked for, else the preferred one; None when none is loaded.

    Raises:
        Refused: the source asked for is unknown or not loaded.
    """
    there = loaded(house)
    if not asked:
        return there[0] if there else None
    found = next((each for each in there if each.code == asked), None)
    if found is None:
        codes = ", ".join(each.code for each in there) or "—"
        raise Refused(
            Text(
                f"Les emplois ne peuvent pas être lus dans « {asked[:60]} » ici. "
                f"Sources chargées : {codes}.",
                f"Jobs cannot be read from “{asked[:60]}” here. Sources loaded: {codes}.",
            )
        )
    return found


def read(
    house: House,
    communes: Sequence[Place],
    activities: Mapping[str, str],
    source: Source,
    on: date | None = None,
) -> Jobs | None:
    """Jobs of some communes at the last period known, by the key of each sub-class of NAF.

    Args:
        activities: key of each sub-class; the others come under `OTHER`.

    Returns:
        None when the source has no period at that date.
    """
    period = latest(house, source, on)
    if period is None:
        return None
    scope = house.territory.scope(communes, on).to_pydict()
    bands = "establishment_stock" if house.reader.has("establishment_stock") else _NO_BANDS
    sql = source.sql.replace("{bands}", bands)
    asked = {
        "naf": list(activities), "keys": list(activities.values()), "period": period,
        "places": scope["place"], "communes": scope["commune_code"],
    }  # fmt: skip
    rows = house.reader.cursor().execute(sql, asked).fetchall()
    cells = {
        (place, key): Cell(
            Range(float(least), None if most is None else float(most)), int(employers),
            None if largest is None else float(largest), float(besides),
        )
        for place, key, least, most, employers, largest, besides in rows
    }  # fmt: skip
    served = house.reader.release.tables[source.table].version
    return Jobs(source, period, served.origin, served.version, cells)


def latest(house: House, source: Source, on: date | None = None) -> str | None:
    """The last period that a source has, at a date if one is given."""
    last = str(on.year) if on else "9999"
    found: str | None = house.reader.rows(_PERIODS[source.code], [last])[0][0]
    return found


def day(period: str) -> date:
    """The day that a period counts: a stock's own, or the last day of a year."""
    return date.fromisoformat(period) if len(period) > 4 else date(int(period), 12, 31)


def covers(house: House, place: Place, source: Source, period: str, on: date | None = None) -> bool:
    """Whether the source knows enough of a place for a total to be that of the place."""
    where = (house.reader, house.territory, source.table)
    share = (
        coverage.share(*where, period, place, on)
        if source is URSSAF
        else coverage.surrounding(*where, place, on)
    )
    return share is not None and share >= coverage.ENOUGH


_PERIODS = {
    "urssaf": "SELECT max(period) FROM urssaf_headcounts WHERE left(period, 4) <= $1",
    "sirene": "SELECT max(period) FROM establishment_stock WHERE left(period, 4) <= $1",
}
