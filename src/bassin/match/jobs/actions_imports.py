"""Bringing offers in: a file that a partner brings, a service that is read every night."""

import logging
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import slugs
from bassin.errors import Refused
from bassin.match.jobs import permissions
from bassin.match.jobs.imports import table, writing
from bassin.match.jobs.imports.france_travail import Service
from bassin.match.jobs.imports.records import Reading
from bassin.match.jobs.models import Feed, OfferImport
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

logger = logging.getLogger(__name__)


def add_feed(
    *,
    by: Person,
    title: str,
    kind: str,
    organisation: Organisation | None = None,
    trusted: bool = False,
    absences: int = 3,
    query: dict[str, Any] | None = None,
) -> Feed:
    """Say that offers come from there from now on."""
    require(permissions.can_manage_feeds(by))
    slug = slugs.free(Feed, title, most=50, otherwise="source")
    return Feed.objects.create(
        slug=slug, title=title.strip(), kind=kind, organisation=organisation, trusted=trusted,
        absences=absences, query=query or {},
    )  # fmt: skip


@transaction.atomic
def change_feed(
    feed: Feed, *, by: Person, title: str, organisation: Organisation | None, trusted: bool,
    absences: int, query: dict[str, Any],
) -> Feed:  # fmt: skip
    """Change a source, and what is asked of it at its next reading."""
    require(permissions.can_manage_feeds(by))
    kept = Feed.objects.select_for_update().get(pk=feed.pk)
    kept.title, kept.organisation, kept.trusted = title.strip(), organisation, trusted
    kept.absences, kept.query = absences, query
    kept.save(update_fields=["title", "organisation", "trusted", "absences", "query"])
    return kept


def bring(
    feed: Feed, content: bytes, *, by: Person, today: date, document: str = "", whole: bool = True
) -> OfferImport:
    """Read a file; what was understood is kept for review, nothing is written yet.

    Raises:
        Refused: it is no file of offers.
    """
    require(permissions.can_import(by, feed))
    if feed.kind != Feed.Kind.CSV:
        raise Refused(_("This source is read by itself: it takes no file."))
    reading = table.read(content)
    reading.complete = whole
    return _keep(feed, reading, by=by, today=today, document=document)


def ask(feed: Feed, *, by: Person, communes: list[str], today: date) -> OfferImport:
    """Read the service now; what it answered is kept for review, nothing is written yet.

    Raises:
        Refused: it could not be read; what is here stays as it is, and the source says why.
    """
    require(permissions.can_manage_feeds(by))
    reading = _read(feed, communes, today)
    return _keep(feed, reading, by=by, today=today)


def _keep(
    feed: Feed, reading: Reading, *, by: Person, today: date, document: str = ""
) -> OfferImport:
    return OfferImport.objects.create(
        feed=feed, document=document[:200], findings=reading.as_json(), whole=reading.complete,
        begun_by=by, begun_on=today,
    )  # fmt: skip


@transaction.atomic
def write(draft: OfferImport, *, by: Person, today: date) -> OfferImport:
    """Write what was reviewed.

    Raises:
        Refused: it was written or dropped already, or nothing is in it.
    """
    kept = OfferImport.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(permissions.can_import(by, kept.feed))
    _open(kept)
    kept.result = writing.write(Reading.of(kept.findings), kept.feed, today)
    # What was read, contact persons included, has served.
    kept.state, kept.written_on, kept.findings = OfferImport.State.WRITTEN, today, {}
    kept.save()
    return kept


@transaction.atomic
def drop(draft: OfferImport, *, by: Person) -> OfferImport:
    """Leave it: nothing was written, and what was read is forgotten."""
    kept = OfferImport.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(permissions.can_import(by, kept.feed))
    _open(kept)
    kept.state, kept.findings = OfferImport.State.DROPPED, {}
    kept.save()
    return kept


def _open(draft: OfferImport) -> None:
    if draft.state != OfferImport.State.OPEN:
        raise Refused(_("This import was written, or dropped, already."))


def _read(feed: Feed, communes: list[str], today: date) -> Reading:
    if feed.kind != Feed.Kind.FRANCE_TRAVAIL:
        raise Refused(_("This source is a file: bring it."))
    service = Service(
        settings.FRANCE_TRAVAIL_CLIENT, settings.FRANCE_TRAVAIL_SECRET,
        settings.FRANCE_TRAVAIL_TOKEN_URL, settings.FRANCE_TRAVAIL_API_URL,
    )  # fmt: skip
    places = ("communes", "departements")
    departements = feed.query.get("departements", [])
    asked = feed.query.get("communes") or ([] if departements else communes)
    more = {str(k): str(v) for k, v in feed.query.items() if k not in places}
    try:
        reading = service.read(asked, more, departements)
    except Refused as refusal:
        feed.failed_on, feed.failure = today, str(refusal)
        feed.save(update_fields=["failed_on", "failure"])
        raise
    if "publieeDepuis" in more:
        reading.complete = False  # what is older was not asked: it is not absent
    return reading


def read_every_night(communes: list[str], *, today: date) -> None:
    """Read and write each trusted service; one that fails changes nothing, and says why."""
    for feed in Feed.objects.filter(kind=Feed.Kind.FRANCE_TRAVAIL, trusted=True):
        try:
            done = writing.write(_read(feed, communes, today), feed, today)
        except Refused as refusal:
            logger.warning("%s: %s", feed, refusal)
        else:
            logger.info("%s: %s", feed, done)


def forget_drafts(today: date) -> int:
    """Drafts that nobody wrote for a week are emptied: they hold names of contact persons."""
    old = OfferImport.objects.filter(
        state=OfferImport.State.OPEN, begun_on__lt=today - timedelta(days=7)
    )
    return old.update(state=OfferImport.State.DROPPED, findings={})
