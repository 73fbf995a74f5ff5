"""The visiting card of skills."""

from bassin.systems import System
from bassin.types import Text

SERVED = {
    "roadmap:action:8": Text(
        "Une entreprise déclare ses projets d'emplois verts ; chaque projet dit quels métiers "
        "proches peuvent y mener et ce qu'il reste à apprendre.",
        "A firm declares its projects of green jobs; each says which near trades may lead there "
        "and what is left to learn.",
    ),
    "roadmap:action:10": Text(
        "Des emplois menacés, le jour choisi : les métiers porteurs à portée, ce qu'il reste à "
        "apprendre, le dispositif valide ce jour-là, et les dossiers suivis sans aucun nom.",
        "Jobs at risk, on a chosen day: promising trades within reach, what is left to learn, the "
        "scheme valid that day, and files followed without any name.",
    ),
    "roadmap:action:11": Text(
        "Le réseau des campus sur une carte : sites, formations, dates et places par filière, et "
        "les formations qui manquent, commune par commune.",
        "The network of campuses on a map: sites, courses, dates and places by sector, and which "
        "courses are missing, commune by commune.",
    ),
    "roadmap:action:9": Text(
        "Les besoins par métier et par année, en trois scénarios, chaque terme avec sa source ou "
        "marqué comme hypothèse : la base de l'exercice annuel de GPEC-T.",
        "Needs by trade and year, in three scenarios, each term with its source or marked as a "
        "hypothesis: the base of the yearly forecasting of jobs and skills.",
    ),
    "roadmap:priority:8": Text(
        "Une page par métier : besoins, tension, personnes disponibles, métiers proches.",
        "A page per trade: needs, tension, people available, near trades.",
    ),
}
"""What these pages make easier to keep, and how."""

SYSTEM = System(
    slug="skills",
    room="match",
    title=Text("Compétences et campus", "Skills and campuses"),
    summary=Text(
        "De quels métiers ce territoire aura besoin, qui peut les exercer, et ce qu'il reste à "
        "apprendre.",
        "Which trades this territory will need, who can do them, and what is left to learn.",
    ),
    people=Text(
        "agents chargés de la GPEC-T, organismes de formation, employeurs, habitants",
        "officers in charge of forecasting, training bodies, employers, residents",
    ),
    home="skills:home",
    order=20,
    search="bassin.match.skills.references.search",
    resolve="bassin.match.skills.references.resolve",
    pairings=(
        "bassin.match.skills.campus_pairing.COURSES",
        "bassin.match.skills.campus_pairing.LACKING",
        "bassin.match.skills.reconversion.pairing.RECONVERSION",
    ),
    cards={
        "trade": "bassin.match.skills.references.trade",
        "firm": "bassin.match.skills.references.firm",
    },
    steps={
        "trades": "bassin.match.skills.chain.step",
        "training": "bassin.match.skills.chain.training",
    },
    takes={"exposed": "bassin.match.skills.references.exposed"},
    sample="bassin.match.skills.sample.build",
    serves=tuple(SERVED),
    how=SERVED,
)  # fmt: skip
