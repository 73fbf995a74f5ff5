"""A task that takes too long, for the tests that stop the service meanwhile."""

import time

from django_tasks import task


@task()
def nap() -> None:
    time.sleep(120)
