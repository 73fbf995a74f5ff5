"""Establishments: the stock file of SIRENE, in every layout it had since 2018."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Raw
from bassin.sources.files import require_columns
from bassin.sources.sirene import layout
from bassin.sources.sirene.layout import StockFile, activity, concat_ws, day, plain, text, yes
from bassin.types import Text

NAF = r"^\d{2}\.\d{2}[A-Z]$"
BAND = r"^(NN|\d{2})$"

# Columns every layout has; `dateDebut` only in the stock file, not in an extract of sirene.fr.
_CORE = (
    "siren", "siret", "statutDiffusionEtablissement", "dateCreationEtablissement",
    "trancheEffectifsEtablissement", "dateDernierTraitementEtablissement", "etablissementSiege",
    "codePostalEtablissement", "codeCommuneEtablissement", "etatAdministratifEtablissement",
    "activitePrincipaleEtablissement", "caractereEmployeurEtablissement",
)  # fmt: skip
_EXTRACT = "categorieJuridiqueUniteLegale"


class Establishments(StockFile):
    """Establishments, active and closed: one row per SIRET, as it is today.

    Reads StockEtablissement (CSV, also zipped, and Parquet), its geocoded editions, and extracts
    of sirene.fr. Where several files give the same SIRET, the row treated last stays.
    """

    key = "establishments"
    keeps_older = False  # people may ask to be hidden: R123-232 of the code de commerce
    title = Text("SIRENE : établissements", "SIRENE: establishments")
    url = "https://www.data.gouv.fr/api/1/datasets/r/0651fb76-bcf3-4f6a-a38d-bc04fa708576"
    file_name = "StockEtablissement_utf8.zip"
    files = (
        "*StockEtablissement_*.csv*", "*StockEtablissement_*.zip", "*StockEtablissement_*.parquet",
        "geo_siret*.csv*", "geo-sirene*.csv*", "sirene/etablissements-*.csv*",
    )  # fmt: skip
    columns = {
        "siret": Column("VARCHAR", Text("SIRET", "SIRET"), True, r"^\d{14}$"),
        "siren": Column("VARCHAR", Text("SIREN", "SIREN"), True, r"^\d{9}$"),
        "state": Column(
            "VARCHAR", Text("A : actif, F : fermé", "A: active, F: closed"), True, "^[AF]$"
        ),
        "created_on": Column("DATE", Text("Date de création", "Day of creation"), past=True),
        "state_since_on": Column(
            "DATE",
            Text("Début de la période en cours", "Beginning of the current period"),
            past=True,
        ),
        "closed_on": Column("DATE", Text("Date de fermeture", "Day of closing"), past=True),
        "naf_code": Column(
            "VARCHAR",
            Text("Activité principale, NAF rév. 2", "Main activity, NAF rev. 2"),
            False,
            NAF,
        ),
        "naf2025_code": Column(
            "VARCHAR", Text("Activité principale, NAF 2025", "Main activity, NAF 2025"), False, NAF
        ),
        "naf_former_code": Column(
            "VARCHAR",
            Text("Activité, nomenclature d'avant 2008", "Activity, nomenclature from before 2008"),
        ),
        "naf_nomenclature": Column(
            "VARCHAR",
            Text("Nomenclature de l'activité publiée", "Nomenclature of the published activity"),
        ),
        "headcount_band": Column(
            "VARCHAR", Text("Tranche d'effectif salarié", "Staff band"), False, BAND
        ),
        "headcount_year": Column(
            "SMALLINT", Text("Année de la tranche d'effectif", "Year of the staff band")
        ),
        "is_employer": Column("BOOLEAN", Text("Employeur", "Employer")),
        "is_head_office": Column(
            "BOOLEAN", Text("Siège de l'unité légale", "Head office of the legal unit")
        ),
        "is_natural_person": Column(
            "BOOLEAN",
            Text("Entrepreneur individuel, si on le sait", "Sole trader, where it is known"),
        ),
        "name": Column(
            "VARCHAR",
            Text(
                "Dénomination usuelle (vide en diffusion partielle)",
                "Usual name (empty in partial diffusion)",
            ),
        ),
        "sign": Column(
            "VARCHAR",
            Text("Enseigne (vide en diffusion partielle)", "Sign (empty in partial diffusion)"),
        ),
        "address": Column(
            "VARCHAR",
            Text(
                "Numéro et voie (vide en diffusion partielle)",
                "Number and street (empty in partial diffusion)",
            ),
        ),
        "address_more": Column(
            "VARCHAR",
            Text(
                "Complément (vide en diffusion partielle)",
                "More of the address (empty in partial diffusion)",
            ),
        ),
        "postal_code": Column("VARCHAR", Text("Code postal", "Postal code")),
        "city": Column("VARCHAR", Text("Libellé de la commune", "Name of the commune")),
        "commune_code": Column(
            "VARCHAR",
            Text("Code Insee de la commune", "Insee code of the commune"),
            False,
            CODE_COMMUNE,
        ),
        "x_m": Column(
            "DOUBLE",
            Text(
                "Abscisse publiée, mètres (Lambert-93 en métropole)",
                "Published easting, metres (Lambert-93 in metropolitan France)",
            ),
        ),
        "y_m": Column(
            "DOUBLE",
            Text(
                "Ordonnée publiée, mètres (Lambert-93 en métropole)",
                "Published northing, metres (Lambert-93 in metropolitan France)",
            ),
        ),
        "longitude": Column(
            "DOUBLE",
            Text("Longitude, si le fichier la donne", "Longitude, where the file gives it"),
            False,
            "",
            -180,
        ),
        "latitude": Column(
            "DOUBLE",
            Text("Latitude, si le fichier la donne", "Latitude, where the file gives it"),
            False,
            "",
            -90,
            90,
        ),
        "diffusion": Column(
            "VARCHAR", Text("O : complète, P : partielle", "O: full, P: partial"), True, "^[OP]$"
        ),
        "last_processed_on": Column(
            "DATE", Text("Dernier traitement par l'Insee", "Last processed by Insee"), past=True
        ),
        "period": Column(
            "VARCHAR",
            Text(
                "Date du stock : son traitement le plus récent",
                "Day of the stock: when it was last processed",
            ),
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
        ),
    }
    unique = ("siret",)
    sort = ("commune_code", "naf_code")
    stamped_by = "last_processed_on"
    definition = Text(
        "Une ligne par établissement, actif ou fermé, dans son état du jour du stock. Le stock ne "
        "garde pas les états passés : un établissement rouvert y paraît actif depuis sa création.",
        "One row per establishment, active or closed, as it stands on the day of the stock. Past "
        "states are not kept: one that reopened looks active ever since its creation.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = layout.opened(con, raw, _CORE)
        if _EXTRACT not in table.columns:
            require_columns(raw.name, table.columns, ("dateDebut",))
        state = text(table, "etatAdministratifEtablissement")
        naf = activity(
            table, "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement"
        )
        since = plain(table, "dateDebut")
        return table.select(
            siret=text(table, "siret"),
            siren=text(table, "siren"),
            state=state,
            created_on=plain(table, "dateCreationEtablissement"),
            state_since_on=since,
            closed_on=ibis.ifelse(state == "F", since, ibis.null(since.type())),
            naf_code=naf["naf_code"],
            naf2025_code=ibis.coalesce(
                text(table, "activitePrincipaleNAF25Etablissement"), naf["naf2025_main"]
            ),
            naf_former_code=naf["naf_former_code"],
            naf_nomenclature=naf["naf_nomenclature"],
            headcount_band=text(table, "trancheEffectifsEtablissement"),
            headcount_year=plain(table, "anneeEffectifsEtablissement"),
            is_employer=yes(table, "caractereEmployeurEtablissement"),
            is_head_office=plain(table, "etablissementSiege"),
            postal_code=text(table, "codePostalEtablissement"),
            city=text(table, "libelleCommuneEtablissement"),
            commune_code=text(table, "codeCommuneEtablissement"),
            last_processed_on=day(table, "dateDernierTraitementEtablissement"),
            period=ibis.null("string"),  # one date for the whole stock: see `stamped_by`
            cog=ibis.null("int16"),
            **_identity(table),
        )


def _identity(table: ir.Table) -> dict[str, ir.Value]:
    """What says who and exactly where it is: only when the unit allows it, at each load."""
    status = layout.diffusion(table, "statutDiffusionEtablissement")
    category = text(table, _EXTRACT)
    name = ibis.coalesce(
        text(table, "denominationUsuelleEtablissement"),
        ibis.ifelse(
            category.startswith("1"), ibis.null("string"), text(table, "denominationUniteLegale")
        ),
    )
    shown = {
        "name": name,
        "sign": _joined(table, "enseigne1", "enseigne2", "enseigne3"),
        "address": _joined(table, "numeroVoie", "indiceRepetition", "typeVoie", "libelleVoie"),
        "address_more": text(table, "complementAdresseEtablissement"),
        "x_m": text(table, "coordonneeLambertAbscisseEtablissement"),
        "y_m": text(table, "coordonneeLambertOrdonneeEtablissement"),
        "longitude": text(table, "longitude"),
        "latitude": text(table, "latitude"),
    }
    hidden = ibis.null("string")
    return {
        "diffusion": status,
        "is_natural_person": category.startswith("1"),
        **{key: ibis.ifelse(status == "O", value, hidden) for key, value in shown.items()},
    }


def _joined(table: ir.Table, *names: str) -> ir.StringValue:
    """Up to four columns of the establishment as one text."""
    parts = [text(table, f"{name}Etablissement") for name in names]
    parts += [ibis.null("string")] * (4 - len(parts))
    return concat_ws(" ", *parts)
