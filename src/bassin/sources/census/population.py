"""Census by commune: population, activity, occupations, diplomas, housing."""

import functools
import operator
import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv, require_columns
from bassin.types import Text

# Published name -> column of the file. Counts only: percentages are recomputed from parts.
_COUNTS = {
    "population": ("pop_tot", Text("Population, habitants", "Population, inhabitants")),
    "women": ("pop_femmes", Text("Femmes", "Women")),
    "age_0_14": ("pop_0_14", Text("Habitants de 0 à 14 ans", "Inhabitants aged 0 to 14")),
    "age_15_29": ("pop_15_29", Text("Habitants de 15 à 29 ans", "Inhabitants aged 15 to 29")),
    "age_75_more": ("pop_75p", Text("Habitants de 75 ans et plus", "Inhabitants aged 75 and over")),
    "active": ("pop_act_15p", Text("Actifs de 15 ans et plus", "Active people aged 15 and over")),
    "unemployed": ("pop_chom", Text("Chômeurs au sens du recensement",
                                    "Unemployed as the census defines them")),
    "farmers": ("pop_agric", Text("Actifs agriculteurs exploitants", "Active people: farmers")),
    "self_employed": ("pop_indep", Text("Actifs artisans, commerçants, chefs d'entreprise",
                                        "Active people: craftspeople, traders, heads of firms")),
    "managers": ("pop_cadres", Text("Actifs cadres et professions intellectuelles supérieures",
                                    "Active people: managers and higher intellectual occupations")),
    "intermediate": ("pop_interm", Text("Actifs professions intermédiaires",
                                        "Active people: intermediate occupations")),
    "clerical": ("pop_empl", Text("Actifs employés",
                                  "Active people: clerical and service workers")),
    "workers": ("pop_ouvr", Text("Actifs ouvriers", "Active people: manual workers")),
    "out_of_school": ("pop_non_scol_15p", Text("Habitants de 15 ans et plus non scolarisés",
                                               "Inhabitants aged 15 and over who left education")),
    "no_diploma": ("pop_dipl_aucun", Text("Non scolarisés sans diplôme",
                                          "Out of education, without a diploma")),
    "lower_secondary": ("pop_dipl_bepc", Text("Non scolarisés de niveau brevet",
                                              "Out of education, lower secondary level (brevet)")),
    "vocational": ("pop_dipl_capbep", Text("Non scolarisés de niveau CAP ou BEP",
                                           "Out of education, vocational level (CAP or BEP)")),
    "baccalaureate": ("pop_dipl_bac", Text("Non scolarisés de niveau bac",
                                           "Out of education, baccalauréat level")),
    "main_residences": ("log_rp", Text("Résidences principales", "Main residences")),
    "owner_occupied": (
        "log_proprio", Text("Résidences principales occupées par leur propriétaire",
                            "Main residences lived in by their owner"),
    ),
    "rented": ("log_loc", Text("Résidences principales louées", "Main residences that are rented")),
    "social_rented": ("log_hlm", Text("Résidences principales louées HLM",
                                      "Main residences that are social housing (HLM)")),
    "second_homes": ("log_sec", Text("Résidences secondaires", "Second homes")),
}  # fmt: skip

# "pop_dipl_sup" means "above two years" in 2012 and "five years and over" in 2018, so only the
# whole of higher education is published: the parts of the year's own columns are added.
_HIGHER_2012 = ("pop_dipl_bac2", "pop_dipl_sup")
_HIGHER_2018 = ("pop_dipl_sup2", "pop_dipl_sup34", "pop_dipl_sup")
_ARRONDISSEMENTS = {
    "75056": ("75101", "75120"),
    "69123": ("69381", "69389"),
    "13055": ("13201", "13216"),
}


class Census(Source):
    """Communes above 2,000 inhabitants, one row per commune and census year.

    A census year is the middle of five yearly surveys: compare years at least five apart.
    Where a file gives a city and its arrondissements, only the arrondissements are kept.
    """

    key = "census"
    title = Text("Recensement de la population, communes", "Population census, communes")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/information/2008354"
    cadence = Text("chaque année, en juin", "every year, in June")
    stale_after = timedelta(days=3 * 365)
    files = ("census/rp[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année du recensement", "Year of the census"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{
            name: Column("DOUBLE", label, name == "population", "", 0)
            for name, (_, label) in _COUNTS.items()
        },
        "higher_education": Column(
            "DOUBLE",
            Text(
                "Non scolarisés diplômés du supérieur",
                "Out of education, with a higher education diploma",
            ),
            minimum=0,
        ),
    }
    unique = ("commune_code", "period")
    sort = ("commune_code", "period")
    reader_version = 2
    definition = Text(
        "Une ligne par commune de plus de 2 000 habitants et par année de recensement.",
        "One row per commune above 2,000 inhabitants and census year.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = re.search(r"rp(\d{4})", raw.path.name)
        if year is None:
            raise SourceError(
                Text(
                    f"{raw.name} : son nom doit donner l'année du recensement, comme dans "
                    "rp2018.csv.gz.",
                    f"{raw.name}: its name must give the census year, as in rp2018.csv.gz.",
                )
            )
        wanted = ["code_insee", *(column for column, _ in _COUNTS.values())]
        table = read_csv(con, raw, columns=wanted, lines=True)
        parts = _HIGHER_2012 if _HIGHER_2012[0] in table.columns else _HIGHER_2018
        require_columns(raw.name, table.columns, parts)
        table = _without_doubled_cities(table)
        return table.select(
            "line_number",
            commune_code=table.code_insee,
            period=ibis.literal(year[1]),
            # The census of year N is published on the boundaries of 1 January N + 2.
            cog=ibis.literal(int(year[1]) + 2),
            higher_education=_sum([table[name] for name in parts]),
            **{name: table[column] for name, (column, _) in _COUNTS.items()},
        )


def _sum(cells: list[ir.StringValue]) -> ir.StringValue:
    """The sum as text; no value when a cell has none, and the cell itself when it is no number."""
    numbers = [cell.nullif("").try_cast("float64") for cell in cells]
    strange = [
        number.isnull().ifelse(cell.nullif(""), None)
        for cell, number in zip(cells, numbers, strict=True)
    ]
    total = functools.reduce(operator.add, numbers)
    return ibis.coalesce(*strange, total.cast("string"))


def _without_doubled_cities(table: ir.Table) -> ir.Table:
    """Drop a city's own row when its arrondissements are there too: never both."""
    for city, (first, last) in _ARRONDISSEMENTS.items():
        inside = table.code_insee.between(first, last)
        doubled = inside.any().over()
        table = table.filter(~((table.code_insee == city) & doubled))
    return table
