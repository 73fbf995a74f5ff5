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
        """Check the declarations of all tables, watch those that are audited, follow accounts."""
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in

        from bassin.parties import signals
        from bassin.parties.privacy import audit, register

        checks.register(register.check, "privacy")
        audit.watch()
        user_logged_in.connect(signals.note_seen, dispatch_uid="note_seen")
        authenticator_added.connect(
            signals.trust_this_session_alone, dispatch_uid="trust_this_session_alone"
        )
