"""The visiting card of the partners."""

from bassin.systems import System
from bassin.types import Text

SYSTEM = System(
    slug="partners",
    room="steer",
    title=Text("Partenaires et agence numérique", "Partners and digital agency"),
    summary=Text(
        "Qui fait quoi pour les entreprises, les services aux communes, le réseau commun.",
        "Who does what for firms, services for communes, the common network.",
    ),
    people=Text(
        "entreprises, porteurs de projet, partenaires, communes",
        "firms, project holders, partners, communes",
    ),
    home="partners:services",
    serves=("convention:axis:2", "convention:axis:3", "digital:mission:3", "digital:mission:5"),
    search="bassin.steer.partners.search.search",
    sample="bassin.steer.partners.sample.build",
)
