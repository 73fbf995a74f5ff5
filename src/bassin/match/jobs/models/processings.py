"""The lines of the register that the offers serve."""

from bassin.parties.privacy.declared import Basis, Hold, Processing
from bassin.types import Text

OFFERS = Processing(
    slug="offers",
    title=Text("Offres d'emploi", "Job offers"),
    purpose=Text(
        "Publier des offres d'emploi et dire à qui s'adresser ; savoir qui les a écrites et qui "
        "les a relues.",
        "Publish job offers and say whom to turn to; know who wrote them and who reviewed them.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "personnes à contacter nommées par une offre ; personnes qui écrivent ou relisent des "
        "offres",
        "contact persons named by an offer; people who write or review offers",
    ),
    recipients=Text(
        "le public, pour la personne à contacter d'une offre publiée ; les agents de la "
        "collectivité et l'employeur pour le reste",
        "the public, for the contact person of a published offer; the authority's officers and "
        "the employer for the rest",
    ),
)

RECEIPTS = Processing(
    slug="job_receipts",
    title=Text("Reçus de candidature", "Receipts of applications"),
    purpose=Text(
        "Mesurer si un employeur répond à ceux qui postulent, sans savoir qui a postulé.",
        "Measure whether an employer answers those who apply, without knowing who applied.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "personnes qui ont dit avoir postulé, jamais nommées",
        "people who said that they applied, never named",
    ),
    recipients=Text(
        "l'employeur, les agents de la collectivité ; le public, par totaux d'au moins 5",
        "the employer, the authority's officers; the public, by totals of at least 5",
    ),
)


CLAIMS = Processing(
    slug="firm_claims",
    title=Text("Demandes d'accès des entreprises", "Requests of firms"),
    purpose=Text(
        "Vérifier qu'une personne peut écrire des offres au nom d'une entreprise.",
        "Check that a person may write offers in the name of a firm.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "personnes qui demandent à écrire pour une entreprise ; agents qui décident",
        "people who ask to write for a firm; officers who decide",
    ),
    recipients=Text("les agents de la collectivité", "the authority's officers"),
)


def written(person: str, since: str, words: Text, what: Text) -> Hold:
    """What an offer keeps of who did something to it: the name, for three years."""
    return Hold(
        person=person,
        what=what,
        blank={person: None},
        why=Text(
            "L'offre est celle de l'employeur ; votre nom en est retiré.",
            "The offer is the employer's; your name is taken off it.",
        ),
        months=36,
        since=since,
        since_words=words,
        show=("title",),
    )
