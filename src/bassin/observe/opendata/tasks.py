"""Repeated work of open data, and what takes longer than a page."""

from django.utils import timezone
from django_tasks import task

from bassin.indicators.secrecy.journal import Journal
from bassin.observe.opendata.models import Deposit
from bassin.observe.opendata.sharing import checking, forgetting, published
from bassin.ui.opened import house


@task()
def shorten_journal() -> None:
    """Write the days that are over of the journal of what is hidden in a few lines each."""
    Journal(house().var).shorten(timezone.localdate())


@task()
def check_deposit(pk: int) -> None:
    """Check a large file; its page says how far it is."""
    found = Deposit.objects.select_related("table__agreement__producer").get(pk=pk)
    checking.check(found, timezone.localdate())


@task()
def publish_deposit(pk: int) -> None:
    """Put a checked file in service."""
    found = Deposit.objects.select_related("table__agreement__producer").get(pk=pk)
    if found.state == Deposit.State.PUBLISHING:
        published.put(found, timezone.localdate())


@task()
def forget_shared() -> None:
    """Delete what is kept no longer."""
    forgetting.forget_old(timezone.localdate())


NIGHTLY = (shorten_journal, forget_shared)
