"""The visiting card of the partners."""

from bassin.systems import System
from bassin.types import Text

_ASKED = Text(
    "Une commune demande ce service à l'agence, reçoit un devis, et le coût se partage quand "
    "plusieurs le font ensemble.",
    "A commune asks the agency for this service, gets a quote, and the cost is shared when several "
    "do it together.",
)
SERVED = {
    "convention:axis:2": Text(
        "Étape par étape, qui aide un créateur d'entreprise, où plusieurs se doublent, où personne "
        "n'est connu.",
        "Step by step, who helps someone who sets up a firm, where several overlap, where nobody "
        "is known.",
    ),
    "convention:axis:3": Text(
        "La même carte pour une entreprise qui grandit ; chaque partenaire écrit ses services.",
        "The same map for a growing firm; each partner writes its own services.",
    ),
    "convention:axis:9": Text(
        "Le catalogue de l'agence numérique, ses projets mutualisés, sa veille, le réseau commun.",
        "The catalogue of the digital agency, its pooled projects, its watch and the common "
        "network.",
    ),
    "digital:mission:1": _ASKED,
    "digital:mission:2": _ASKED,
    "digital:mission:3": Text(
        "Les sites et les liens du réseau sur la carte, sa capacité et le retour de "
        "l'investissement.",
        "The sites and the links of the network on the map, its capacity and its payback.",
    ),
    "digital:mission:5": Text(
        "La veille sur les technologies et les appels à projets, et l'ingénierie demandée par les "
        "communes.",
        "The watch on technologies and calls for projects, and the engineering that communes ask "
        "for.",
    ),
    "digital:row:3": Text(
        "La résilience se calcule : les liens dont la perte couperait un site sont nommés.",
        "Resilience is computed: the links whose loss would cut a site are named.",
    ),
}
"""What the partners' pages make easier to keep, and how."""

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
    serves=tuple(SERVED),
    how=SERVED,
    search="bassin.steer.partners.search.search",
    cards={"mine": "bassin.steer.partners.cards.mine"},
    sample="bassin.steer.partners.sample.build",
)
