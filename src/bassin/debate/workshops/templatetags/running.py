"""Tags of the pages of who runs workshops: `{% load running %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bassin.ui import qr

register = template.Library()


@register.simple_tag
def square(address: str) -> SafeString:
    """An address as a square to scan."""
    return mark_safe(qr.svg(address, _("square to scan")))  # noqa: S308  escaped where it is drawn
