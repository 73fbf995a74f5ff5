"""A message to one person: its first line is its subject, the rest its text."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from bassin.systems import call


def letter(template: str, to: str, *, language: str, page: str, **context: Any) -> EmailMessage:
    """The message of a template, with the address of a page, in their language."""
    with translation.override(language):
        link = settings.SITE.rstrip("/") + reverse(page)
        facts = call(settings.UI_HOUSE)()
        said = render_to_string(template, {"link": link, "house": facts, **context})
    subject, _newline, body = said.strip().partition("\n")
    return EmailMessage(
        " ".join(subject.split()), body.strip() + "\n", to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
