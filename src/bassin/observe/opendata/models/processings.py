"""The line of the register that sharing agreements serve."""

from bassin.parties.privacy.declared import Basis, Processing
from bassin.types import Text

SHARING = Processing(
    slug="data_sharing",
    title=Text("Partage de données", "Sharing of data"),
    purpose=Text(
        "Savoir qui répond d'un accord de partage, qui a déposé une table et qui l'a publiée.",
        "Know who answers for a sharing agreement, who brought a table and who published it.",
    ),
    basis=Basis.PUBLIC_TASK,
    people=Text(
        "agents de la collectivité, des communes et des partenaires qui partagent des données",
        "officers of the authority, of communes and of partners who share data",
    ),
    recipients=Text(
        "les agents de la collectivité et le producteur ; le public lit les organisations, jamais "
        "les noms",
        "the authority's officers and the producer; the public reads organisations, never names",
    ),
)
