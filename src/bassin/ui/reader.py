"""The reader of a page: their language, and the day it is for the authority."""

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language


def language() -> str:
    """The language of this answer: "fr", "en", or a further one that the page speaks."""
    return (get_language() or "fr").partition("-")[0]


def today() -> date:
    """The day it is for the authority."""
    return timezone.localdate()
