"""What is said to someone who sent an answer, or came to the door; put into words when it is sent,
in their language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bassin.debate.workshops.joining import Entry
from bassin.debate.workshops.voting import Outcome, Verdict

Words = str | Promise

_VOTES: dict[Verdict, Words] = {
    Verdict.RECORDED: _("Your answer is recorded. You may change it until the question closes."),
    Verdict.PAUSED: _(
        "The question is paused: your answer was not taken. Send it again when the question goes "
        "on."
    ),
    Verdict.NOT_OPEN: _("This question is not open: your answer was not taken."),
    Verdict.NO_TICKET: _(
        "Your ticket does not open this question. Come in again with the code, or ask the "
        "facilitator for another ticket."
    ),
}
_ENTRIES: dict[Entry, Words] = {
    Entry.CLOSED: _("The doors of this workshop are not open."),
    Entry.NEEDS_TICKET: _(
        "This workshop is for people who hold a printed ticket. Scan yours, or ask the facilitator "
        "for one."
    ),
    Entry.NO_TICKET: _("This ticket does not open this workshop. Ask the facilitator for another."),
    Entry.IN_USE: _(
        "This ticket is in use on another device. Go back to that device, or ask the facilitator "
        "for another ticket."
    ),
    Entry.FULL: _("This workshop takes no more people. Tell the facilitator."),
}
WELCOME = _("You are in.")
ANSWERED_BEFORE = _("This question is closed. Your answer was recorded before it closed.")
FULL_DISK = _(
    "The service has no room left to keep answers: yours was not taken. Tell the facilitator; "
    "answers given before are safe."
)
BUSY = _("The service could not keep your answer now: it was not taken. Send it again in a moment.")
UNREADABLE = _("What was sent cannot be read. Answer again from the page.")
TOO_LONG = _("Your answer is too long. Shorten it, then send it again.")
FROM_ELSEWHERE = _("This form comes from another site. Answer from the workshop's page.")
NOTHING_THERE = _("No workshop under way has this code. Check its six digits.")


def of_vote(outcome: Outcome, *, answered: bool = False) -> Words:
    """What became of an answer, and what to do."""
    if outcome.verdict is Verdict.NOT_OPEN and answered:
        return ANSWERED_BEFORE
    return outcome.why or _VOTES.get(outcome.verdict, UNREADABLE)


def of_entry(entry: Entry) -> Words:
    """Why the door stayed shut, and what to do; a welcome when it did not."""
    return _ENTRIES.get(entry, WELCOME)
