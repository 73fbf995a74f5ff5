"""What is compared of what somebody lacks and of a course; and of a trade that has no course near.

Weights are those declared here until the authority sets its own.
"""

from bassin.pairing import (
    Bounds,
    Gate,
    Membership,
    Overlap,
    Pairing,
    Reach,
    Sentences,
    Signal,
)
from bassin.types import Text

_COURSE = Text("le catalogue de formations", "the catalogue of courses")
_REGISTER = Text("registres RNCP et RS, France compétences", "RNCP and RS, France compétences")
_ROME = Text("ROME, France Travail", "ROME, France Travail")
_TRAVEL = Text("temps de trajet estimés", "estimated journey times")

_JOURNEY = Reach(
    need="commune_code", offer="commune_code", table="minutes", most="most_minutes", by="mode"
)
WITHIN = Gate(
    "within",
    Text("trajet", "journey"),
    _JOURNEY,
    Sentences(
        yes=Text("À {minutes} minutes environ.", "About {minutes} minutes away."),
        no=Text(
            "À {minutes} minutes environ : plus que {most} minutes.",
            "About {minutes} minutes away: more than {most} minutes.",
        ),
        ask=Text(
            "Temps de trajet inconnu, ou adresse à vérifier : demandez où se passe la formation.",
            "Journey unknown, or an address to check: ask where the course takes place.",
        ),
    ),
    source=_TRAVEL,
)
VALID = Gate(
    "valid",
    Text("certification encore ouverte", "certification still open"),
    Membership(need="open", offer="validity"),
    Sentences(
        yes=Text(
            "Sa certification est ouverte au jour de l'entrée, ou elle n'en prépare aucune.",
            "Its certification is open on the day one enters, or it prepares none.",
        ),
        no=Text(
            "L'enregistrement de sa certification est fini au jour de l'entrée.",
            "The registration of its certification is over on the day one enters.",
        ),
        ask=Text(
            "Le registre ne dit pas si sa certification est encore ouverte : demandez à "
            "l'organisme.",
            "The register does not say whether its certification is still open: ask the body.",
        ),
    ),
    source=_REGISTER,
)
LEADS = Signal(
    "leads",
    Text("mène au métier", "leads to the trade"),
    Membership(need="rome_codes", offer="trades"),
    30,
    Sentences(
        yes=Text("Elle mène au métier : {common}.", "It leads to the trade: {common}."),
        no=Text(
            "Elle mène à un autre métier ; elle en enseigne une part.",
            "It leads to another trade; it teaches a part of this one.",
        ),
        ask=Text("Le métier visé n'est pas dit.", "The trade aimed at is not said."),
    ),
    labels="occupation",
    source=_REGISTER,
)
TEACHES = Signal(
    "teaches",
    Text("savoir-faire qui manquent", "skills that are missing"),
    Overlap(need="missing", offer="items", of="need"),
    40,
    Sentences(
        yes=Text(
            "Elle enseigne {share} % de ce qui manque : {common}.",
            "It teaches {share}% of what is missing: {common}.",
        ),
        no=Text("Elle n'enseigne rien de ce qui manque.", "It teaches nothing of what is missing."),
        ask=Text(
            "Ce qu'elle enseigne, ou ce qui manque, n'est pas dit : demandez le programme.",
            "What it teaches, or what is missing, is not said: ask for the programme.",
        ),
    ),
    labels="item",
    source=_ROME,
)
CLOSE = Signal(
    "journey",
    Text("durée du trajet", "length of the journey"),
    _JOURNEY,
    15,
    Sentences(
        yes=Text("À {minutes} minutes environ.", "About {minutes} minutes away."),
        no=Text("Très loin : {minutes} minutes.", "Very far: {minutes} minutes."),
        ask=Text("Temps de trajet inconnu.", "Journey time unknown."),
    ),
    source=_TRAVEL,
)
SOON = Signal(
    "soon",
    Text("date d'entrée", "day to begin"),
    Bounds(need=("", "soon_until"), offer=("starts_on", "starts_on"), tolerance=300),
    10,
    Sentences(
        yes=Text("Prochaine entrée : {offer}.", "Next session: {offer}."),
        no=Text("La prochaine entrée est lointaine.", "The next session is far away."),
        ask=Text(
            "Aucune date d'entrée n'est connue : demandez la prochaine.",
            "No day to begin is known: ask for the next one.",
        ),
    ),
    source=_COURSE,
)
ROOM = Signal(
    "places",
    Text("places qui restent", "places left"),
    Bounds(need=("places_enough", ""), offer=("left", "left"), tolerance=5),
    5,
    Sentences(
        yes=Text("Places qui restent : {offer}.", "Places left: {offer}."),
        no=Text("Il ne reste pas de place à la prochaine session.",
                "No place is left in the next session."),
        ask=Text("Le nombre de places n'est pas dit : demandez.",
                 "The number of places is not said: ask."),
    ),
    source=_COURSE,
)  # fmt: skip

