"""Repeated work of jobs."""

from django.utils import timezone
from django_tasks import task

from bassin.match.jobs import expiry


@task()
def end_offers() -> None:
    """End the offers that are over, and tell the authors of those that soon will be."""
    expiry.night(timezone.localdate())


NIGHTLY = (end_offers,)
