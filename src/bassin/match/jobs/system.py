"""The visiting card of jobs."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:action:32": Text(
        "La « Vitrine des emplois » elle-même : les employeurs et les partenaires y publient, la "
        "collectivité relit, une offre vue dans plusieurs sources n'y est qu'une fois.",
        "The “Vitrine des emplois” itself: employers and partners publish, the authority reviews, "
        "an offer seen in several sources is there once.",
    ),
    "industry:axis:1": Text(
        "Une entreprise publie une offre en cinq minutes et sait ce qui lui manque pour être lue.",
        "A firm publishes an offer in five minutes and knows what it lacks to be read.",
    ),
}
"""What the offers make easier to keep, and how."""

SYSTEM = System(
    slug="jobs",
    multilingual=True,
    room="match",
    title=Text("Vitrine des emplois", "Job showcase"),
    summary=Text(
        "Les emplois d'ici, pourquoi ils vous conviennent, et qui peut vous aider.",
        "The jobs here, why they suit you, and who can help you.",
    ),
    people=Text(
        "habitants, employeurs, conseillers, agents de la collectivité",
        "residents, employers, advisers, the authority's officers",
    ),
    home="jobs:home",
    order=10,
    serves=tuple(SERVED),
    how=SERVED,
    sample="bassin.match.jobs.sample.build",
    pairings=("bassin.match.jobs.pairing.OFFERS", "bassin.match.jobs.pairing.FIRMS"),
    search="bassin.match.jobs.search.search",
    cards={
        "trade": "bassin.match.jobs.cards.trade",
        "place": "bassin.match.jobs.cards.place",
        "firm": "bassin.match.jobs.cards.firm",
    },
    firm_sets={"open_offers": "bassin.match.jobs.cards.hiring"},
    resolve="bassin.match.jobs.search.resolve",
)
