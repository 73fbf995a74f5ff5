"""Standard of living, poverty and inequality by commune, as published."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.archives import opened
from bassin.sources.cells import masked, number, shown
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv, require_columns
from bassin.types import Text

# Published name -> beginnings of the column's name in the two forms of the file, before the year.
_VALUES = {
    "households": (("NBMENFISC", "NBMEN"), Text("Ménages fiscaux", "Tax households")),
    "persons": (
        ("NBPERSMENFISC", "NBPERS"),
        Text("Personnes des ménages fiscaux", "People in tax households"),
    ),
    "median_eur": (
        ("MED", "Q2"),
        Text(
            "Niveau de vie médian, euros par an et par UC",
            "Median standard of living, euros a year per consumption unit",
        ),
    ),
    "q1_eur": (("Q1",), Text("Premier quartile, euros", "First quartile, euros")),
    "q3_eur": (("Q3",), Text("Troisième quartile, euros", "Third quartile, euros")),
    "d1_eur": (("D1",), Text("Premier décile, euros", "First decile, euros")),
    "d9_eur": (("D9",), Text("Neuvième décile, euros", "Ninth decile, euros")),
    "d9_d1": (("RD",), Text("Rapport interdécile", "Ratio of the ninth decile to the first")),
    "gini": (("GI",), Text("Indice de Gini", "Gini index")),
    "poverty_pct": (
        ("TP60",),
        Text("Taux de pauvreté à 60 %, en pour cent", "Poverty rate at 60%, in percent"),
    ),
    "taxed_pct": (
        ("PIMP",),
        Text(
            "Part des ménages fiscaux imposés, en pour cent",
            "Share of tax households that pay income tax, in percent",
        ),
    ),
}
_ASKED = ("households", "median_eur", "d9_d1")
_FLAGGED = ("median_eur", "d9_d1", "poverty_pct")


def _masked_label(label: Text) -> Text:
    return Text(f"{label.fr} : secret", f"{label.en}: hidden")


class IncomeCommunes(Source):
    """Filosofi by commune: published values only, none is ever recomputed from another place's.

    Written for `cc_filosofi_YYYY_COM….csv` (MED, TP60, D1, D9, RD and more) and for
    `FILOYYYY_DISP_COM.csv` (quartiles and deciles, without poverty), with semicolons; load one of
    the two, not both. "s", "ns" and an empty cell hide a value: it is NULL and flagged. The median
    of a group of communes is not in these files and cannot be computed from them. The year 2022
    was not produced.
    """

    key = "income_communes"
    title = Text("Revenus et pauvreté par commune", "Incomes and poverty by commune")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/7756855"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=4 * 365)
    files = (
        "cc_filosofi_[0-9][0-9][0-9][0-9]_COM*",
        "FILO[0-9][0-9][0-9][0-9]_DISP_COM*",
        "indic-struct-distrib-revenu-[0-9][0-9][0-9][0-9]-COMMUNES_csv.zip",
    )
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année des revenus", "Year of the incomes"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{name: Column("DOUBLE", label, minimum=0) for name, (_, label) in _VALUES.items()},
        **{
            f"{name}_masked": Column("BOOLEAN", _masked_label(_VALUES[name][1]), True)
            for name in _FLAGGED
        },
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune et année ; une valeur secrète est vide.",
        "One row per commune and year; a hidden value is empty.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        inside, names = opened(raw, "CODGEO", "cc_filosofi_*_com*.csv", "filo*_disp_com*.csv")
        year = _year(raw, inside)
        taken = _columns(raw, names, year)
        table = read_csv(
            con, raw, columns=["CODGEO", *taken.values()], delimiter=";", member=inside
        )
        none = ibis.null("string")
        return table.select(
            commune_code=table.CODGEO,
            period=ibis.literal(str(year)),
            cog=ibis.literal(_geography(raw, inside, year)),
            **{
                name: number(shown(table[taken[name]])) if name in taken else none
                for name in _VALUES
            },
            **{
                f"{name}_masked": _hidden(table[taken[name]])
                if name in taken
                else ibis.literal(False)
                for name in _FLAGGED
            },
        )


def _hidden(cell: ir.StringValue) -> ir.BooleanValue:
    """Secrecy leaves a mark or an empty cell."""
    return masked(cell) | (cell.fill_null("") == "")


def _year(raw: Raw, inside: str) -> int:
    found = re.search(r"(20\d{2})", inside or raw.name)
    if found is None:
        raise SourceError(
            Text(
                f"{raw.name} : son nom doit donner l'année, comme dans FILO2021_DISP_COM.csv.",
                f"{raw.name}: its name must give the year, as in FILO2021_DISP_COM.csv.",
            )
        )
    return int(found[1])


def _geography(raw: Raw, inside: str, year: int) -> int:
    """The year in "-geo2024" when the name gives it; else incomes of N are on the list of N + 3."""
    found = re.search(r"geo(20\d{2})", f"{raw.name} {inside}")
    return int(found[1]) if found else year + 3


def _columns(raw: Raw, names: list[str], year: int) -> dict[str, str]:
    """The file's own column for each published name it has."""
    suffix = f"{year % 100:02}"
    taken = {}
    for name, (starts, _) in _VALUES.items():
        found = [start + suffix for start in starts if start + suffix in names]
        if found:
            taken[name] = found[0]
    for name in _ASKED:
        if name not in taken:
            require_columns(raw.name, names, [_VALUES[name][0][0] + suffix], ";")
    return taken
