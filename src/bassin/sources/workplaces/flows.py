"""How many people live in one commune and work in another."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.archives import opened
from bassin.sources.cells import number
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv, require_columns
from bassin.sources.workplaces.layout import census_year, geography_of
from bassin.types import Text


class Commuting(Source):
    """Insee's base of home-to-work flows between communes.

    Written for `base-flux-mobilite-domicile-lieu-travail-YYYY.csv` (or its zip): semicolons,
    CODGEO, LIBGEO, DCLT, L_DCLT, NBFLUX_CYY_ACTOCC15P. Paris, Lyon and Marseille are given by
    arrondissement. A workplace abroad has a code that is no commune ("MO001"). Flows below 200 are
    orders of magnitude: they come from a sample.
    """

    key = "commuting"
    title = Text("Déplacements domicile-travail", "Home-to-work flows")
    publisher = "Insee"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/8201899"
    cadence = Text("chaque année, en juin", "every year, in June")
    stale_after = timedelta(days=3 * 365)
    files = ("base-flux-mobilite-domicile-lieu-travail-*",)
    columns = {
        "home_commune_code": Column(
            "VARCHAR", Text("Commune de résidence", "Commune where they live"), True, CODE_COMMUNE
        ),
        "work_commune_code": Column(
            "VARCHAR", Text("Lieu de travail", "Place of work"), True, r"^\w{5}$"
        ),
        "work_name": Column("VARCHAR", Text("Nom du lieu de travail", "Name of the place of work")),
        "is_abroad": Column(
            "BOOLEAN", Text("Lieu de travail hors de France", "Place of work outside France"), True
        ),
        "workers": Column(
            "DOUBLE",
            Text("Actifs occupés de 15 ans et plus", "People in work aged 15 and over"),
            True,
            minimum=0,
        ),
        "period": Column(
            "VARCHAR", Text("Année du recensement", "Year of the census"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
    }
    unique = ("home_commune_code", "work_commune_code", "period")
    sort = ("work_commune_code", "home_commune_code")
    definition = Text(
        "Une ligne par couple de communes de résidence et de travail.",
        "One row per pair of communes of residence and work.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        inside, names = opened(raw, "CODGEO", "base-flux-mobilite-*.csv")
        wanted = ["CODGEO", "DCLT", "L_DCLT"]
        require_columns(raw.name, names, wanted, ";")
        year = census_year(raw, names, r"NBFLUX_C(\d{2})_ACTOCC15P")
        workers = f"NBFLUX_C{year % 100:02}_ACTOCC15P"
        table = read_csv(con, raw, columns=[*wanted, workers], delimiter=";", member=inside)
        return table.select(
            home_commune_code=table.CODGEO,
            work_commune_code=table.DCLT,
            work_name=table.L_DCLT,
            # "99" opens the codes of foreign countries in Insee's geographic code.
            is_abroad=~table.DCLT.re_search(CODE_COMMUNE) | table.DCLT.startswith("99"),
            workers=number(table[workers]),
            period=ibis.literal(str(year)),
            cog=ibis.literal(geography_of(year)),
        )
