"""The lines of the register that the floor of people serves."""

from bassin.parties.privacy.declared import Basis, Hold, Processing
from bassin.types import Text

ACCOUNTS = Processing(
    slug="accounts",
    title=Text("Comptes et accès", "Accounts and access"),
    purpose=Text(
        "Reconnaître les personnes qui travaillent avec la collectivité, savoir au nom de quelle "
        "organisation elles écrivent, protéger leur accès.",
        "Recognise the people who work with the authority, know for which organisation they "
        "write, protect their access.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "agents, élus, partenaires, responsables d'entreprises, personnes invitées",
        "officers, elected officials, partners, heads of firms, people invited",
    ),
    recipients=Text(
        "les agents de la collectivité ; les administrateurs de l'organisation de la personne",
        "the authority's officers; the administrators of the person's organisation",
    ),
)

AUDIT = Processing(
    slug="audit",
    title=Text("Journal des lectures et des modifications", "Audit of reads and changes"),
    purpose=Text(
        "Savoir qui a modifié un engagement et qui a lu une fiche confidentielle ou des données "
        "personnelles, pour répondre d'une erreur ou d'un abus.",
        "Know who changed a commitment and who read a confidential sheet or personal data, to "
        "answer for a mistake or a misuse.",
    ),
    basis=Basis.LEGAL_DUTY,
    people=Text("personnes qui ont un compte", "people who have an account"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)

CONSENTS = Processing(
    slug="consents",
    title=Text("Accords donnés", "Agreements given"),
    purpose=Text(
        "Garder la preuve de ce qu'une personne a accepté, et du jour où elle l'a repris.",
        "Keep the proof of what a person agreed to, and of the day they took it back.",
    ),
    basis=Basis.CONSENT,
    people=Text("personnes qui ont un compte", "people who have an account"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)

ARCHIVING = Processing(
    slug="archiving",
    title=Text("Fiches archivées et relues", "Records put away and reviewed"),
    purpose=Text(
        "Savoir qui a archivé, relu ou ajouté une fiche partagée, et pourquoi.",
        "Know who put away, reviewed or added a shared record, and why.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("personnes qui ont un compte", "people who have an account"),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)

ARCHIVED = Hold(
    person="archived_by",
    what=Text("qui a archivé la fiche, quand et pourquoi", "who put it away, when and why"),
    blank={"archived_by": None},
    why=Text(
        "La fiche est un document de la collectivité ; votre nom en est retiré.",
        "The record is a document of the authority; your name is taken off it.",
    ),
    months=60,
    since="archived_at",
    since_words=Text("l'archivage", "it was put away"),
    show=("archived_at", "archived_why"),
)
"""What every `Archivable` record holds: who put it away."""
