"""Repeated work of the follow-up: reminders, moves of firms, files that no case holds any more."""

from django.utils import timezone
from django_tasks import task

from bassin.match.support import night
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


NIGHTLY = (remind_partners, follow_moves, forget_files)
