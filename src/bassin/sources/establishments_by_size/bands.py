"""Establishments of each commune by headcount band, at the end of a year."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.cells import number, shown
from bassin.sources.cities import with_zero, without_doubled_cities
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

# Published name -> end of the column's name, after E and the year.
_BANDS = {
    "establishments": ("TST", Text("Établissements", "Establishments")),
    "without_staff": (
        "TS0ND",
        Text(
            "Établissements sans salarié ou d'effectif inconnu",
            "Establishments without staff, or with staff not known",
        ),
    ),
    "staff_1_5": (
        "TS1",
        Text("Établissements de 1 à 5 salariés", "Establishments with 1 to 5 employees"),
    ),
    "staff_6_9": (
        "TS6",
        Text("Établissements de 6 à 9 salariés", "Establishments with 6 to 9 employees"),
    ),
    "staff_10_19": (
        "TS10",
        Text("Établissements de 10 à 19 salariés", "Establishments with 10 to 19 employees"),
    ),
    "staff_20_49": (
        "TS20",
        Text("Établissements de 20 à 49 salariés", "Establishments with 20 to 49 employees"),
    ),
    "staff_50_99": (
        "TS50",
        Text("Établissements de 50 à 99 salariés", "Establishments with 50 to 99 employees"),
    ),
    "staff_100_199": (
        "TS100",
        Text("Établissements de 100 à 199 salariés", "Establishments with 100 to 199 employees"),
    ),
    "staff_200_499": (
        "TS200",
        Text("Établissements de 200 à 499 salariés", "Establishments with 200 to 499 employees"),
    ),
    "staff_500_more": (
        "TS500",
        Text(
            "Établissements de 500 salariés et plus", "Establishments with 500 employees and more"
        ),
    ),
}


class EstablishmentsBySize(Source):
    """All activities except agriculture and defence, Paris as one commune.

    The field is narrower than SIRENE's: the two never make one series. Codes without their leading
    zero ("1001") are repaired, for this publisher's file is known to have lost them.
    """

    key = "establishments_by_size"
    title = Text("Établissements par taille (CLAP)", "Establishments by size (CLAP)")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/metadonnees/source/serie/s1156"
    cadence = Text("arrêtée en 2015, remplacée par Flores", "ended in 2015, replaced by Flores")
    stale_after = timedelta(days=10 * 365)
    files = ("establishments_by_size/base_etablissement_par_tranche_effectif*.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année, au 31 décembre", "Year, on 31 December"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{name: Column("INTEGER", label, minimum=0) for name, (_, label) in _BANDS.items()},
    }
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune. Établissements actifs au 31 décembre, hors agriculture et défense.",
        "One row per commune. Active establishments on 31 December, without farming and defence.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(con, raw, columns=["CODGEO", "LIBGEO"], lines=True)
        year = _year(raw, table.columns)
        table = table.mutate(commune_code=with_zero(table.CODGEO))
        table = without_doubled_cities(table, "commune_code")
        return table.select(
            "line_number",
            "commune_code",
            period=ibis.literal(str(year)),
            # 36,681 communes for 2014: the list of the year itself, with its old régions.
            cog=ibis.literal(year),
            **{
                name: number(shown(table[f"E{year % 100:02}{end}"]))
                for name, (end, _) in _BANDS.items()
            },
        )


def _year(raw: Raw, columns: tuple[str, ...]) -> int:
    """The year that every column carries in its name: E14TST is 2014.

    Raises:
        SourceError: the columns are not those of a year, or one band is missing.
    """
    total = next((found for name in columns if (found := re.fullmatch(r"E(\d\d)TST", name))), None)
    missing = [
        f"E{total[1] if total else 'yy'}{end}"
        for end, _ in _BANDS.values()
        if total is None or f"E{total[1]}{end}" not in columns
    ]
    if total is None or missing:
        raise SourceError(
            Text(
                f"{raw.name} n'a pas de colonne {', '.join(missing)} (yy est l'année). Ses "
                "colonnes sont "
                f"{', '.join(columns[:14])}. Si le producteur les a renommées, le lecteur de cette "
                "source est "
                "à mettre à jour ; la dernière bonne version reste en service.",
                f"{raw.name} has no column {', '.join(missing)} (yy is the year). Its columns are "
                f"{', '.join(columns[:14])}. If the publisher renamed them, the reader of this "
                "source "
                "must be updated; the last good version stays meanwhile.",
            )
        )
    return 2000 + int(total[1])
