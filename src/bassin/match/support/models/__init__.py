"""What people write about firms they follow. One module per family; import them from here."""

from bassin.match.support.models.backed import Backed
from bassin.match.support.models.bringing import Import
from bassin.match.support.models.cases import Case, Contact, Lead
from bassin.match.support.models.doing import Interaction, Paper, Task
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
    "PATHWAY", "PIPELINE", "Backed", "Case", "Channel", "Contact", "Import", "Interaction", "Lead",
    "Need", "Outcome", "Paper", "Referral", "Share", "SocialForm", "Stage", "Task",
]  # fmt: skip
