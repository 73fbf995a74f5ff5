"""What is answered to a report that came by e-mail, and to one that could not be recorded."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bassin.parties.models import Person
from bassin.steer.programmes.mail.reading import Proposal, understood
from bassin.steer.programmes.mail.reminders import titled
from bassin.steer.programmes.mail.sending import compose, link
from bassin.steer.programmes.models import Letter, Obstacle, Update

CONFIRM_SALT = "bassin.steer.programmes.confirm"
CONFIRM_DAYS = 14

_SAID = {
    Letter.Outcome.FORGED: (
        gettext_lazy("Nobody here made the address that it was sent to."),
        gettext_lazy("Answer the reminder itself, without changing its address, or report on the "
                     "site."),
    ),
    Letter.Outcome.EXPIRED: (
        gettext_lazy("The address that it was sent to has expired."),
        gettext_lazy("Answer the latest reminder, or report on the site."),
    ),
    Letter.Outcome.FOREIGN: (
        gettext_lazy("Its address belongs to someone else: each person has their own."),
        gettext_lazy("Write from the address at which the reminder reached you, or report on the "
                     "site."),
    ),
    Letter.Outcome.FORBIDDEN: (
        gettext_lazy("You no longer report on this action, or it was put away."),
        gettext_lazy("If this is a mistake, tell the service below."),
    ),
    Letter.Outcome.EMPTY: (
        gettext_lazy("We found nothing written above the text of the reminder."),
        gettext_lazy("Answer again, with your words above the line."),
    ),
    Letter.Outcome.UNADDRESSED: (
        gettext_lazy("This mailbox only reads the answers to reminders, and it answers none."),
        gettext_lazy("Answer the reminder itself, or write to the service below."),
    ),
}  # fmt: skip


def confirmation(update: Update, proposal: Proposal) -> str:
    """The address by which the author of a report records what it proposes."""
    said = {"u": update.pk, "p": proposal.progress, "h": proposal.health, "d": proposal.done}
    return link(
        reverse("programmes:confirm", args=[signing.dumps(said, salt=CONFIRM_SALT, compress=True)])
    )


def recorded(update: Update, person: Person, *, thread: str) -> EmailMessage:
    """Thanks, the words recorded, and what they may mean, with the address to confirm it."""
    proposal = understood(update.text)
    action = update.action
    context = {
        "person": person,
        "title": titled(action, english=person.language == "en"),
        "text": update.text,
        "proposal": proposal,
        "confirm": confirmation(update, proposal),
        "page": link(reverse("programmes:action", args=[action.pk])),
    }
    return compose(
        "recorded", to=person.email or "", language=person.language, context=context, thread=thread
    )


def refused(outcome: str, *, to: str, subject: str, language: str, thread: str) -> EmailMessage:
    """Why an e-mail was not recorded, and what to do; nothing of the action is told."""
    why, what = _SAID[Letter.Outcome(outcome)]
    with translation.override(language):
        context = {
            "subject": subject[:120] or _("your e-mail"), "why": str(why), "what": str(what),
        }  # fmt: skip
    return compose("refused", to=to, language=language, context=context, thread=thread)


def opened(token: str) -> tuple[Update, Proposal] | None:
    """The report and the proposal behind a confirmation; None when the address is not good."""
    try:
        said = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    update = Update.objects.select_related("action", "author").filter(pk=said["u"]).first()
    return (update, Proposal(said["p"], said["h"], said.get("d", False))) if update else None


def obstacle_answered(obstacle: Obstacle) -> EmailMessage:
    """The answer to who told of an obstacle."""
    language = obstacle.filed_by.language if obstacle.filed_by else settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "procedure": obstacle.procedure, "state": str(obstacle.get_state_display()),
            "answer": obstacle.answer, "filed_on": obstacle.filed_on,
            "page": link(reverse("programmes:obstacles")),
        }  # fmt: skip
    return compose("obstacle", to=obstacle.contact_email, language=language, context=context)
