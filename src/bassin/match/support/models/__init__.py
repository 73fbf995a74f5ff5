"""What people write about firms they follow. One module per family; import them from here."""

from bassin.match.support.models.backed import Backed
from bassin.match.support.models.bringing import Import
from bassin.match.support.models.cases import Case, Contact, Lead
from bassin.match.support.models.commitments import Assessment, Commitment, Proof
from bassin.match.support.models.doing import Interaction, Paper, Task
from bassin.match.support.models.mailing import Delivery, Mailing, OptOut, Reach
from bassin.match.support.models.promised import Scheme, Unit
from bassin.match.support.models.sharing import Referral, Share
from bassin.match.support.models.words import (
    PATHWAY,
    PIPELINE,
    Channel,
    Need,
    Outcome,
    SocialForm,
    Stage,
)

__all__ = [
    "PATHWAY", "PIPELINE", "Assessment", "Backed", "Case", "Channel", "Commitment", "Contact",
    "Delivery", "Import", "Interaction", "Lead", "Mailing", "Need", "OptOut", "Outcome", "Paper",
    "Proof", "Reach", "Referral", "Scheme", "Share", "SocialForm", "Stage", "Task", "Unit",
]  # fmt: skip
