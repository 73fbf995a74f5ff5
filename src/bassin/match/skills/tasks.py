"""Repeated work of skills."""

from django.utils import timezone
from django_tasks import task

from bassin.match.skills import actions_catalogues


@task()
def forget_catalogue_drafts() -> None:
    """Empty the imports that nobody wrote."""
    actions_catalogues.forget_drafts(timezone.localdate())


NIGHTLY = (forget_catalogue_drafts,)
