"""Who holds the jobs of a place.

For one commune, `local_jobs_held` is enough. For a group of communes it is not: a job in one of
its communes held by a resident of another is held by a resident of the group, and no sum over
communes can tell. There, take `commuting_pairs` and keep the pairs whose two ends are in the group.
"""

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import CODE_COMMUNE, Column, Derivation
from bassin.types import Text

_CODE = Column("VARCHAR", Text("Commune de travail", "Commune where they work"), True, CODE_COMMUNE)
_PERIOD = Column("VARCHAR", Text("Année du recensement", "Year of the census"), True, r"^\d{4}$")
_COG = Column(
    "SMALLINT",
    Text("Année du code officiel géographique", "Year of the official geographical code"),
    True,
)


def _workers(fr: str, en: str) -> Column:
    return Column("DOUBLE", Text(fr, en), True, minimum=0)


def pairs(con: ibis.BaseBackend) -> ir.Table:
    """Flows to a workplace in France, the workplace being the commune of the row."""
    flows = con.table("commuting").filter(lambda t: ~t.is_abroad)
    return flows.select(
        commune_code=flows.work_commune_code,
        home_commune_code=flows.home_commune_code,
        is_same_commune=flows.work_commune_code == flows.home_commune_code,
        workers=flows.workers,
        period=flows.period,
        cog=flows.cog,
    )


def held(con: ibis.BaseBackend) -> ir.Table:
    """Per commune: jobs held there, those held by its own residents, and residents at work."""
    flows = con.table("commuting")
    place = ("commune_code", "period", "cog")
    here = flows.filter(~flows.is_abroad).rename(commune_code="work_commune_code")
    jobs = here.group_by(place).aggregate(
        jobs_held=here.workers.sum(),
        held_by_residents=here.workers.sum(where=here.home_commune_code == here.commune_code),
    )
    homes = flows.rename(commune_code="home_commune_code")
    residents = homes.group_by(place).aggregate(
        residents_at_work=homes.workers.sum(),
        residents_working_abroad=homes.workers.sum(where=homes.is_abroad),
    )
    both = jobs.outer_join(residents, place)
    return both.select(
        **{name: ibis.coalesce(both[name], both[f"{name}_right"]) for name in place},
        **{
            name: both[name].fill_null(0.0)
            for name in (
                "jobs_held",
                "held_by_residents",
                "residents_at_work",
                "residents_working_abroad",
            )
        },
    )


COMMUTING_PAIRS = Derivation(
    key="commuting_pairs",
    title=Text("Emplois par commune de résidence", "Jobs by commune of residence"),
    inputs=("commuting",),
    columns={
        "commune_code": _CODE,
        "home_commune_code": Column(
            "VARCHAR", Text("Résidence", "Where they live"), True, CODE_COMMUNE
        ),
        "is_same_commune": Column(
            "BOOLEAN",
            Text("Réside et travaille dans la commune", "Lives and works in the same commune"),
            True,
        ),
        "workers": _workers("Actifs occupés", "People in work"),
        "period": _PERIOD,
        "cog": _COG,
    },
    derive=pairs,
    unique=("commune_code", "home_commune_code", "period"),
    sort=("commune_code", "home_commune_code"),
    definition=Text(
        "Couples de communes en France. Part des emplois d'un groupe tenus par ses résidents : "
        "somme des couples dont les deux bouts sont dans le groupe, sur la somme de ceux dont le "
        "lieu de travail y est.",
        "Pairs of communes in France. Share of a group's jobs held by its residents: sum of the "
        "pairs with both ends in the group, over the sum of those with their workplace in it.",
    ),
)

LOCAL_JOBS_HELD = Derivation(
    key="local_jobs_held",
    title=Text("Emplois tenus par les résidents", "Jobs held by residents"),
    inputs=("commuting",),
    columns={
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": _PERIOD,
        "cog": _COG,
        "jobs_held": _workers(
            "Emplois occupés dans la commune, d'après les flux",
            "Jobs held in the commune, from the flows",
        ),
        "held_by_residents": _workers(
            "Dont occupés par des résidents de la même commune",
            "Of which held by residents of the same commune",
        ),
        "residents_at_work": _workers(
            "Résidents ayant un emploi, où qu'ils travaillent",
            "Residents in work, wherever they work",
        ),
        "residents_working_abroad": _workers(
            "Dont travaillent hors de France", "Of which work outside France"
        ),
    },
    derive=held,
    unique=("commune_code", "period"),
    definition=Text(
        "Par commune seulement : additionner « held_by_residents » sur plusieurs communes "
        "sous-estime la part tenue par les résidents de l'ensemble (voir commuting_pairs).",
        "By commune only: adding `held_by_residents` over several communes understates what the "
        "residents of the whole hold (see commuting_pairs).",
    ),
)
