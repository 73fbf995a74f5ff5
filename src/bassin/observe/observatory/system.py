"""The visiting card of the observatory."""

from bassin.systems import Door, System
from bassin.types import Text

SYSTEM = System(
    slug="observatory",
    room="observe",
    title=Text("Observatoire économique", "Economic observatory"),
    summary=Text(
        "Les chiffres du territoire : calculés, comparés, datés, sourcés.",
        "The territory's figures: computed, compared, dated, sourced.",
    ),
    people=Text("élus, partenaires, agents, habitants", "elected officials, partners, residents"),
    home="observatory:home",
    serves=("roadmap:action:3", "digital:mission:4", "digital:row:5"),
    doors=(
        Door(
            audience="figure",
            order=4,
            sentence=Text("Je cherche un chiffre", "I am looking for a figure"),
            action="observatory:search",
            field="q",
            hint=Text("chômage à Brest, loyers, créations…", "unemployment in Brest, rents…"),
            button=Text("Chercher", "Search"),
        ),
        Door(
            audience="partner",
            order=3,
            sentence=Text("Je suis élu·e ou partenaire", "I am an elected official or a partner"),
            action="observatory:search",
            field="q",
            hint=Text("le nom de votre commune", "the name of your commune"),
            button=Text("Voir ma commune", "See my commune"),
        ),
    ),
    search="bassin.observe.observatory.search.search",
    steps={"figure": "bassin.observe.observatory.chain.step"},
    cards={
        "place": "bassin.observe.observatory.cards.place",
        "mine": "bassin.observe.observatory.cards.mine",
    },
    stated="bassin.observe.observatory.references.stated",
)
