"""Repeated work on people."""

from django.utils import timezone
from django_tasks import task

from bassin.parties.privacy import actions


@task()
def forget_what_is_over() -> dict[str, int]:
    """Delete, or make anonymous, what has been kept as long as its declaration says."""
    return actions.forget_what_is_over(today=timezone.localdate())


NIGHTLY = (forget_what_is_over,)
