"""Repeated work of the programmes."""

import logging

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from bassin.errors import Refused
from bassin.steer.programmes.mail import inbox, reminders

logger = logging.getLogger(__name__)


@task()
def report_by_mail() -> None:
    """Read the answers that came, then ask those who have not reported this month."""
    if settings.IMAP_HOST:
        try:
            inbox.read(timezone.localdate(), timezone.now())
        except Refused as refusal:
            # The mailbox is another machine's: reminders leave all the same.
            logger.warning("%s", refusal)
    reminders.send(timezone.localdate(), timezone.now())


NIGHTLY = (report_by_mail,)
