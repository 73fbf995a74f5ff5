"""Repeated work of jobs."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from bassin.match.jobs import actions_imports, actions_trades, expiry, helping, searches
from bassin.match.jobs.views.common import communes


@task()
def end_offers() -> None:
    """Read the services offers come from, end those that are over, tell their authors."""
    today = timezone.localdate()
    if settings.FRANCE_TRAVAIL_CLIENT:
        actions_imports.read_every_night(list(communes()), today=today)
    actions_imports.forget_drafts(today)
    expiry.night(today)


@task()
def tell_late_referrals() -> None:
    """Tell, once, who referred somebody and who should have answered."""
    helping.alert(timezone.localdate())


@task()
def forget_small_searches() -> None:
    """Delete the counts of searches that are old and too small to be told."""
    searches.forget(timezone.localdate())


@task()
def forget_pictures() -> None:
    """Delete the pictures of trades whose last day has passed, files included."""
    actions_trades.forget_pictures(timezone.localdate())


NIGHTLY = (end_offers, tell_late_referrals, forget_small_searches, forget_pictures)
