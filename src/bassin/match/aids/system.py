"""The visiting card of the guide to aids."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:action:2": Text(
        "Toutes les aides pour une entreprise, avec les raisons et ce qu'il reste à demander ; une "
        "fiche par aide, relue, datée.",
        "All aids for one firm, with reasons and what is still to ask; one sheet per aid, read "
        "again, dated.",
    ),
}
"""What these pages make easier to keep, and how."""

SYSTEM = System(
    slug="aids",
    room="match",
    title=Text("Guide des aides", "Guide to aids"),
    summary=Text(
        "Ce qu'une entreprise ou un projet peut obtenir, pourquoi, et ce qu'il reste à demander.",
        "What a firm or a project may get, why, and what is still to ask.",
    ),
    people=Text(
        "entreprises, créateurs, agents du développement économique, partenaires",
        "firms, people who start one, economic development officers, partners",
    ),
    home="aids:home",
    order=30,
    search="bassin.match.aids.references.search",
    resolve="bassin.match.aids.references.resolve",
    cards={
        "firm": "bassin.match.aids.references.firm",
        "place": "bassin.match.aids.references.place",
    },
    selections="bassin.match.aids.lists.kept",
    selected="bassin.match.aids.lists.sirets",
    makes=("bassin.match.aids.rules.prepared.REGISTER",),
    steps={
        "aids": "bassin.match.aids.chain.step",
        "settling": "bassin.match.aids.chain.settling",
    },
    serves=tuple(SERVED),
    how=SERVED,
)
