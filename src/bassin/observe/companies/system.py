"""The visiting card of the companies."""

from bassin.systems import Door, System
from bassin.types import Text

SYSTEM = System(
    slug="companies",
    room="observe",
    title=Text("Entreprises", "Firms"),
    summary=Text(
        "Tous les établissements du territoire : les chercher, les voir, les emporter.",
        "Every establishment of the territory: find it, see it, take it away.",
    ),
    people=Text(
        "agents du développement économique, communes, partenaires, entreprises",
        "economic development officers, communes, partners, firms",
    ),
    home="companies:home",
    order=20,
    makes=(
        "bassin.observe.companies.search.index.FIRMS",
        "bassin.observe.companies.mapping.layer.TILES",
        "bassin.observe.companies.mapping.base.BASE_TILES",
    ),
    doors=(
        Door(
            audience="firm",
            order=2,
            sentence=Text("Je suis une entreprise", "I am a firm"),
            action="companies:mine_find",
            field="q",
            hint=Text("SIRET, SIREN ou nom", "SIRET, SIREN or name"),
            button=Text("Voir ma page", "See my page"),
        ),
    ),
    search="bassin.observe.companies.answers.search",
    cards={"place": "bassin.observe.companies.cards.place"},
    resolve="bassin.observe.companies.references.resolve",
    selections="bassin.observe.companies.kept.kept",
    selected="bassin.observe.companies.kept.sirets",
    sample="bassin.observe.companies.sample.build",
)
