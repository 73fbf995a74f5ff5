"""Repeated work of the follow-up: reminders, moves of firms, files that no case holds any more."""

from django.utils import timezone
from django_tasks import task

from bassin.match.support import night
from bassin.match.support.mailing import sending
from bassin.match.support.models import Mailing
from bassin.ui.opened import house


@task()
def remind_partners() -> None:
    """Remind partners of what waits for them, at most once a week and three times in all."""
    night.remind(timezone.localdate())


@task()
def follow_moves() -> None:
    """Follow establishments that moved, by the links that SIRENE publishes."""
    opened = house()
    opened.refresh()
    night.follow_moves(opened)


@task()
def forget_files() -> None:
    """Delete the files of cases that are no longer kept."""
    night.forget_files()


@task()
def send_letter(pk: int) -> None:
    """Send what waits of a letter, batch by batch, as long as the mail server takes some."""
    mailing = Mailing.objects.select_related("author", "organisation").filter(pk=pk).first()
    before = None
    while mailing is not None:
        left = sending.send(mailing, timezone.now())
        if left in (0, before):
            break
        before = left


@task()
def resume_letters() -> None:
    """Take up the letters that a crash or a silent mail server interrupted."""
    for pk in Mailing.objects.filter(state=Mailing.State.SENDING).values_list("pk", flat=True):
        send_letter.enqueue(pk)


NIGHTLY = (remind_partners, follow_moves, forget_files, resume_letters)
