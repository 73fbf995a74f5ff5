"""What is kept of shared data, and for how long."""

from datetime import date, timedelta

from bassin.observe.opendata.models import Deposit, Use
from bassin.observe.opendata.sharing import places

KEPT_MONTHS = 24
"""How long uses are kept, and who brought what; the files of what is not in service, a year."""


def forget_old(today: date) -> int:
    """Delete uses after 24 months, and the files of what is not in service after a year."""
    old = today - timedelta(days=round(KEPT_MONTHS * 30.44))
    Use.objects.filter(day__lt=old).delete()
    left = Deposit.objects.filter(begun_on__lt=today - timedelta(days=365))
    gone = left.exclude(state__in=(Deposit.State.PUBLISHING, Deposit.State.PUBLISHED))
    for each in gone:
        places.forget(each.pk)
    return len(gone)
