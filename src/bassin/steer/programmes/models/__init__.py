"""What people write in Piloter. One module per family of records; import them from here."""

from bassin.steer.programmes.models.actions import (
    Action,
    ActionRole,
    Health,
    Milestone,
    Placement,
    Update,
)
from bassin.steer.programmes.models.contributions import Contribution, Target
from bassin.steer.programmes.models.frameworks import (
    Commitment,
    Framework,
    Node,
    NodeLineage,
    StatedCount,
)
from bassin.steer.programmes.models.governance import (
    AgendaItem,
    Body,
    BodyMembership,
    Decision,
    Meeting,
)
from bassin.steer.programmes.models.imports import ImportDraft
from bassin.steer.programmes.models.mail import Letter, Reminder
from bassin.steer.programmes.models.money import Call, CallMatch, Funding, FundingRequest
from bassin.steer.programmes.models.obstacles import Obstacle

__all__ = [
    "Action",
    "ActionRole",
    "AgendaItem",
    "Body",
    "BodyMembership",
    "Call",
    "CallMatch",
    "Commitment",
    "Contribution",
    "Decision",
    "Framework",
    "Funding",
    "FundingRequest",
    "Health",
    "ImportDraft",
    "Letter",
    "Meeting",
    "Milestone",
    "Node",
    "NodeLineage",
    "Obstacle",
    "Placement",
    "Reminder",
    "StatedCount",
    "Target",
    "Update",
]
