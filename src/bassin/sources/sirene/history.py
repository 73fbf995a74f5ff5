"""The past states of establishments: what the stock file forgets."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.sirene import layout
from bassin.sources.sirene.layout import StockFile, activity, plain, text, yes
from bassin.types import Text

_CORE = (
    "siren", "siret", "dateDebut", "dateFin", "etatAdministratifEtablissement",
    "changementEtatAdministratifEtablissement",
)  # fmt: skip


class EstablishmentHistory(StockFile):
    """Periods of each establishment, without name or address.

    A period holds from `started_on` to `last_day_on`, both included (NULL: it still holds). The
    file gives no commune: an establishment that moves gets another SIRET.
    """

    key = "establishment_history"
    keeps_older = False  # people may ask to be hidden: R123-232 of the code de commerce
    title = Text("SIRENE : historique des établissements", "SIRENE: history of establishments")
    url = "https://www.data.gouv.fr/api/1/datasets/r/88fbb6b4-0320-443e-b739-b4376a012c32"
    file_name = "StockEtablissementHistorique_utf8.zip"
    files = (
        "*StockEtablissementHistorique_*.csv*", "*StockEtablissementHistorique_*.zip",
        "*StockEtablissementHistorique_*.parquet",
    )  # fmt: skip
    columns = {
        "siret": Column("VARCHAR", Text("SIRET", "SIRET"), True, r"^\d{14}$"),
        "siren": Column("VARCHAR", Text("SIREN", "SIREN"), True, r"^\d{9}$"),
        "started_on": Column(
            "DATE", Text("Premier jour de la période", "First day of the period"), past=True
        ),
        "last_day_on": Column(
            "DATE",
            Text(
                "Dernier jour de la période (vide : en cours)",
                "Last day of the period (empty: still going on)",
            ),
        ),
        "state": Column(
            "VARCHAR", Text("A : actif, F : fermé", "A: active, F: closed"), True, "^[AF]$"
        ),
        "state_changed": Column(
            "BOOLEAN",
            Text(
                "L'état a changé au début de la période", "The state changed when the period began"
            ),
        ),
        "naf_code": Column(
            "VARCHAR", Text("Activité principale, NAF rév. 2", "Main activity, NAF rev. 2")
        ),
        "is_employer": Column("BOOLEAN", Text("Employeur", "Employer")),
        "period": Column(
            "VARCHAR", Text("Début de période le plus récent", "Latest beginning of a period")
        ),
    }
    unique = ("siret", "started_on")
    sort = ("siret", "started_on")
    stamped_by = "started_on"
    definition = Text(
        "Une ligne par période d'un établissement. Actif au jour J : période commencée au plus "
        "tard en J, finie au plus tôt en J, à l'état A.",
        "One row per period of an establishment. Active on day D: a period that began on D or "
        "before, ends on D or later, in state A.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = layout.opened(con, raw, _CORE)
        naf = activity(
            table, "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement"
        )
        return table.select(
            siret=text(table, "siret"),
            siren=text(table, "siren"),
            started_on=plain(table, "dateDebut"),
            last_day_on=plain(table, "dateFin"),
            state=text(table, "etatAdministratifEtablissement"),
            state_changed=plain(table, "changementEtatAdministratifEtablissement"),
            naf_code=naf["naf_code"],
            is_employer=yes(table, "caractereEmployeurEtablissement"),
            period=ibis.null("string"),  # one date for the whole stock: see `stamped_by`
        )
