"""Legal units: the firms, associations and persons that own establishments."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw
from bassin.sources.files import require_columns
from bassin.sources.sirene import layout
from bassin.sources.sirene.establishments import BAND, NAF
from bassin.sources.sirene.layout import StockFile, activity, day, plain, text, yes
from bassin.types import Text

_CORE = (
    "siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale",
    "trancheEffectifsUniteLegale", "dateDernierTraitementUniteLegale", "categorieEntreprise",
    "etatAdministratifUniteLegale", "denominationUniteLegale",
    "categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale", "nicSiegeUniteLegale",
    "economieSocialeSolidaireUniteLegale",
)  # fmt: skip
_OF_AN_ESTABLISHMENT, _TREATED_ON = "siret", "dateDernierTraitementUniteLegale"
"""What only an extract of sirene.fr has, and when the unit of each row was last treated."""
_LINE = "line_number"


class LegalUnits(StockFile):
    """Legal units, active and ceased: one row per SIREN, as it is today.

    Reads StockUniteLegale, and what extracts of sirene.fr say of the unit of each establishment.
    Names of natural persons are never kept: no figure needs them, and most are private addresses'
    owners. A legal person in partial diffusion has no name either.
    """

    key = "legal_units"
    keeps_older = False  # people may ask to be hidden: R123-232 of the code de commerce
    title = Text("SIRENE : unités légales", "SIRENE: legal units")
    url = "https://www.data.gouv.fr/api/1/datasets/r/825f4199-cadd-486c-ac46-a65a8ea1a047"
    file_name = "StockUniteLegale_utf8.zip"
    files = (
        "*StockUniteLegale_*.csv*", "*StockUniteLegale_*.zip", "*StockUniteLegale_*.parquet",
        "sirene/etablissements-*.csv*",
    )  # fmt: skip
    columns = {
        "siren": Column("VARCHAR", Text("SIREN", "SIREN"), True, r"^\d{9}$"),
        "state": Column(
            "VARCHAR", Text("A : active, C : cessée", "A: active, C: ceased"), True, "^[AC]$"
        ),
        "created_on": Column("DATE", Text("Date de création", "Day of creation"), past=True),
        "state_since_on": Column(
            "DATE",
            Text("Début de la période en cours", "Beginning of the current period"),
            past=True,
        ),
        "legal_category": Column(
            "VARCHAR", Text("Catégorie juridique", "Legal category"), False, r"^\d{4}$"
        ),
        "is_natural_person": Column("BOOLEAN", Text("Personne physique", "Natural person")),
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
        "category": Column(
            "VARCHAR", Text("PME, ETI ou GE", "PME, ETI or GE"), False, "^(PME|ETI|GE)$"
        ),
        "is_employer": Column("BOOLEAN", Text("Employeur", "Employer")),
        "is_ess": Column(
            "BOOLEAN", Text("Économie sociale et solidaire", "Social and solidarity economy")
        ),
        "is_mission": Column(
            "BOOLEAN", Text("Société à mission", "Company with a mission (société à mission)")
        ),
        "name": Column(
            "VARCHAR", Text("Dénomination (vide pour une personne)", "Name (empty for a person)")
        ),
        "acronym": Column(
            "VARCHAR", Text("Sigle (vide pour une personne)", "Acronym (empty for a person)")
        ),
        "head_office_nic": Column(
            "VARCHAR", Text("NIC du siège", "NIC of the head office"), False, r"^\d{5}$"
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
    }
    unique = ("siren",)
    sort = ("siren",)
    stamped_by = "last_processed_on"
    definition = Text(
        "Une ligne par unité légale, active ou cessée, dans son état du jour du stock.",
        "One row per legal unit, active or ceased, as it stands on the day of the stock.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        table = _opened(con, raw)
        naf = activity(
            table, "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale"
        )
        category = text(table, "categorieJuridiqueUniteLegale")
        person = category.startswith("1")
        status = layout.diffusion(table, "statutDiffusionUniteLegale")
        named = (status == "O") & ~person.fill_null(True)
        hidden = ibis.null("string")
        return table.select(
            *(name for name in table.columns if name == _LINE),
            siren=text(table, "siren"),
            state=text(table, "etatAdministratifUniteLegale"),
            created_on=plain(table, "dateCreationUniteLegale"),
            state_since_on=plain(table, "dateDebut"),
            legal_category=category,
            is_natural_person=person,
            naf_code=naf["naf_code"],
            naf2025_code=ibis.coalesce(
                text(table, "activitePrincipaleNAF25UniteLegale"), naf["naf2025_main"]
            ),
            naf_former_code=naf["naf_former_code"],
            naf_nomenclature=naf["naf_nomenclature"],
            headcount_band=text(table, "trancheEffectifsUniteLegale"),
            headcount_year=plain(table, "anneeEffectifsUniteLegale"),
            category=text(table, "categorieEntreprise"),
            is_employer=yes(table, "caractereEmployeurUniteLegale"),
            is_ess=yes(table, "economieSocialeSolidaireUniteLegale"),
            is_mission=yes(table, "societeMissionUniteLegale"),
            name=ibis.ifelse(named, text(table, "denominationUniteLegale"), hidden),
            acronym=ibis.ifelse(named, text(table, "sigleUniteLegale"), hidden),
            head_office_nic=text(table, "nicSiegeUniteLegale"),
            diffusion=status,
            last_processed_on=day(table, _TREATED_ON),
            period=ibis.null("string"),  # one date for the whole stock: see `stamped_by`
        )


def _opened(con: ibis.BaseBackend, raw: Raw) -> ir.Table:
    """A stock of units, or the units of an extract."""
    table = layout.opened(con, raw, _CORE)
    if _OF_AN_ESTABLISHMENT in table.columns:
        return _once(table)
    require_columns(raw.name, table.columns, ("dateDebut",))
    return table


def _once(table: ir.Table) -> ir.Table:
    """Each unit of an extract once, as its row treated last says it; with its line in the file."""
    numbered = table.mutate(**{_LINE: ibis.row_number() + 2})
    last = [ibis.desc(numbered[_TREATED_ON]), numbered[_LINE]]
    return numbered.mutate(
        turn=ibis.row_number().over(group_by=numbered.siren, order_by=last)
    ).filter(lambda each: each.turn == 0)
