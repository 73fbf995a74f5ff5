"""Tags of the pages of accounts: `{% load parties %}`."""

from django import template

from bassin.parties.views import sample

register = template.Library()


@register.simple_tag
def sample_is_open() -> bool:
    """Whether the page of the sample's people exists here."""
    return sample.is_open()
