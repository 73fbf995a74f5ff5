"""Projects that an aid paid for, from its published table: near here, by place, amount, holder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.taxonomies.siret import digits
from bassin.territory.search import folded
from bassin.types import Origin, Scale

TABLES: Mapping[str, str] = {
    "green_projects": """
        SELECT project_id, commune_code, departement_code, period, title, beneficiary, siren,
            measure, amount_eur
        FROM green_projects ORDER BY amount_eur DESC, title, commune_code
    """
}
"""How the projects of each table are read, the largest first."""

HERE, AROUND, EVERYWHERE = "ici", "departements", "france"


@dataclass(frozen=True, slots=True)
class Project:
    """A project that was funded."""

    number: str
    commune_code: str
    place: str
    departement: str
    period: str
    title: str
    holder: str
    siren: str
    measure: str
    amount_eur: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects are looked for."""

    where: str = HERE
    commune: str = ""
    measure: str = ""
    period: str = ""
    least: float = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Funded:
    """Projects, their sum, and what they may be chosen by."""

    projects: list[Project]
    source: str
    page: str
    origin: Origin
    measures: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)

    @property
    def total_eur(self) -> float:
        """Their sum."""
        return sum(each.amount_eur for each in self.projects)


def funded(house: House, table: str, wanted: Wanted) -> Funded | None:
    """The projects of a table; None when it is not loaded."""
    if table not in TABLES or not house.reader.name or not house.reader.has(table):
        return None
    facts = house.reader.release.tables[table].version
    names = {each.code: each.name for each in house.territory.communes(house.home)}
    around = {
        parent
        for each in house.territory.communes(house.home)
        for parent in each.parents
        if parent.startswith(f"{Scale.DEPARTEMENT}:")
    }
    rows = house.reader.rows(TABLES[table])
    asked = [row for row in rows if _there(row, wanted, set(names), around)]
    return Funded(
        [_project(house, row, names) for row in asked if _kept(row, wanted)],
        f"{facts.publisher}, {facts.title}".strip(", "), facts.page,
        house.reader.release.origin(table),
        sorted({row[7] for row in asked if row[7]}), sorted({row[3] for row in asked}),
    )  # fmt: skip


def _there(row: Any, wanted: Wanted, here: set[str], around: set[str]) -> bool:
    if wanted.commune:
        return bool(row[1] == wanted.commune)
    if wanted.where == HERE:
        return row[1] in here
    return wanted.where == EVERYWHERE or f"{Scale.DEPARTEMENT}:{row[2]}" in around


def _kept(row: Any, wanted: Wanted) -> bool:
    if wanted.measure and row[7] != wanted.measure:
        return False
    if (wanted.period and row[3] != wanted.period) or row[8] < wanted.least:
        return False
    told = folded(f"{row[4]} {row[5] or ''} {row[6] or ''}")
    return all(word in told for word in folded(wanted.words).split())


def _project(house: House, row: Any, names: dict[str, str]) -> Project:
    code = row[1] or ""
    if code and code not in names:
        names[code] = _name(house, code)
    return Project(
        row[0] or "", code, names.get(code, ""), row[2], row[3], row[4], row[5] or "",
        digits(row[6] or ""), row[7] or "", float(row[8]),
    )  # fmt: skip


def _name(house: House, code: str) -> str:
    try:
        return house.territory.place(f"{Scale.COMMUNE}:{code}").name
    except Refused:
        return code
