"""Repeated work of the firms."""

from django_tasks import task

from bassin.observe.companies import actions
from bassin.ui.opened import house


@task()
def forget_hidden_identities() -> None:
    """Delete corrections that would name or locate who is hidden since the last load."""
    opened = house()
    opened.refresh()
    actions.forget_hidden(opened)


NIGHTLY = (forget_hidden_identities,)
