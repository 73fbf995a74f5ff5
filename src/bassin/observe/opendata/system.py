"""The visiting card of open data."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "digital:mission:4": Text(
        "Un catalogue public : chaque table et chaque chiffre avec sa licence, sa qualité mesurée, "
        "ses fichiers, ses adresses pour les machines et pour les cartes.",
        "A public catalogue: each table and each figure with its licence, its measured quality, "
        "its files, its addresses for machines and for maps.",
    ),
}
"""What these pages make easier to keep, and how."""

SYSTEM = System(
    slug="opendata",
    room="observe",
    title=Text("Données ouvertes", "Open data"),
    summary=Text(
        "Ce que la plateforme sait, à emporter : tables, chiffres, fichiers, adresses.",
        "What the platform knows, to take away: tables, figures, files, addresses.",
    ),
    people=Text(
        "réutilisateurs, communes, partenaires, agents chargés des données",
        "re-users, communes, partners, data officers",
    ),
    home="opendata:home",
    order=60,
    search="bassin.observe.opendata.search.search",
    sample="bassin.observe.opendata.sample.build",
    makes=(
        "bassin.observe.opendata.measures.MEASURES",
        "bassin.observe.opendata.features.united.UNITED",
    ),
    serves=tuple(SERVED),
    how=SERVED,
)
