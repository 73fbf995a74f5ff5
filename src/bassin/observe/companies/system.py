"""The visiting card of the companies."""

from bassin.systems import System
from bassin.types import Text

SYSTEM = System(
    slug="companies",
    room="observe",
    title=Text("Entreprises", "Firms"),
    summary=Text(
        "Tous les établissements du territoire : les chercher, les voir, les emporter.",
        "Every establishment of the territory: find it, see it, take it away.",
    ),
    people=Text(
        "agents du développement économique, communes, partenaires, entreprises",
        "economic development officers, communes, partners, firms",
    ),
    home="companies:home",
    order=20,
    makes=("bassin.observe.companies.search.index.FIRMS",),
)
