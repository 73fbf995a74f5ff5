"""The floor of people, as Django knows it."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    """People, organisations, roles, consent and audit."""

    name = "bassin.parties"
    label = "parties"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Check the declarations of all tables, and watch those that are audited."""
        from bassin.parties.privacy import audit, register

        checks.register(register.check, "privacy")
        audit.watch()
