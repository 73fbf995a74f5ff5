"""Repeated work of the watch: look each night and at each release, write on Sunday."""

from django.utils import timezone
from django_tasks import task

from bassin.observe.watch import actions, actions_scenarios, digest, finding
from bassin.observe.watch.models import Passing
from bassin.ui.opened import house


@task()
def watch() -> None:
    """Look at the release in service, keep what is new, forget what is too old."""
    look()
    actions.forget(timezone.localdate())


@task()
def asked(number: int) -> None:
    """The same for somebody who waits: how far it is stands in the passing of that number."""
    passing = Passing.objects.get(pk=number)
    try:
        look(passing)
    except Exception:
        Passing.objects.filter(pk=number).update(ended=True, failed=True)
        raise


def look(passing: Passing | None = None) -> None:
    """Find signals, and set what happened beside the crisis scenarios that were kept."""
    opened, today = house(), timezone.localdate()
    opened.refresh()
    finding.find(opened, today=today, now=timezone.now(), passing=passing)
    actions_scenarios.score_all(opened, today)


@task()
def write() -> None:
    """Tell each person what was found for them this week."""
    house().refresh()
    digest.send(timezone.localdate())


NIGHTLY = (watch,)
ON_RELEASE = (watch,)
WEEKLY = (write,)
