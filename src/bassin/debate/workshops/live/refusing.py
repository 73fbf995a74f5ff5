"""A plain form that was not taken comes back as its page, with why, and as it was typed."""

import logging

from django.db import DatabaseError, connection

from bassin.debate.workshops import pages
from bassin.debate.workshops.live import showing
from bassin.debate.workshops.live.asked import Sent

logger = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page(code: str, language: str, *, token: str, why: str, sent: Sent | None) -> str:
    """The page to send back; empty where no workshop shows itself, or the database is away."""
    try:
        workshop = showing.read(code)
        if workshop is None:
            return ""
        return pages.participant_page(
            workshop, language, token=token, why=why, sent=sent.pairs if sent else (),
            printed=sent.text("token") if sent else "",
        )  # fmt: skip
    except DatabaseError as error:
        logger.warning("The page of a form that was not taken cannot be made: %s", error)
        return ""
    finally:
        connection.close()