COURSES = Pairing(
    slug="skills.courses",
    title=Text("Savoir-faire qui manquent et formations", "Missing skills and courses"),
    criteria=(WITHIN, VALID, LEADS, TEACHES, CLOSE, SOON, ROOM),
    people=("need",),
)
"""Courses ranked for somebody who lacks something; nobody is ranked for a training body."""

_FORECAST = Text("prévision par métier", "forecast by trade")
_DARES = Text("tensions sur le marché du travail, Dares", "labour market tension, Dares")

NEED = Signal(
    "need",
    Text("besoin prévu", "forecast need"),
    Bounds(need=("gap_full", ""), offer=("gap", "gap"), tolerance=300),
    35,
    Sentences(
        yes=Text(
            "Il manquerait {offer} personnes d'ici cinq ans (scénario central).",
            "{offer} people would be wanting within five years (central scenario).",
        ),
        no=Text(
            "La prévision ne dit pas qu'il manquerait du monde.",
            "The forecast does not say that people would be wanting.",
        ),
        ask=Text(
            "Le besoin n'est pas connu, ou il est secret.", "The need is not known, or is secret."
        ),
    ),
    source=_FORECAST,
)
TENSION = Signal(
    "tension",
    Text("tension", "tension"),
    Bounds(need=("tension_full", ""), offer=("tension", "tension"), tolerance=4),
    30,
    Sentences(
        yes=Text("Tension {offer} sur 5 pour recruter ici.", "Tension {offer} of 5 to hire here."),
        no=Text("Tension la plus faible : 1 sur 5.", "The least tension: 1 of 5."),
        ask=Text("Tension non publiée ici.", "Tension not published here."),
    ),
    source=_DARES,
)
DISTANCE = Signal(
    "distance",
    Text("formation la plus proche", "nearest course"),
    Bounds(need=("minutes_full", ""), offer=("minutes", "minutes"), tolerance=90),
    20,
    Sentences(
        yes=Text(
            "Des communes sans formation à portée, la plus proche est comptée à {offer} minutes "
            "(180 : aucune n'est connue).",
            "From communes without a course near, the nearest is counted at {offer} minutes "
            "(180: none is known).",
        ),
        no=Text("Une formation est sur place.", "A course is at hand."),
        ask=Text("La distance n'est pas connue.", "The distance is not known."),
    ),
    source=_TRAVEL,
)
PLACES = Signal(
    "places",
    Text("places offertes", "places offered"),
    Bounds(need=("", "places_none"), offer=("places", "places"), tolerance=60),
    15,
    Sentences(
        yes=Text(
            "Places connues pour un an, où qu'elles soient : {offer}.",
            "Known places for a year, wherever they are: {offer}.",
        ),
        no=Text("Beaucoup de places ailleurs : {offer}.", "Many places elsewhere: {offer}."),
        ask=Text("Les places ne sont pas dites.", "Places are not said."),
    ),
    source=_COURSE,
)

LACKING = Pairing(
    slug="skills.lacking",
    title=Text("Formations qui manquent", "Missing courses"),
    criteria=(NEED, TENSION, DISTANCE, PLACES),
    people=(),
)
"""Trades without a course near, the most wanting first: trades are compared, nobody is."""
