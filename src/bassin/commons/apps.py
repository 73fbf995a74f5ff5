"""The floor of what is shared, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonsConfig(AppConfig):
    """Operations, events, placements, documents."""

    name = "bassin.commons"
    label = "commons"
    verbose_name = _("Shared records")

    def ready(self) -> None:
        """Refuse to start with a pairing that looks at a protected trait."""
        from bassin.pairing.registry import declared

        declared()
