"""Fiscal potential of communes: what average tax rates would bring on their own bases (DGCL)."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.archives import opened
from bassin.sources.cells import number, padded, shown
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv, require_columns
from bassin.types import Text

_CODE = "Informations générales - Code INSEE de la commune"
_GROUP = "Potentiel fiscal et financier des communes - "
_VALUES = {
    "population_dgf": "Informations générales - Population DGF",
    "fiscal_potential_eur": f"{_GROUP}Potentiel fiscal 4 taxes",
    "financial_potential_eur": f"{_GROUP}Potentiel financier",
}


class FiscalPotential(Source):
    """Criteria by which the State shares its grants among communes.

    Written for the DGCL's « critères de répartition des dotations », communes, saved as CSV with
    semicolons and one header line, named `criteres_repartition_YYYY.csv`. Labels end in "final" or
    in "de l'année N" according to the year: both are accepted. A potential is not a revenue.
    """

    key = "fiscal_potential"
    title = Text("Potentiel fiscal des communes", "Fiscal potential of communes")
    publisher = "DGCL"
    licence = "Licence Ouverte 2.0"
    page = "http://www.dotations-dgcl.interieur.gouv.fr/consultation/criteres_repartition.php"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=2 * 365)
    files = ("criteres_repartition_[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année de la dotation", "Year of the grant"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "population_dgf": Column(
            "INTEGER", Text("Population DGF", "DGF population, inhabitants"), minimum=0
        ),
        "fiscal_potential_eur": Column(
            "DOUBLE",
            Text("Potentiel fiscal quatre taxes, euros", "Fiscal potential, four taxes, euros"),
        ),
        "financial_potential_eur": Column(
            "DOUBLE", Text("Potentiel financier, euros", "Financial potential, euros")
        ),
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune et année de dotation.", "One row per commune and year of grant."
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = re.search(r"_(20\d{2})", raw.name)
        if year is None:
            raise SourceError(
                Text(
                    f"{raw.name} : son nom doit donner l'année, comme dans "
                    "criteres_repartition_2023.csv.",
                    f"{raw.name}: its name must give the year, as in "
                    "criteres_repartition_2023.csv.",
                )
            )
        _, names = opened(raw, _CODE)
        taken = {name: _named(raw, names, label) for name, label in _VALUES.items()}
        table = read_csv(con, raw, columns=[_CODE, *taken.values()], delimiter=";")
        return table.select(
            commune_code=padded(table[_CODE], 5),
            period=ibis.literal(year[1]),
            cog=ibis.literal(int(year[1])),
            **{name: number(shown(table[column])) for name, column in taken.items()},
        )


def _named(raw: Raw, names: list[str], label: str) -> str:
    """The column of that label, whatever it says of the year ("final", "Année N")."""
    ending = re.compile(re.escape(label) + r"( final| de l'année N|\s+Année N)?\s*", re.IGNORECASE)
    found = [name for name in names if ending.fullmatch(name)]
    if not found:
        require_columns(raw.name, names, [label], ";")
    return found[0]
