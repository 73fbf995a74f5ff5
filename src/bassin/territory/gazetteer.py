"""All places of one snapshot of the official geography, built once from the store's tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import Any

from bassin.store import Reader
from bassin.territory.place import Place
from bassin.types import Scale

_ARRONDISSEMENTS = {"751": "75056", "6938": "69123", "132": "13055"}
# Overseas collectivities (Insee's codes 975, 977 to 989): places of their own, and not in Insee's
# France, which is the mainland and the five overseas départements.
COLLECTIVITIES = ("975", "977", "978", "98")
METROPOLE_GRAND_PARIS = "200054781"


def city_of(commune_code: str) -> str:
    """The commune of a municipal arrondissement; the code itself for any other."""
    for prefix, city in _ARRONDISSEMENTS.items():
        if commune_code.startswith(prefix):
            return city
    return commune_code


@dataclass
class Gazetteer:
    """Places of one year: `places` by key, `current` the current communes by code.

    `predecessors` maps a current commune to the old codes that data of other years may use:
    former communes that joined it, and the arrondissements of Paris, Lyon and Marseille.
    """

    cog: int
    places: dict[str, Place] = field(default_factory=dict)
    current: dict[str, Place] = field(default_factory=dict)
    predecessors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def successors(self) -> dict[str, str]:
        """The current commune of each old code or arrondissement."""
        return {old: code for code, olds in self.predecessors.items() for old in olds}

    @cached_property
    def by_scale(self) -> dict[Scale, tuple[Place, ...]]:
        """The places of each scale, in their order."""
        found: dict[Scale, list[Place]] = {scale: [] for scale in Scale}
        for place in self.places.values():
            found[place.scale].append(place)
        return {scale: tuple(places) for scale, places in found.items()}

    def codes(self, communes: Iterable[str]) -> frozenset[str]:
        """The codes that data may use for these communes, whatever its year."""
        found = set(communes)
        for commune in list(found):
            found.update(self.predecessors.get(commune, ()))
        return frozenset(found)

    def population(self, communes: Iterable[str]) -> int | None:
        """Their inhabitants, None when those of one commune are not known: no total too low."""
        people = [self.places[f"commune:{code}"].population for code in communes]
        counted = [number for number in people if number is not None]
        return sum(counted) if counted and len(counted) == len(people) else None

    def shared(self, communes: Sequence[str], but: str = "") -> tuple[str, ...]:
        """Keys of the places that hold all these communes, the smallest first."""
        parents = [self.places[f"commune:{code}"].parents for code in communes]
        common = set(parents[0]).intersection(*parents[1:]) - {but}
        return tuple(key for key in parents[0] if key in common)


TABLES = ("communes", "groupings", "areas", "employment_areas", "qpv", "income_iris")
"""What a snapshot is read from; the same tables give the same one."""


def snapshots(reader: Reader) -> list[int]:
    """The years for which the official geography is loaded, oldest first."""
    return [row[0] for row in reader.rows("SELECT DISTINCT cog FROM communes ORDER BY cog")]


def build(reader: Reader, cog: int) -> Gazetteer:
    """Read one snapshot (about 35,000 communes in 0.3 s)."""
    gazetteer = Gazetteer(cog)
    rows = reader.rows(
        "SELECT commune_code, name, article, kind, departement_code, region_code, "
        "successor_code, former_codes, population, period FROM communes WHERE cog = $1",
        [cog],
    )
    groups = reader.rows(
        "SELECT grouping_code, kind, name, list(commune_code ORDER BY commune_code) "
        "FROM groupings WHERE cog = $1 GROUP BY ALL",
        [cog],
    )
    belongs = _belongs(groups)
    _add_communes(gazetteer, rows, belongs)
    _add_groupings(gazetteer, groups)
    _add_areas(gazetteer, reader)
    _add_employment_areas(gazetteer, reader)
    _add_quarters(gazetteer, reader)
    _add_iris(gazetteer, reader)
    return gazetteer


def _belongs(groups: list[tuple[Any, ...]]) -> dict[str, list[str]]:
    """Keys of the groupings each commune belongs to, the smallest first (EPT, then EPCI)."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, kind, _, members in sorted(groups, key=lambda group: group[1] != "EPT"):
        key = f"{_grouping_scale(kind, code)}:{code}"
        for member in members:
            found[member].append(key)
    return found


def _grouping_scale(kind: str, code: str) -> Scale:
    if kind == "EPT":
        return Scale.EPT
    return Scale.METROPOLE if code == METROPOLE_GRAND_PARIS else Scale.EPCI


def _add_communes(
    gazetteer: Gazetteer, rows: list[tuple[Any, ...]], belongs: dict[str, list[str]]
) -> None:
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # neighbours have the same parents: kept once
    for code, name, article, kind, departement, region, successor, _, people, period in rows:
        if kind == "former":
            continue
        parents = (
            *([f"commune:{successor}"] if kind == "arrondissement" else []),
            *belongs.get(code if kind == "commune" else successor, ()),
            intern(f"departement:{departement}"),  # one text for all its communes
            intern(f"region:{region}"),
            *(() if code.startswith(COLLECTIVITIES) else ("france:FR",)),
        )
        place = Place(
            Scale.COMMUNE, code, name, (code,), article or 0, people, intern(period or ""),
            "" if kind == "commune" else kind, same.setdefault(parents, parents),
        )  # fmt: skip
        gazetteer.places[place.key] = place
        if kind == "commune":
            gazetteer.current[code] = place
    gazetteer.predecessors = _predecessors(rows, gazetteer.current)


