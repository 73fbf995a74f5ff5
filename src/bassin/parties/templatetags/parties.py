"""Tags of the pages of accounts: `{% load parties %}`."""

from django import template

register = template.Library()


@register.simple_tag
def sample_is_open() -> bool:
    """Whether the page of the sample's people exists here."""
    # Only when asked: the view knows the territory, which the live part alone never opens.
    from bassin.parties.views import sample

    return sample.is_open()
