"""Offers in trades of the ecological transition, by the tags of ROME 4.

An offer is counted under a ROME 3 code, and the tags are on ROME 4 fiches, several per ROME 3
code. So two counts frame the unknown one: codes of which every fiche has the tag (`_sure`, a
floor) and codes of which at least one has it (a ceiling). Green and greening overlap in the
ceilings: they do not add up, `offers_ecological` is their union.
"""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text


def _tags(fiches: ir.Table) -> ir.Table:
    """Per ROME 3 code, whether any and whether all of its ROME 4 fiches have each tag."""
    ecological = fiches.is_green | fiches.is_greening
    return fiches.group_by("rome_code").aggregate(
        green=fiches.is_green.any(),
        green_sure=fiches.is_green.all(),
        greening=fiches.is_greening.any(),
        greening_sure=fiches.is_greening.all(),
        ecological=ecological.any(),
        ecological_sure=ecological.all(),
    )


def derive(con: ibis.BaseBackend) -> ir.Table:
    """Offers by commune, with how many are in tagged trades."""
    offers = con.table("offers")
    placed = offers.filter(offers.commune_code.notnull())
    tagged = placed.left_join(_tags(con.table("rome4_occupations")), "rome_code")

    def having(tag: str) -> ir.Value:
        return tagged.offers.sum(where=tagged[tag]).fill_null(0)

    return tagged.group_by("commune_code", "period", "cog").aggregate(
        offers=tagged.offers.sum(),
        offers_untagged=tagged.offers.sum(where=tagged.green.isnull()).fill_null(0),
        offers_green=having("green"),
        offers_green_sure=having("green_sure"),
        offers_greening=having("greening"),
        offers_greening_sure=having("greening_sure"),
        offers_ecological=having("ecological"),
        offers_ecological_sure=having("ecological_sure"),
    )


def _count(fr: str, en: str) -> Column:
    return Column("INTEGER", Text(fr, en), True, minimum=0)


OFFERS_GREEN = Derivation(
    key="offers_green",
    title=Text(
        "Offres dans les métiers de la transition écologique",
        "Offers in trades of the ecological transition",
    ),
    inputs=("offers", "rome4_occupations"),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Jour du décompte", "Day of the count"), True),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "offers": _count("Offres d'emploi", "Job offers"),
        "offers_untagged": _count(
            "Offres dont le métier est absent du ROME 4",
            "Offers whose occupation is absent from ROME 4",
        ),
        "offers_green": _count(
            "Offres dont au moins une fiche du métier est verte",
            "Offers with at least one record of the occupation that is green",
        ),
        "offers_green_sure": _count(
            "Offres dont toutes les fiches du métier sont vertes",
            "Offers with every record of the occupation green",
        ),
        "offers_greening": _count(
            "Offres dont au moins une fiche du métier est stratégique",
            "Offers with at least one record of the occupation that is strategic",
        ),
        "offers_greening_sure": _count(
            "Offres dont toutes les fiches du métier sont stratégiques",
            "Offers with every record of the occupation strategic",
        ),
        "offers_ecological": _count(
            "Offres dont au moins une fiche est verte ou stratégique",
            "Offers with at least one record that is green or strategic",
        ),
        "offers_ecological_sure": _count(
            "Offres dont toute fiche est verte ou stratégique",
            "Offers with every record green or strategic",
        ),
    },
    derive=derive,
    unique=("commune_code", "period"),
    sort=("commune_code", "period"),
    definition=Text(
        "Offres avec commune. Plafond : au moins une fiche ROME 4 du métier a l'étiquette ; "
        "plancher (« _sure ») : toutes l'ont.",
        "Offers with a commune. Ceiling: at least one ROME 4 fiche of the trade has the tag; "
        "floor (`_sure`): all have it.",
    ),
)
