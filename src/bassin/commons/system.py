"""The visiting card of the shared records: what they offer to search, cite and show of a place."""

from bassin.systems import System
from bassin.types import Text

SYSTEM = System(
    slug="commons",
    room="",
    title=Text("Agenda et opérations", "Agenda and operations"),
    summary=Text(
        "Les opérations d'aménagement, un seul agenda, des documents et les embauches comptées "
        "une fois.",
        "Development projects, one agenda, documents, and hires counted once.",
    ),
    people=Text("tout le monde", "everyone"),
    home="shared:agenda",
    search="bassin.commons.search.search",
    resolve="bassin.commons.search.resolve",
    picks={"operation": "bassin.commons.search.pick_operations"},
    cards={"place": "bassin.ui.shared.cards.place"},
)
