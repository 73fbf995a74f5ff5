"""Repeated work that belongs to no system."""

from django.core.management import call_command
from django_tasks import task

KEPT_DAYS = 30


@task()
def forget_old_results() -> None:
    """Delete the record of tasks that ended more than 30 days ago."""
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS)
