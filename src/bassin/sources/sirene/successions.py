"""Links between an establishment and the one that took its place."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.sirene import layout
from bassin.sources.sirene.layout import StockFile, day, plain, text
from bassin.types import Text

_CORE = (
    "siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession",
    "transfertSiege", "continuiteEconomique",
)  # fmt: skip


class Successions(StockFile):
    """One row per link, without name or address.

    A firm that moves closes one SIRET and opens another: with this link a move is neither a
    closure nor a creation. Where the two SIREN differ, another firm took over.
    """

    key = "successions"
    keeps_older = False  # people may ask to be hidden: R123-232 of the code de commerce
    title = Text("SIRENE : liens de succession", "SIRENE: links of succession")
    url = "https://files.data.gouv.fr/insee-sirene/StockEtablissementLiensSuccession_utf8.zip"
    file_name = "StockEtablissementLiensSuccession_utf8.zip"
    files = (
        "*StockEtablissementLiensSuccession_*.csv*", "*StockEtablissementLiensSuccession_*.zip",
        "*StockEtablissementLiensSuccession_*.parquet",
    )  # fmt: skip
    columns = {
        "predecessor_siret": Column(
            "VARCHAR", Text("SIRET remplacé", "SIRET replaced"), True, r"^\d{14}$"
        ),
        "successor_siret": Column(
            "VARCHAR", Text("SIRET qui lui succède", "SIRET that follows it"), True, r"^\d{14}$"
        ),
        "linked_on": Column("DATE", Text("Date du lien", "Day of the link"), True, past=True),
        "moves_head_office": Column(
            "BOOLEAN", Text("Le siège est transféré", "The head office moves")
        ),
        "goes_on": Column(
            "BOOLEAN",
            Text(
                "Continuité économique : l'activité se poursuit",
                "Economic continuity: the activity goes on",
            ),
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
    }
    unique = ("predecessor_siret", "successor_siret", "linked_on")
    sort = ("predecessor_siret", "linked_on")
    stamped_by = "last_processed_on"
    definition = Text(
        "Une ligne par lien entre deux établissements. Même SIREN : un déménagement. SIREN "
        "différents : une reprise.",
        "One row per link between two establishments. Same SIREN: a move. Different SIREN: a "
        "takeover.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = layout.opened(con, raw, _CORE)
        return table.select(
            predecessor_siret=text(table, "siretEtablissementPredecesseur"),
            successor_siret=text(table, "siretEtablissementSuccesseur"),
            linked_on=plain(table, "dateLienSuccession"),
            moves_head_office=plain(table, "transfertSiege"),
            goes_on=plain(table, "continuiteEconomique"),
            last_processed_on=day(table, "dateDernierTraitementLienSuccession"),
            period=ibis.null("string"),  # one date for the whole stock: see `stamped_by`
        )
