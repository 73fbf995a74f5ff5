"""The visiting card of the programmes."""

from bassin.systems import System
from bassin.types import Text

SYSTEM = System(
    slug="programmes",
    room="steer",
    title=Text("Programmes et engagements", "Programmes and commitments"),
    summary=Text(
        "Ce qui a été promis, qui le fait, ce que cela coûte et ce qui a bougé.",
        "What was promised, who does it, what it costs and what moved.",
    ),
    people=Text(
        "direction, porteurs de projet, élus, signataires, habitants",
        "management, project holders, elected officials, signatories, residents",
    ),
    home="programmes:home",
    order=10,
    # Governance with the partners; the joint plan of the industry label and the ecological
    # contract. The actions themselves are served by the tools that do them.
    serves=("roadmap:action:1", "roadmap:action:18", "convention:axis:1"),
    search="bassin.steer.programmes.search.search",
    cards={
        "place": "bassin.steer.programmes.cards.place",
        "action": "bassin.steer.programmes.cards.action",
        "operation": "bassin.steer.programmes.cards.operation",
    },
    resolve="bassin.steer.programmes.search.resolve",
    documents="bassin.steer.programmes.documents.write",
    sample="bassin.steer.programmes.sample.build",
)
