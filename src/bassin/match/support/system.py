"""The visiting card of the follow-up. It has no search: nobody finds a case but on its pages."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:priority:1": Text(
        "Un besoin, un dossier, un conseiller : la première réponse sous 48 heures est mesurée, et "
        "les partenaires prennent la suite avec l'accord de l'entreprise.",
        "One need, one case, one adviser: the first answer within 48 hours is measured, and "
        "partners take over with the firm's agreement.",
    ),
    "roadmap:action:28": Text(
        "Ce que les entreprises promettent (PAQTE, Plan 10 000 entreprises) est écrit, daté, et "
        "n'avance que par des preuves acceptées par un autre que celui qui les apporte.",
        "What firms promise (PAQTE, Plan 10 000 entreprises) is written down and dated, and moves "
        "only by proofs that somebody other than their bringer accepted.",
    ),
    "roadmap:action:6": Text(
        "Une entreprise fait le point en quatorze questions reliées aux actions du programme ; "
        "chaque réponse mène à une action, une aide ou un engagement.",
        "A firm takes stock in fourteen questions linked to the actions of the programme; each "
        "answer leads to an action, an aid or a commitment.",
    ),
}
"""What these pages make easier to keep, and how."""

SYSTEM = System(
    slug="support",
    room="match",
    title=Text("Accompagnement", "Follow-up of firms"),
    summary=Text(
        "Suivre une entreprise, un porteur de projet, un prospect : à plusieurs, dans le secret.",
        "Follow a firm, a project holder or a prospect, with partners and in confidence.",
    ),
    people=Text(
        "conseillers de la collectivité et des partenaires",
        "advisers of the authority and of its partners",
    ),
    home="support:home",
    order=40,
    serves=tuple(SERVED),
    how=SERVED,
    resolve="bassin.match.support.links.resolve",
    cards={"firm": "bassin.match.support.promises.firm"},
    own="bassin.match.support.promises.own",
    takes={
        "case": "bassin.match.support.links.case",
        "chain": "bassin.match.support.links.chain",
        "follow": "bassin.match.support.links.follow",
    },
    last_contacts="bassin.match.support.links.last_contacts",
    sample="bassin.match.support.sample.build",
)
