"""The Django app of the look, labelled `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and static files shared by every page."""

    name = "bassin.ui"
    label = "ui"
