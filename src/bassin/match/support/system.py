"""The visiting card of the follow-up. It has no search: nobody finds a case but on its pages."""

from bassin.systems import System
from bassin.types import Text

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
    resolve="bassin.match.support.links.resolve",
    takes={"case": "bassin.match.support.links.case"},
    last_contacts="bassin.match.support.links.last_contacts",
    sample="bassin.match.support.sample.build",
)
