"""Private dwellings empty for more than two years. HOUSING, not business premises."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number, shown
from bassin.sources.cities import with_zero, without_doubled_cities
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.types import Text

_DWELLINGS = "Nb_log_pp_2022"
_VACANCY = "Prop_logvac_pp_2A_010121"


class HousingVacancy(Source):
    """Share of the private stock empty for more than two years on 1 January 2021.

    The publisher gives a share and a stock of two different years, not the number: `vacant_2y` is
    their product, an estimate good for adding communes up. Where fewer dwellings than the secrecy
    threshold are concerned both cells are empty, and `vacancy_masked` says so. Codes without their
    leading zero are repaired, for this publisher's file is known to have lost them.
    """

    key = "housing_vacancy"
    title = Text("Logements vacants depuis plus de deux ans", "Dwellings empty for over two years")
    publisher = "Cerema, d'après LOVAC (DGFiP, DGALN)"
    licence = "Licence Ouverte 2.0"
    page = "https://www.data.gouv.fr/fr/datasets/logements-vacants-du-parc-prive-par-anciennete-de-vacance-par-commune-et-par-epci/"
    cadence = Text("chaque année", "every year")
    stale_after = timedelta(days=1500)
    files = ("friches/tauxvacance_communes_2021.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année de la vacance, au 1er janvier",
                                         "Year of the vacancy, on 1 January"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
        "dwellings": Column("INTEGER", Text("Logements du parc privé, 2022",
                                            "Private dwellings, 2022"), minimum=0),
        "vacancy_pct": Column("DOUBLE", Text("Part vacante depuis plus de deux ans, %",
                                             "Share vacant for more than two years, %"), False, "",
                              0, 100),
        "vacant_2y": Column("DOUBLE", Text("Logements vacants depuis plus de deux ans, estimation",
                                           "Dwellings vacant for more than two years, estimate"),
                            minimum=0),
        "vacancy_masked": Column("BOOLEAN", Text("Valeurs non publiées (secret)",
                                                 "Values not published (hidden)"), True),
    }  # fmt: skip
    unique = ("commune_code", "period")
    definition = Text(
        "Une ligne par commune. Logements d'habitation du parc privé, pas les locaux d'activité.",
        "One row per commune. Private dwellings, not business premises.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = read_csv(
            con, raw, columns=["comm_insee", _DWELLINGS, _VACANCY], delimiter=";",
            # "œ" is byte 156: Windows-1252, which Latin-1 does not hold.
            encoding="cp1252", lines=True,
        )  # fmt: skip
        table = table.mutate(commune_code=with_zero(table.comm_insee))
        table = without_doubled_cities(table, "commune_code")
        dwellings, share = (number(shown(table[name])) for name in (_DWELLINGS, _VACANCY))
        count = dwellings.try_cast("float64") * share.try_cast("float64") / 100
        return table.select(
            "line_number",
            "commune_code",
            period=ibis.literal("2021"),
            cog=ibis.literal(2021),
            dwellings=dwellings,
            vacancy_pct=share,
            vacant_2y=count,
            vacancy_masked=share.nullif("").isnull(),
        )
