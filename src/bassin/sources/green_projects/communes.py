"""Fonds vert by commune with its population, so that € per inhabitant is one ratio."""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text


def _communes(con: ibis.BaseBackend) -> ir.Table:
    listed = con.table("communes")
    projects = _in_listed_communes(con.table("green_projects"), listed)
    current = listed.filter(listed.kind == "commune").drop("period")
    # The list is national and whole: a commune without a row has no project. Only départements
    # met in the file count, so that an extract does not make zeros elsewhere.
    met = projects.select("period", "listed", "departement_code").distinct()
    places = met.join(
        current, [met.listed == current.cog, met.departement_code == current.departement_code]
    ).select("period", "commune_code", "population", "cog")
    funded = projects.group_by("commune_code", "period").agg(
        projects=projects.count(), amount_eur=projects.amount_eur.sum()
    )
    joined = places.left_join(funded, ["commune_code", "period"])
    return joined.select(
        "commune_code", "period", "cog", "population",
        projects=joined.projects.fill_null(0), amount_eur=joined.amount_eur.fill_null(0.0),
    )  # fmt: skip


def _in_listed_communes(projects: ir.Table, communes: ir.Table) -> ir.Table:
    """Projects with the official list of their year, in the commune that list knows them under.

    The list is the latest that is not younger than the projects, else the oldest. A project of a
    commune that joined another is one of the commune it joined.
    """
    years = projects.select("period", year="cog").distinct()
    pairs = years.cross_join(communes.select(list_year="cog").distinct())
    chosen = pairs.group_by("period").agg(
        listed=ibis.coalesce(
            pairs.list_year.max(where=pairs.list_year <= pairs.year), pairs.list_year.min()
        )
    )
    dated = projects.drop("departement_code").inner_join(chosen, "period")
    # A chief town is listed twice, as the commune and as a former one of the same code.
    known = (
        communes.filter(communes.kind.isin(["commune", "former"]))
        .mutate(heir=communes.successor_code.fill_null(communes.commune_code))
        .select("commune_code", "heir", "departement_code", listed="cog")
        .distinct()
    )
    return dated.inner_join(known, ["commune_code", "listed"]).mutate(commune_code=known.heir)


GREEN_PROJECTS_COMMUNES = Derivation(
    key="green_projects_communes",
    title=Text("Fonds vert par commune et par habitant", "Fonds vert by commune and inhabitant"),
    inputs=("green_projects", "communes"),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column("VARCHAR", Text("Année de l'engagement", "Year of the commitment"), True),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "projects": Column("INTEGER", Text("Projets soutenus", "Projects supported"), True, "", 0),
        "amount_eur": Column(
            "DOUBLE",
            Text("Montant engagé par l'État, €", "Amount committed by the State, €"),
            True,
            "",
            0,
        ),
        "population": Column(
            "INTEGER", Text("Population municipale, habitants", "Municipal population, inhabitants")
        ),
    },
    unique=("commune_code", "period"),
    sort=("commune_code", "period"),
    derive=_communes,
    definition=Text(
        "Une ligne par commune des départements du fichier, zéro compris. Les projets sans "
        "commune n'y sont pas : les montants sont un plancher.",
        "One row per commune of the file's départements, zero included. Projects without a "
        "commune are left out: amounts are a floor.",
    ),
)
