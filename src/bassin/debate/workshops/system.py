"""The visiting card of the workshops."""

from bassin.systems import System
from bassin.types import Text

SYSTEM = System(
    slug="workshops",
    room="debate",
    title=Text("Ateliers", "Workshops"),
    summary=Text(
        "Répondre ensemble, voir ce qui ressort, et savoir ce que c'est devenu.",
        "Answer together, see what comes out, and know what became of it.",
    ),
    people=Text(
        "élus, partenaires, habitants, animateurs",
        "elected officials, partners, residents, facilitators",
    ),
    home="workshops:home",
    order=10,
    # Co-construction on line, beside citizens' consultations.
    serves=("digital:row:6",),
    search="bassin.debate.workshops.search.search",
    cards={
        "action": "bassin.debate.workshops.cards.action",
        "nodes": "bassin.debate.workshops.cards.nodes",
        "operation": "bassin.debate.workshops.cards.operation",
        "mine": "bassin.debate.workshops.cards.mine",
    },
    picks={"result": "bassin.debate.workshops.search.pick_results"},
    resolve="bassin.debate.workshops.references.resolve",
    sample="bassin.debate.workshops.sample.build",
)
