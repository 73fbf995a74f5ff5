"""What is compared of an exposed trade and of a trade it may lead to, and what each is worth.

Weights are those declared here until the authority sets its own. Nobody is ranked: a trade is
compared with trades, and a person decides.
"""

from bassin.pairing import Bounds, Gate, Membership, Nearness, Overlap, Pairing, Sentences, Signal
from bassin.types import Text

_ROME = Text("ROME, France Travail ; proximité calculée", "ROME, France Travail; computed nearness")
_SKILLS = Text("ROME, France Travail", "ROME, France Travail")
_TENSION = Text("Dares, tensions par métier", "Dares, tension by trade")
_GAP = Text("prévision des métiers, en trois scénarios", "forecast of trades, in three scenarios")
_HIRERS = Text(
    "établissements employeurs par commune (Insee ou Urssaf) × embauches par activité et métier",
    "establishments with staff by commune (Insee or Urssaf) × hires by activity and trade",
)

WAYS = {
    "tension": Text("il est difficile d'y recruter", "it is hard to hire for"),
    "gap": Text(
        "il manquera des personnes d'après la prévision", "the forecast says that people will lack"
    ),
    "offers": Text("des offres sont ouvertes à portée", "offers are open within reach"),
}
"""In what ways a trade is promising."""

NEAR = Gate(
    "near",
    Text("métier assez proche", "near enough"),
    Nearness(need="rome_code", offer="rome_code", table="occupations", least=0.2),
    Sentences(
        yes=Text("Métier assez proche.", "A trade near enough."),
        no=Text("Métier trop éloigné.", "A trade too far."),
        ask=Text("La proximité n'est pas connue.", "Nearness is not known."),
    ),
    source=_ROME,
)
PROMISING = Gate(
    "promising",
    Text("métier porteur", "promising trade"),
    Membership(need="ways", offer="ways"),
    Sentences(
        yes=Text("Métier porteur ici : {common}.", "A promising trade here: {common}."),
        no=Text("Rien ne dit qu'il recrute ici.", "Nothing says that it hires here."),
        ask=Text(
            "On ne sait pas si ce métier recrute ici : demandez à France Travail.",
            "Whether this trade hires here is not known: ask the employment service.",
        ),
    ),
    labels="ways",
    source=Text(
        "Dares, tensions ; prévision ; offres par commune",
        "Dares, tension; forecast; offers by commune",
    ),
)
REACHED = Gate(
    "reached",
    Text("employeurs à portée", "employers within reach"),
    Bounds(need=("least_employers", ""), offer=("employers", "employers")),
    Sentences(
        yes=Text(
            "{offer} établissements dont l'activité embauche ce métier sont à portée.",
            "{offer} establishments whose activity hires this trade are within reach.",
        ),
        no=Text(
            "Aucun établissement dont l'activité embauche ce métier n'est à portée.",
            "No establishment whose activity hires this trade is within reach.",
        ),
        ask=Text(
            "Les employeurs à portée ne sont pas connus : dites d'où l'on part.",
            "Employers within reach are not known: say where one leaves from.",
        ),
    ),
    source=_HIRERS,
)
NEARNESS = Signal(
    "nearness",
    Text("proximité du métier", "nearness of the trade"),
    Nearness(need="rome_code", offer="rome_code", table="occupations"),
    45,
    Sentences(
        yes=Text("Proche à {share} % du métier exposé.", "Near the exposed trade at {share}%."),
        no=Text("Un métier éloigné.", "A trade far away."),
        ask=Text("La proximité n'est pas connue.", "Nearness is not known."),
    ),
    source=_ROME,
)
COVER = Signal(
    "cover",
    Text("savoir-faire déjà là", "skills already there"),
    Overlap(need="items", offer="items", of="offer"),
    30,
    Sentences(
        yes=Text(
            "{share} % de ce qu'il demande est déjà su : {common}.",
            "{share}% of what it asks is known already: {common}.",
        ),
        no=Text("Tout ce qu'il demande est à apprendre.", "All that it asks is to be learnt."),
        ask=Text("Ce qu'il demande n'est pas décrit.", "What it asks is not described."),
    ),
    labels="item",
    source=_SKILLS,
)
TENSION = Signal(
    "tension",
    Text("tension", "tension"),
    Bounds(need=("tension_enough", ""), offer=("tension", "tension"), tolerance=2),
    10,
    Sentences(
        yes=Text(
            "Tension {offer} sur 5 : 5 est le plus difficile à recruter.",
            "Tension {offer} of 5, 5 being the hardest to hire.",
        ),
        no=Text(
            "Tension {offer} sur 5 : recrutement aisé.", "Tension {offer} of 5: not hard to hire."
        ),
        ask=Text("Sa tension ici n'est pas publiée.", "Its tension here is not published."),
    ),
    source=_TENSION,
)
GAP = Signal(
    "gap",
    Text("personnes qui manqueront", "people who will lack"),
    Bounds(need=("gap_enough", ""), offer=("gap", "gap")),
    5,
    Sentences(
        yes=Text(
            "En cinq ans, il manquera {offer} personnes d'après le scénario central.",
            "Within five years, {offer} people will lack in the central scenario.",
        ),
        no=Text(
            "La prévision voit assez de personnes pour les postes (écart : {offer}).",
            "The forecast sees enough people for the positions (gap: {offer}).",
        ),
        ask=Text("Sa prévision ici n'est pas connue.", "Its forecast here is not known."),
    ),
    source=_GAP,
)
HIRERS = Signal(
    "hirers",
    Text("nombre d'employeurs à portée", "employers within reach, how many"),
    Bounds(need=("employers_enough", ""), offer=("employers", "employers"), tolerance=50),
    10,
    Sentences(
        yes=Text(
            "{offer} établissements dont l'activité embauche ce métier sont à portée.",
            "{offer} establishments whose activity hires this trade are within reach.",
        ),
        no=REACHED.sentences.no,
        ask=REACHED.sentences.ask,
    ),
    source=_HIRERS,
)

RECONVERSION = Pairing(
    slug="skills.reconversion",
    title=Text("Métiers exposés et métiers porteurs", "Exposed trades and promising trades"),
    criteria=(NEAR, PROMISING, REACHED, NEARNESS, COVER, TENSION, GAP, HIRERS),
    key="rome_code",
    people=(),
)
"""From a trade whose jobs go to trades that hire within reach."""
