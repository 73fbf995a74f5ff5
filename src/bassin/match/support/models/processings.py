"""The lines of the register that the follow-up serves, and what its tables hold of who wrote."""

from bassin.parties.privacy.declared import Basis, Hold, Processing
from bassin.types import Text

MONTHS = 36
"""How long a case is kept after the last contact with the firm."""

CASES = Processing(
    slug="support_cases",
    title=Text("Accompagnement des entreprises", "Follow-up of firms"),
    purpose=Text(
        "Accompagner une entreprise, un porteur de projet ou un prospect jusqu'à la réponse à son "
        "besoin, sans lui faire répéter son histoire.",
        "Stand by a firm, a project holder or a prospect until its need is answered, without "
        "making it tell its story again.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "dirigeants, porteurs de projet et leurs interlocuteurs ; conseillers",
        "heads of firms, project holders and their contacts; advisers",
    ),
    recipients=Text(
        "l'organisation qui tient le dossier ; un partenaire, si l'entreprise y a consenti",
        "the organisation that keeps the case; a partner, if the firm agreed",
    ),
)

SHARING = Processing(
    slug="support_sharing",
    title=Text("Partage d'un dossier avec un partenaire", "Sharing of a case with a partner"),
    purpose=Text(
        "Transmettre un dossier au partenaire qui peut aider, avec l'accord de l'entreprise, et "
        "savoir ce qu'il en a fait.",
        "Pass a case on to the partner who can help, with the firm's agreement, and know what "
        "came of it.",
    ),
    basis=Basis.CONSENT,
    people=Text(
        "personnes qui ont donné l'accord ; conseillers qui transmettent et qui reçoivent",
        "people who agreed; advisers who refer and who receive",
    ),
    recipients=Text(
        "le partenaire nommé, jusqu'au retrait de l'accord",
        "the partner named, until the agreement is taken back",
    ),
)

SURVIVAL = Processing(
    slug="support_survival",
    title=Text("Survie des entreprises aidées", "Survival of the firms that were helped"),
    purpose=Text(
        "Savoir si les entreprises créées avec l'aide d'un partenaire vivent plus longtemps que "
        "d'autres comparables.",
        "Know whether the firms created with a partner's help live longer than others like them.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text("entreprises créées avec une aide", "firms created with help"),
    recipients=Text(
        "les conseillers de l'organisation qui a aidé, par totaux d'au moins 20",
        "the advisers of the organisation that helped, by totals of at least 20",
    ),
)


def wrote(
    field: str,
    what: Text,
    since: str,
    show: tuple[str, ...],
    words: Text = Text("l'écriture", "it was written"),
) -> Hold:
    """What a row keeps of the adviser who did something: the name, for three years."""
    return Hold(
        person=field,
        what=what,
        blank={field: None},
        why=Text(
            "Le dossier est celui de l'organisation ; votre nom en est retiré.",
            "The case is the organisation's; your name is taken off it.",
        ),
        months=MONTHS,
        since=since,
        since_words=words,
        show=show,
    )
