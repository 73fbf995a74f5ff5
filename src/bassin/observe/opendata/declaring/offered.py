"""The tables of which a figure can be made: about communes and periods, and open to its author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bassin.errors import Refused
from bassin.indicators.catalogue import everything
from bassin.indicators.declaration import Indicator
from bassin.indicators.house import House
from bassin.indicators.secrecy.regimes import Regime, regime
from bassin.observe.opendata import openness
from bassin.sources.checks import quoted
from bassin.sources.contract import Column, Derivation, Source
from bassin.sources.registry import derivations, sources
from bassin.types import Text

PLACE, PERIOD = "commune_code", "period"
LEVELS = ("public", "partners", "internal")
"""Who may read, from everyone to the authority alone."""

REGIMES = ("already_protected", "business", "fiscal_person", "local")
FREE = "already_protected"
MOST_VALUES = 40
_NEVER = (PLACE, PERIOD, "cog")


@dataclass(frozen=True, slots=True)
class Offered:
    """A table that a figure can be made of, and what it asks of that figure.

    `like` is a figure that is already made of it: its limits are those of the table.
    """

    key: str
    title: Text
    definition: Text
    publisher: str
    licence: str
    page: str
    level: str
    regime: str
    columns: Mapping[str, Column]
    rows: int
    like: Indicator | None

    @property
    def compared(self) -> dict[str, Column]:
        """Columns that a condition may name."""
        return {name: each for name, each in self.columns.items() if name not in (PLACE, "cog")}

    @property
    def numbers(self) -> dict[str, Column]:
        """Columns that hold a number."""
        whole = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE")
        return {
            name: each
            for name, each in self.columns.items()
            if each.type in whole and name not in _NEVER
        }

    @property
    def levels(self) -> tuple[str, ...]:
        """Who may read a figure made of it: never more people than may read the table."""
        return LEVELS[LEVELS.index(self.level) :]

    @property
    def regimes(self) -> tuple[str, ...]:
        """The rules of secrecy that are no weaker than its own, its own first."""
        stricter = [code for code in REGIMES if no_weaker(code, self.regime)]
        return (self.regime, *(each for each in stricter if each != self.regime))


def no_weaker(code: str, than: str) -> bool:
    """Whether a rule of secrecy hides at least all that another one hides."""
    one, other = regime(code), regime(than)
    return one.min_units >= other.min_units and (one.dominance_pct or 101) <= (
        other.dominance_pct or 101
    )


def tables(house: House) -> dict[str, Offered]:
    """Every table of the release in service that a figure can be made of, by title."""
    known: dict[str, Source | Derivation] = {**sources(), **derivations()}
    found = []
    for key, served in house.reader.release.tables.items():
        if key in known and (made := _offered(known[key], served.version.rows)) is not None:
            found.append(replace(made, publisher=served.version.publisher or made.publisher,
                                 licence=served.version.licence or made.licence))  # fmt: skip
    return {each.key: each for each in sorted(found, key=lambda each: each.title.fr)}


def table(house: House, key: str) -> Offered:
    """One of them.

    Raises:
        Refused: there is none of that name, or no figure may be made of it.
    """
    found = tables(house).get(key)
    if found is None:
        raise Refused(Text(
            f"Aucun chiffre ne peut être fait de « {key[:60]} » : la table n'est pas chargée, n'a "
            "pas de commune et de période, ou contient des données de personnes.",
            f"No figure can be made of “{key[:60]}”: the table is not loaded, has no commune and "
            "period, or holds people's data.",
        ))  # fmt: skip
    return found


def _offered(known: Source | Derivation, rows: int) -> Offered | None:
    level = _level(known)
    if not {PLACE, PERIOD} <= known.columns.keys() or not level:
        return None
    first = known if isinstance(known, Source) else _first(known)
    made = [each for each in everything().values() if each.dataset == known.key
            and each.native == "commune" and each.status != "withdrawn"]  # fmt: skip
    like = next((each for each in made if each.sampled), made[0] if made else None)
    return Offered(
        known.key, known.title, known.definition, first.publisher, first.licence, first.page,
        level, _regime(known, made), known.columns, rows, like,
    )  # fmt: skip


def _first(derived: Derivation) -> Source:
    known, inputs = sources(), derivations()
    name = derived.inputs[0] if derived.inputs else derived.optional[0]
    return known[name] if name in known else _first(inputs[name])


def _level(known: Source | Derivation) -> str:
    """Who may read what is made of it; "" where it holds people's data, or nobody said."""
    found = openness.written().get(known.key)
    if found is not None:
        return "" if found.because == "people" else "public"
    return openness.level_of(known.key)


def _regime(known: Source | Derivation, made: Sequence[Indicator]) -> str:
    """The rule of secrecy of a table: that of its agreement, or of the figures made of it."""
    agreed = getattr(known, "regime", "") or FREE
    return max([agreed, *(each.regime for each in made)], key=_strength)


def _strength(code: str) -> tuple[int, float]:
    found: Regime = regime(code)
    return found.min_units, -(found.dominance_pct or 101)


@dataclass(frozen=True, slots=True)
class Values:
    """What a column holds: its usual values with how many rows each has, or its bounds."""

    column: str
    usual: tuple[tuple[str, int], ...] = ()
    others: int = 0
    lowest: str = ""
    highest: str = ""
    empty: int = 0


def values(house: House, offered: Offered, name: str) -> Values | None:
    """What a column of a table holds over the territory; None for a column that it has not."""
    if name not in offered.compared or offered.columns[name].type == "BLOB":
        return None
    column, source = quoted(name), quoted(offered.key)
    inside = f"{PLACE} IN (SELECT unnest($1))"
    codes = sorted(house.territory.codes(house.home))
    [(distinct, lowest, highest, empty)] = house.reader.rows(
        f"SELECT count(DISTINCT {column}), min({column}), max({column}), "  # noqa: S608  declared names
        f"count(*) FILTER ({column} IS NULL) FROM {source} WHERE {inside}",
        [codes],
    )
    bounds = (str(lowest), str(highest)) if distinct else ("", "")
    if distinct > 10 * MOST_VALUES:
        return Values(name, lowest=bounds[0], highest=bounds[1], empty=empty)
    found = house.reader.rows(
        f"SELECT {column}, count(*) FROM {source} WHERE {inside} AND {column} IS NOT NULL "  # noqa: S608
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}",
        [codes],
    )
    usual = tuple((str(value), count) for value, count in found)
    return Values(name, usual, max(distinct - len(usual), 0), *bounds, empty=empty)