def _predecessors(
    rows: list[tuple[Any, ...]], current: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Old codes by current commune. Each goes to one commune only, or its data would count twice.

    A former commune's own row says where it went; the list of old codes that a current commune
    gives is believed for the others (a commune once split is in two such lists).
    """
    successor = {row[0]: row[6] for row in rows if row[3] != "commune" and row[0] not in current}
    for code, *_, former, _, _ in (row for row in rows if row[3] == "commune"):
        for old in (former or "").split():
            if old not in current:
                successor.setdefault(old, code)
    older: dict[str, list[str]] = defaultdict(list)
    for old, code in sorted(successor.items()):
        if code in current:
            older[code].append(old)
    return {code: tuple(codes) for code, codes in older.items()}


def _add_groupings(gazetteer: Gazetteer, groups: list[tuple[Any, ...]]) -> None:
    for code, kind, name, members in groups:
        scale = _grouping_scale(kind, code)
        communes = tuple(member for member in members if member in gazetteer.current)
        if communes:
            _add(gazetteer, scale, code, name, communes, kind=kind)


def _add_areas(gazetteer: Gazetteer, reader: Reader) -> None:
    inside: dict[str, list[str]] = defaultdict(list)
    for commune in gazetteer.current.values():
        for parent in commune.parents:
            inside[parent].append(commune.code)
    rows = reader.rows(
        "SELECT scale, area_code, name, article FROM areas WHERE cog = $1", [gazetteer.cog]
    )
    for scale, code, name, article in rows:
        communes = tuple(sorted(inside.get(f"{scale}:{code}", ())))
        if communes:
            _add(gazetteer, Scale(scale), code, name, communes, article or 0)
    _add(gazetteer, Scale.FRANCE, "FR", "France", tuple(sorted(inside["france:FR"])), 3)


def _add_employment_areas(gazetteer: Gazetteer, reader: Reader) -> None:
    if not reader.has("employment_areas"):
        return
    rows = reader.rows(
        "SELECT employment_area_code, any_value(employment_area_name), "
        "list(DISTINCT commune_code) FROM employment_areas WHERE period = "
        "(SELECT max(period) FROM employment_areas) GROUP BY 1"
    )
    for code, name, members in rows:
        communes = _current_members(gazetteer, members)
        if communes:
            _add(gazetteer, Scale.EMPLOYMENT_AREA, code, name or code, communes)


def _current_members(gazetteer: Gazetteer, members: Collection[str]) -> tuple[str, ...]:
    """Communes of today for a list that may hold old codes, or a city in arrondissements.

    A city whose arrondissements are in several areas stays in arrondissements.
    """
    found = set()
    for code in members:
        city = city_of(code)
        if city == code:
            found.add(gazetteer.successors.get(code, code))
        elif city in members or set(gazetteer.predecessors.get(city, ())) <= set(members):
            found.add(city)
        else:
            found.add(code)
    return tuple(sorted(code for code in found if f"commune:{code}" in gazetteer.places))


def _add_quarters(gazetteer: Gazetteer, reader: Reader) -> None:
    """Priority neighbourhoods of both generations, which `kind` tells apart ("2015", "2024").

    A neighbourhood is a part of its communes: it has none as members, so that no figure of a
    commune is ever shown as its own.
    """
    if not reader.has("qpv"):
        return
    rows = reader.rows("SELECT qpv_code, name, generation, commune_codes FROM qpv ORDER BY 1")
    for code, name, generation, communes in rows:
        around = [c for c in (communes or "").split() if c in gazetteer.current]
        _add_inside(gazetteer, Scale.QPV, code, name, around, str(generation))


def _add_iris(gazetteer: Gazetteer, reader: Reader) -> None:
    """Insee's neighbourhoods, where their incomes are loaded: parts of a commune as well."""
    if not reader.has("income_iris"):
        return
    rows = reader.rows(
        "SELECT iris_code, arg_max(iris_name, period), arg_max(commune_code, period) "
        "FROM income_iris GROUP BY 1 ORDER BY 1"
    )
    for code, name, commune in rows:
        known = f"commune:{commune}" in gazetteer.places
        around = [commune if known else gazetteer.successors.get(commune, "")]
        if around[0]:
            _add_inside(gazetteer, Scale.IRIS, code, name or code, around, "")


def _add_inside(
    gazetteer: Gazetteer, scale: Scale, code: str, name: str, around: Sequence[str], kind: str
) -> None:
    """Add a place that lies inside communes rather than being made of them."""
    communes = tuple(f"commune:{each}" for each in around)
    parents = (*communes, *(gazetteer.shared(around) if around else ()))
    gazetteer.places[f"{scale}:{code}"] = Place(scale, code, name, kind=kind, parents=parents)


def _add(
    gazetteer: Gazetteer,
    scale: Scale,
    code: str,
    name: str,
    communes: tuple[str, ...],
    article: int = 0,
    kind: str = "",
) -> None:
    first = gazetteer.places[f"commune:{communes[0]}"]
    place = Place(
        scale, code, name, communes, article, gazetteer.population(communes),
        first.population_period, kind, gazetteer.shared(communes, f"{scale}:{code}"),
    )  # fmt: skip
    gazetteer.places[place.key] = place
