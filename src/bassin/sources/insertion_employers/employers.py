"""Structures that hire people far from work, with the commune their address leads to."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import dotted
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import read_csv
from bassin.sources.localities import Localities, localities
from bassin.sources.vintages import year_in_name
from bassin.types import Text


class InsertionEmployers(Source):
    """One row per structure and kind; a SIRET may be twice when it runs two kinds.

    The file gives a postal code and a city, not a commune. The commune is found with the official
    list (`commune_rule` says how); 1 % stay without one, and are kept. Street addresses are not
    published: some structures are a person's home.
    """

    key = "insertion_employers"
    title = Text("Employeurs de l'inclusion", "Insertion employers")
    publisher = "Plateforme de l'inclusion"
    licence = "AGPL-3.0 (dépôt), licence des données à vérifier"
    page = "https://www.data.gouv.fr/fr/datasets/liste-des-siae-et-geiq/"
    cadence = Text("en continu", "continuous")
    stale_after = timedelta(days=3 * 365)
    files = ("insertion/siaes-[0-9][0-9][0-9][0-9].csv*",)
    columns = {
        "siret": Column("VARCHAR", Text("SIRET", "SIRET"), True, r"^\d{14}$"),
        "kind": Column("VARCHAR", Text(
            "ACI chantier, EI entreprise, AI association, ETTI intérim, GEIQ, EA adaptée, EITI",
            "ACI, EI, AI, ETTI, GEIQ, EA or EITI"), True,
            r"^(ACI|EI|AI|ETTI|GEIQ|EA|EATT|EITI|OPCS)$"),
        "name": Column("VARCHAR", Text("Nom", "Name"), True),
        "brand": Column("VARCHAR", Text("Enseigne", "Sign")),
        "naf_code": Column("VARCHAR", Text("Activité (NAF rév. 2)",
                                           "Activity (NAF rev. 2)"), False, r"^\d{2}\.\d{2}[A-Z]$"),
        "postal_code": Column("VARCHAR", Text("Code postal", "Postal code"), True, r"^\d{5}$"),
        "city": Column("VARCHAR", Text("Ville de l'adresse", "Town of the address")),
        "commune_code": Column("VARCHAR", Text("Code Insee trouvé par l'adresse",
                                               "Insee code found from the address"), False,
                               CODE_COMMUNE),
        "commune_rule": Column("VARCHAR", Text(
            "Comment : name, postal_code ou departement ; vide si introuvable",
            "How: name, postal_code or departement; empty where it was not found")),
        "longitude": Column("DOUBLE", Text("Longitude", "Longitude"), False, "", -180, 180),
        "latitude": Column("DOUBLE", Text("Latitude", "Latitude"), False, "", -90, 90),
        "period": Column("VARCHAR", Text("Année de la liste",
                                         "Year of the list"), True, r"^\d{4}$"),
        "cog": Column("SMALLINT", Text("Année du code officiel géographique",
                                       "Year of the official geographical code"), True),
    }  # fmt: skip
    unique = ("siret", "kind", "period")
    sort = ("commune_code", "naf_code")
    definition = Text(
        "Une ligne par structure et par type de structure.", "One row per structure and kind."
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "siaes-2021.csv")
        wanted = ["siret", "naf", "kind", "name", "brand", "post_code", "city", "lon", "lat"]
        table = read_csv(con, raw, columns=wanted)
        places = localities()
        # The national list has some 3,000 pairs of postal code and city: found in Python.
        pairs = table.select("post_code", "city").distinct().to_pyarrow().to_pylist()
        found = ibis.memtable(
            [
                (pair["post_code"], pair["city"], *_found(places, pair["post_code"], pair["city"]))
                for pair in pairs
            ],
            schema={"code": "string", "town": "string", "commune_code": "string", "rule": "string"},
        )
        table = table.mutate(line_number=ibis.row_number() + 2)
        joined = table.left_join(
            found,
            [
                table.post_code.identical_to(found.code),
                table.city.identical_to(found.town),
            ],
        )
        return joined.select(
            "line_number", "siret", "kind", "name", "brand", "city", "commune_code",
            naf_code=dotted(joined.naf.upper()), postal_code=joined.post_code,
            commune_rule=joined.rule, longitude=joined.lon, latitude=joined.lat,
            period=ibis.literal(str(year)), cog=ibis.literal(places.cog),
        )  # fmt: skip


def _found(places: Localities, postal_code: str | None, city: str | None) -> tuple[str, str]:
    return places.find(postal_code or "", city or "")
