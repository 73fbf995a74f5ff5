"""What is compared of a person and of an offer, and what each comparison is worth.

The need is what a person says of themselves on the search page or in their profile; nothing is
guessed. Weights are those declared here until the authority sets its own.
"""

from bassin.pairing import (
    Bounds,
    Gate,
    Membership,
    Nearness,
    Overlap,
    Pairing,
    Reach,
    Sentences,
    Signal,
)
from bassin.types import Text

_OFFER = Text("l'offre, comme l'employeur l'a publiée", "the offer, as its employer published it")
_ROME = Text("ROME, France Travail", "ROME, France Travail")
_DARES = Text(
    "tensions sur le marché du travail, Dares et France Travail",
    "labour market tension, Dares and France Travail",
)
_TRAVEL = Text("temps de trajet estimés", "estimated journey times")

LEVEL = Gate(
    "level",
    Text("diplôme", "diploma"),
    Bounds(need=("", "level"), offer=("level", "")),
    Sentences(
        yes=Text("Votre niveau de diplôme suffit.", "Your diploma level is enough."),
        no=Text(
            "L'employeur demande un diplôme que vous n'avez pas : {offer}.",
            "The employer asks for a diploma that you do not hold: {offer}.",
        ),
        ask=Text(
            "Le diplôme demandé n'est pas dit, ou nous ne savons pas lequel vous avez : demandez.",
            "The diploma asked is not said, or we do not know which you hold: ask.",
        ),
    ),
    labels="level",
    source=_OFFER,
)
LICENCES = Gate(
    "licences",
    Text("permis et habilitations", "licences and certificates"),
    Membership(need="licences", offer="licences", every=True),
    Sentences(
        yes=Text(
            "Vous avez les permis demandés, ou aucun n'est demandé.",
            "You hold the licences asked, or none is asked.",
        ),
        no=Text("Il faut : {missing}.", "You need: {missing}."),
        ask=Text(
            "Faut-il un permis ou une habilitation ? Demandez avant de vous déplacer.",
            "Is a licence or certificate needed? Ask before you go.",
        ),
    ),
    labels="licence",
    source=_OFFER,
)
BADGE = Gate(
    "badge",
    Text("badge d'accès à l'aéroport", "airport badge"),
    Membership(need="badges", offer="badges", every=True),
    Sentences(
        yes=Text("Aucun badge d'aéroport ne vous manque.", "You lack no airport badge."),
        no=Text(
            "Il faut un badge d'accès à l'aéroport ; vous dites ne pas pouvoir l'avoir.",
            "An airport badge is needed; you say that you cannot get one.",
        ),
        ask=Text(
            "Il peut falloir un badge d'accès à l'aéroport : l'employeur le demande pour vous, "
            "après une enquête de la préfecture.",
            "An airport badge may be needed: the employer asks for it, and the préfecture "
            "investigates.",
        ),
    ),
    source=_OFFER,
)
FRENCH = Gate(
    "french",
    Text("niveau de français", "level of French"),
    Bounds(need=("", "french_level"), offer=("french_level", "")),
    Sentences(
        yes=Text("Votre niveau de français suffit.", "Your French is good enough."),
        no=Text("Le niveau de français demandé est : {offer}.", "The French asked is: {offer}."),
        ask=Text(
            "Le niveau de français demandé n'est pas dit : demandez.",
            "The level of French asked is not said: ask.",
        ),
    ),
    labels="french",
    source=_OFFER,
)
CONTRACT = Gate(
    "contract",
    Text("contrat", "contract"),
    Membership(need="contracts", offer="contract"),
    Sentences(
        yes=Text("Le contrat vous convient.", "The contract suits you."),
        no=Text(
            "Le contrat est : {offer} ; vous ne l'avez pas choisi.",
            "The contract is: {offer}; you did not choose it.",
        ),
        ask=Text("Le contrat n'est pas dit : demandez.", "The contract is not said: ask."),
    ),
    labels="contract",
    source=_OFFER,
)
HOURS = Gate(
    "hours",
    Text("horaires", "hours"),
    Membership(need="hours", offer="hours", every=True),
    Sentences(
        yes=Text("Les horaires vous conviennent.", "The hours suit you."),
        no=Text(
            "Le travail se fait aussi {missing} ; vous ne l'avez pas choisi.",
            "There is also work {missing}; you did not choose that.",
        ),
        ask=Text("Les horaires ne sont pas dits : demandez.", "The hours are not said: ask."),
    ),
    labels="hours",
    source=_OFFER,
)
JOURNEY = Reach(
    need="commune_code", offer="commune_code", table="minutes", most="most_minutes", by="mode",
    at="when",
)  # fmt: skip
WITHIN = Gate(
    "within",
    Text("trajet", "journey"),
    JOURNEY,
    Sentences(
        yes=Text(
            "À {minutes} minutes environ, à l'heure de la prise de poste.",
            "About {minutes} minutes away, at the hour when work begins.",
        ),
        no=Text(
            "À {minutes} minutes environ : plus que vos {most} minutes.",
            "About {minutes} minutes away: more than your {most} minutes.",
        ),
        ask=Text(
            "Le temps de trajet à cette heure-là n'est pas connu : demandez comment les autres "
            "viennent.",
            "The journey time at that hour is not known: ask how others get there.",
        ),
    ),
    source=_TRAVEL,
)
TRADE = Signal(
    "trade",
    Text("proximité du métier", "nearness of the trade"),
    Nearness(need="rome_codes", offer="rome_code", table="occupations"),
    40,
    Sentences(
        yes=Text(
            "Métier proche du vôtre à {share} % : {offer}.",
            "A trade near yours at {share}%: {offer}.",
        ),
        no=Text("Un métier éloigné du vôtre : {offer}.", "A trade far from yours: {offer}."),
        ask=Text(
            "Le métier de l'offre ou le vôtre n'est pas dit.",
            "The trade of the offer, or yours, is not said.",
        ),
    ),
    labels="occupation",
    source=_ROME,
)
SKILLS = Signal(
    "skills",
    Text("savoir-faire", "skills"),
    Overlap(need="items", offer="items", weights="items"),
    25,
    Sentences(
        yes=Text(
            "Vous savez faire {share} % de ce qui est demandé : {common}.",
            "You can do {share}% of what is asked: {common}.",
        ),
        no=Text(
            "Aucun des savoir-faire demandés n'est dans votre profil.",
            "None of the skills asked is in your profile.",
        ),
        ask=Text(
            "Dites ce que vous savez faire : nous le comparerons à l'offre.",
            "Say what you can do: we shall compare it with the offer.",
        ),
    ),
    labels="item",
    source=_ROME,
)
NEAR = Signal(
    "journey",
    Text("durée du trajet", "length of the journey"),
    JOURNEY,
    20,
    Sentences(
        yes=Text("À {minutes} minutes environ.", "About {minutes} minutes away."),
        no=Text("Très loin : {minutes} minutes.", "Very far: {minutes} minutes."),
        ask=Text("Temps de trajet inconnu à cette heure-là.", "Journey time unknown at that hour."),
    ),
    source=_TRAVEL,
)
TENSION = Signal(
    "tension",
    Text("tension du métier ici", "how sought-after the trade is here"),
    Nearness(need="tension", offer="tension", table="tension"),
    10,
    Sentences(
        yes=Text(
            "Tension de ce métier ici : {offer}. Plus elle est forte, plus on cherche du monde.",
            "Tension of this trade here: {offer}. The higher it is, the more people are wanted.",
        ),
        no=Text(
            "Tension de ce métier ici : {offer}. Beaucoup de personnes le cherchent.",
            "Tension of this trade here: {offer}. Many people look for it.",
        ),
        ask=Text(
            "La tension de ce métier dans ce bassin d'emploi n'est pas publiée : elle compte pour "
            "moitié, ni plus ni moins.",
            "The tension of this trade in this employment area is not published: it counts half, "
            "neither more nor less.",
        ),
    ),
    labels="tension",
    source=_DARES,
)
FRESH = Signal(
    "fresh",
    Text("fraîcheur de l'offre", "freshness of the offer"),
    Bounds(need=("fresh_from", ""), offer=("published_on", "published_on"), tolerance=45),
    5,
    Sentences(
        yes=Text("Publiée ou confirmée il y a peu.", "Published or confirmed lately."),
        no=Text("Publiée il y a longtemps.", "Published long ago."),
        ask=Text("Sa date n'est pas connue.", "Its date is not known."),
    ),
    source=_OFFER,
)

