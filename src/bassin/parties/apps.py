"""The floor of people, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    """People, organisations, roles, consent and audit."""

    name = "bassin.parties"
    label = "parties"
    verbose_name = _("People and organisations")
