"""The e-mails that ask for reports and answer them, as plain text in their reader's language."""

from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from bassin.steer.programmes.mail.reading import MARKER
from bassin.systems import call
from bassin.ui.house import Counter


def link(path: str) -> str:
    """An address of the site as an e-mail needs it, with its host."""
    return settings.SITE.rstrip("/") + path


def compose(
    name: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    reply_to: str = "",
    thread: str = "",
    connection: BaseEmailBackend | None = None,
) -> EmailMessage:
    """An e-mail of the template `mail/<name>.txt`, whose first line is its subject.

    It says that a machine wrote it, so that no other machine answers (RFC 3834).
    """
    with translation.override(language):
        facts = call(settings.UI_HOUSE)()
        whole = {**context, "marker": MARKER, "territory": facts.territory_name}
        whole["counter"] = _signed(facts.counter)
        said = render_to_string(f"programmes/mail/{name}.txt", whole)
    subject, _newline, body = said.strip().partition("\n")
    headers = {
        "Message-ID": make_msgid(domain=_domain()),
        "Auto-Submitted": "auto-replied" if thread else "auto-generated",
    }
    if thread:
        headers |= {"In-Reply-To": thread, "References": thread}
    return EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
        connection=connection,
    )


def _signed(counter: Counter) -> str:
    """The last line: who answers, by telephone too."""
    parts = (counter.service, counter.telephone, counter.hours)
    return ", ".join(part for part in parts if part)


def _domain() -> str:
    return settings.IMAP_ADDRESS.rpartition("@")[2] or "localhost"
