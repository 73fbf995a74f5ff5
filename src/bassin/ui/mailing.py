"""A message to one person: the first line of its template is its subject, the rest its text."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from bassin.systems import call


def link(path: str) -> str:
    """An address of the site as a message needs it, with its host."""
    return settings.SITE.rstrip("/") + path


def letter(
    template: str, to: str, *, language: str, page: str,
    connection: BaseEmailBackend | None = None, **context: Any,
) -> EmailMessage:  # fmt: skip
    """The message of a template, with the address of a page, in their language.

    It says that a machine wrote it, so that no other machine answers (RFC 3834).
    """
    with translation.override(language):
        facts = call(settings.UI_HOUSE)()
        said = render_to_string(template, {"link": link(reverse(page)), "house": facts, **context})
    subject, _newline, body = said.strip().partition("\n")
    return EmailMessage(
        " ".join(subject.split()), body.strip() + "\n", to=[to],
        headers={"Auto-Submitted": "auto-generated"}, connection=connection,
    )  # fmt: skip
