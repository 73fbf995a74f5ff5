"""The visiting card of the programmes."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:action:1": Text(
        "Chaque instance a ses sièges datés, ses réunions dans l'agenda, ses décisions avec leurs "
        "preuves, et un formulaire pour demander à la rejoindre.",
        "Each body has its dated seats, its meetings in the agenda, its decisions with their "
        "evidence, and a form to ask to join it.",
    ),
    "roadmap:action:12": Text(
        "Un comité ouvert s'y crée, reçoit les demandes d'y entrer et prépare son dossier en un "
        "clic.",
        "An open committee is set up there, receives requests to join and prepares its pack in "
        "one click.",
    ),
    "roadmap:action:18": Text(
        "Une action se place dans les deux plans à la fois, et compte une fois dans chacun.",
        "An action stands in both plans at once, and counts once in each.",
    ),
    "convention:axis:1": Text(
        "Chaque signataire a sa page : ce qu'il a promis, ce qui lui a été promis, par qui, quand.",
        "Each signatory has a page: what it promised, what was promised to it, by whom, when.",
    ),
    "convention:axis:8": Text(
        "Chaque grand projet a sa fiche, avec les actions menées autour de lui et qui les porte.",
        "Each great project has its sheet, with the actions around it and who holds them.",
    ),
    "industry:axis:4": Text(
        "Une entreprise signale un obstacle en une minute : procédure, organisme, délai. Elle "
        "reçoit la réponse, et le registre dit les jours gagnés.",
        "A firm files an obstacle in a minute: procedure, body, delay. It gets the answer, and "
        "the register tells the days saved.",
    ),
}
"""What Piloter makes easier to keep, and how."""

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
    # The actions themselves are served by the tools that do them.
    serves=tuple(SERVED),
    how=SERVED,
    search="bassin.steer.programmes.search.search",
    cards={
        "place": "bassin.steer.programmes.cards.place",
        "action": "bassin.steer.programmes.cards.action",
        "operation": "bassin.steer.programmes.cards.operation",
        "calls": "bassin.steer.programmes.cards.calls",
        "mine": "bassin.steer.programmes.cards.mine",
    },
    resolve="bassin.steer.programmes.search.resolve",
    picks={
        "body": "bassin.steer.programmes.search.pick_bodies",
        "framework": "bassin.steer.programmes.search.pick_frameworks",
        "action": "bassin.steer.programmes.search.pick_actions",
        "node": "bassin.steer.programmes.search.pick_nodes",
    },
    became="bassin.steer.programmes.links.became",
    takes={
        "evidence": "bassin.steer.programmes.links.evidence",
        "idea": "bassin.steer.programmes.links.idea",
    },
    steps={"action": "bassin.steer.programmes.chain.step"},
    documents="bassin.steer.programmes.documents.write",
    sample="bassin.steer.programmes.sample.build",
)
