"""Mean net hourly pay of the employees who live in a commune, by trade group, sex and age."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.cells import number, shown
from bassin.sources.cities import with_zero, without_doubled_cities
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv, require_columns
from bassin.types import Text

_SEXES = {
    "": ("", Text("")),
    "women": ("F", Text(" des femmes", " of women")),
    "men": ("H", Text(" des hommes", " of men")),
}
_GROUPS = {
    "": ("", Text("")),
    "managers": (
        "C",
        Text(", cadres et chefs d'entreprise salariés", ", managers and salaried heads of firms"),
    ),
    "intermediate": ("P", Text(", professions intermédiaires", ", intermediate occupations")),
    "clerical": ("E", Text(", employés", ", clerical and service workers")),
    "workers": ("O", Text(", ouvriers", ", manual workers")),
    "18_25": ("18", Text(", de 18 à 25 ans", ", aged 18 to 25")),
    "26_50": ("26", Text(", de 26 à 50 ans", ", aged 26 to 50")),
    "51_more": ("50", Text(", de plus de 50 ans", ", aged over 50")),
}


def _measures() -> dict[str, tuple[str, Text]]:
    """Published name -> (column between SNHM and the year, label)."""
    return {
        "_".join(part for part in ("hourly_pay", sex, group) if part) + "_eur": (
            sex_code + group_code,
            Text(
                f"Salaire net horaire moyen{sex_label.fr}{group_label.fr}, € par heure",
                f"Mean net hourly pay{sex_label.en}{group_label.en}, € an hour",
            ),
        )
        for sex, (sex_code, sex_label) in _SEXES.items()
        for group, (group_code, group_label) in _GROUPS.items()
    }


class Pay(Source):
    """Communes above 2,000 inhabitants. Means: they are neither added nor averaged.

    Pay is that of the people who LIVE in the commune, wherever they work. Codes without their
    leading zero are repaired, for this publisher's file is known to have lost them.
    """

    key = "pay"
    title = Text("Salaire net horaire moyen (DADS)", "Mean net hourly pay (DADS)")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/2021266"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=6 * 365)
    files = ("establishments_by_size/net_salary_per_town_categories*.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee de la commune de résidence",
                                               "Insee code of the commune where people live"), True,
                               CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année des salaires",
                                         "Year of the pay"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
        **{name: Column("DOUBLE", label, minimum=0) for name, (_, label) in _measures().items()},
    }  # fmt: skip
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune de plus de 2 000 habitants : salaire des résidents.",
        "One row per commune above 2,000 inhabitants: pay of residents.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(con, raw, columns=["CODGEO", "LIBGEO"], lines=True)
        year = _year(raw, table.columns)
        names = {name: f"SNHM{part}{year % 100:02}" for name, (part, _) in _measures().items()}
        require_columns(raw.name, table.columns, list(names.values()))
        table = table.mutate(commune_code=with_zero(table.CODGEO))
        table = without_doubled_cities(table, "commune_code")
        return table.select(
            "line_number",
            "commune_code",
            period=ibis.literal(str(year)),
            cog=ibis.literal(year),
            **{name: number(shown(table[column])) for name, column in names.items()},
        )


def _year(raw: Raw, columns: tuple[str, ...]) -> int:
    """The year at the end of every column: SNHM14 is 2014.

    Raises:
        SourceError: there is no such column.
    """
    found = next((m for name in columns if (m := re.fullmatch(r"SNHM(\d\d)", name))), None)
    if found is None:
        raise SourceError(
            Text(
                f"{raw.name} n'a pas de colonne SNHMaa (aa est l'année). Ses colonnes sont "
                f"{', '.join(columns[:12])}. Si le producteur l'a renommée, le lecteur de cette "
                "source est à "
                "mettre à jour ; la dernière bonne version reste en service.",
                f"{raw.name} has no column SNHMyy (yy is the year). Its columns are "
                f"{', '.join(columns[:12])}. If the publisher renamed it, the reader of this "
                "source "
                "must be updated; the last good version stays meanwhile.",
            )
        )
    return 2000 + int(found[1])
