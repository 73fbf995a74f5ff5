"""What people write in Débattre, one module per family; import them from here."""

from bassin.debate.workshops.models.moderation import Moderation
from bassin.debate.workshops.models.notes import Attachment, Correction, Minutes, Note
from bassin.debate.workshops.models.statements import Option, Statement
from bassin.debate.workshops.models.votes import Ballot, Expression, Participation, Round, Ticket
from bassin.debate.workshops.models.workshops import Facilitator, Series, Step, Workshop

__all__ = [
    "Attachment",
    "Ballot",
    "Correction",
    "Expression",
    "Facilitator",
    "Minutes",
    "Moderation",
    "Note",
    "Option",
    "Participation",
    "Round",
    "Series",
    "Statement",
    "Step",
    "Ticket",
    "Workshop",
]
