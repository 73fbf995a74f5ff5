"""Repeated work of the watch: look each night, write on Sunday."""

from django.utils import timezone
from django_tasks import task

from bassin.observe.watch import actions, digest, finding
from bassin.ui.opened import house


@task()
def watch() -> None:
    """Look at the release in service, keep what is new, forget what is too old."""
    opened = house()
    opened.refresh()
    finding.find(opened, today=timezone.localdate(), now=timezone.now())
    actions.forget(timezone.localdate())


@task()
def write() -> None:
    """Tell each person what was found for them this week."""
    house().refresh()
    digest.send(timezone.localdate())


NIGHTLY = (watch,)
WEEKLY = (write,)
