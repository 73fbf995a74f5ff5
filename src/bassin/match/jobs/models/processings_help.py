"""The lines of the register that help, recruitment actions and presented trades serve."""

from bassin.parties.privacy.declared import Basis, Processing
from bassin.types import Text

ADVISERS = Processing(
    slug="job_advisers",
    title=Text("Conseillers nommés dans l'annuaire", "Advisers named in the directory"),
    purpose=Text(
        "Dire à qui s'adresser dans une structure, avec l'accord de la personne nommée.",
        "Say whom to turn to in a structure, with the agreement of the person named.",
    ),
    basis=Basis.CONSENT,
    people=Text("conseillers qui ont donné leur accord", "advisers who agreed"),
    recipients=Text("le public, jusqu'à la date de fin", "the public, until the end date"),
)

REFERRALS = Processing(
    slug="job_referrals",
    title=Text("Fiches de liaison", "Referrals"),
    purpose=Text(
        "Transmettre la demande d'une personne à la structure qui peut l'aider, et vérifier "
        "qu'elle a reçu une réponse.",
        "Pass a request on to the structure that can help, and check that it was answered.",
    ),
    basis=Basis.CONSENT,
    people=Text(
        "personnes orientées, conseillers qui orientent et qui reçoivent",
        "people referred, advisers who refer and who receive",
    ),
    recipients=Text(
        "la structure qui reçoit, le service qui oriente, les agents de la collectivité chargés "
        "du suivi",
        "the structure that receives, the service that refers, the authority's officers in charge",
    ),
)

RECRUITING = Processing(
    slug="job_recruiting",
    title=Text("Inscriptions aux actions de recrutement", "Registrations to recruitment actions"),
    purpose=Text(
        "Attendre les bonnes personnes à une rencontre avec un employeur, et savoir combien y ont "
        "trouvé un emploi.",
        "Expect the right people at a meeting with an employer, and know how many found a job.",
    ),
    basis=Basis.CONSENT,
    people=Text("personnes inscrites, ou un numéro à leur place", "people registered, or a number"),
    recipients=Text(
        "les agents de la collectivité et les partenaires de l'action ; le public, par totaux "
        "d'au moins 5",
        "the authority's officers and the partners of the action; the public, by totals of at "
        "least 5",
    ),
)

TESTIMONIES = Processing(
    slug="trade_testimonies",
    title=Text("Métiers présentés", "Presented trades"),
    purpose=Text(
        "Faire connaître un métier par ceux qui l'exercent, avec leur accord.",
        "Make a trade known by those who do it, with their agreement.",
    ),
    basis=Basis.CONSENT,
    people=Text(
        "personnes qui témoignent ou que l'on voit ; qui a écrit et relu la présentation",
        "people who speak or are seen; who wrote and reviewed it",
    ),
    recipients=Text("le public, jusqu'à la date de fin", "the public, until the end date"),
)