OFFERS = Pairing(
    slug="jobs.offers",
    title=Text("Personnes et offres d'emploi", "People and job offers"),
    criteria=(
        LEVEL, LICENCES, BADGE, FRENCH, CONTRACT, HOURS, WITHIN, TRADE, SKILLS, NEAR, TENSION,
        FRESH,
    ),
    people=("need",),
)  # fmt: skip
"""Offers ranked for a person; people are never ranked for an employer (règlement (UE) 2024/1689,
annex III, 4)."""

_HIRINGS = Text(
    "embauches déclarées par activité et métier (DPAE), France Travail",
    "declared hires by activity and trade (DPAE), France Travail",
)
_SIRENE = Text("SIRENE, Insee", "SIRENE, INSEE")
_URSSAF = Text("effectifs salariés, Urssaf", "salaried jobs, Urssaf")

ACTIVITY = Signal(
    "activity",
    Text("activité qui embauche ce métier", "an activity that hires this trade"),
    Nearness(need="rome_codes", offer="naf_code", table="hirings"),
    70,
    Sentences(
        yes=Text(
            "Dans cette activité, {share} % des embauches sont dans votre métier (en France).",
            "In this activity, {share}% of hires are in your trade (in France).",
        ),
        no=Text(
            "Cette activité embauche rarement votre métier.",
            "This activity seldom hires your trade.",
        ),
        ask=Text(
            "On ne sait pas si cette activité embauche votre métier.",
            "Whether this activity hires your trade is not known.",
        ),
    ),
    source=_HIRINGS,
)
SIZE = Signal(
    "staff",
    Text("nombre de salariés", "number of employees"),
    Bounds(need=("staff_enough", ""), offer=("staff", "staff"), tolerance=100),
    12,
    Sentences(
        yes=Text(
            "L'établissement compte au moins {offer} salariés.",
            "The establishment has at least {offer} employees.",
        ),
        no=Text("Peu de salariés.", "Few employees."),
        ask=Text("Son effectif n'est pas connu.", "Its headcount is not known."),
    ),
    source=_SIRENE,
)
GROWTH = Signal(
    "growth",
    Text("croissance de l'activité ici", "growth of the activity here"),
    Bounds(need=("growth_enough", ""), offer=("growth_pct", "growth_pct"), tolerance=20),
    6,
    Sentences(
        yes=Text(
            "Les emplois de cette activité ont évolué de {offer} % ici en trois ans.",
            "Jobs in this activity changed by {offer}% here in three years.",
        ),
        no=Text(
            "Les emplois de cette activité ont baissé ici : {offer} % en trois ans.",
            "Jobs in this activity fell here: {offer}% in three years.",
        ),
        ask=Text(
            "L'évolution de cette activité ici n'est pas connue.",
            "How this activity changed here is not known.",
        ),
    ),
    source=_URSSAF,
)
CLOSE = Signal("journey", NEAR.title, JOURNEY, 12, NEAR.sentences, source=_TRAVEL)
REACHED = Gate("within", WITHIN.title, JOURNEY, WITHIN.sentences, source=_TRAVEL)

FIRMS = Pairing(
    slug="jobs.firms",
    title=Text(
        "Métiers et établissements susceptibles d'embaucher",
        "Trades and establishments likely to hire",
    ),
    criteria=(REACHED, ACTIVITY, SIZE, GROWTH, CLOSE),
    key="siret",
    people=("need",),
)
"""Most hires go through no offer: where to present oneself, and why there."""
