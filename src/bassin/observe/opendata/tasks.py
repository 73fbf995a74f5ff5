"""Repeated work of open data."""

from django.utils import timezone
from django_tasks import task

from bassin.indicators.secrecy.journal import Journal
from bassin.ui.opened import house


@task()
def shorten_journal() -> None:
    """Write the days that are over of the journal of what is hidden in a few lines each."""
    Journal(house().var).shorten(timezone.localdate())


NIGHTLY = (shorten_journal,)
