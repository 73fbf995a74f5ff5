"""Bringing catalogues in: a file is read and kept for review, then written whole, or dropped."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.commons import slugs
from bassin.errors import Refused
from bassin.match.skills import permissions_campus as permissions
from bassin.match.skills.imports import lheo, table, writing
from bassin.match.skills.imports.records import Reading
from bassin.match.skills.models import Catalogue, CatalogueImport
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

READERS = {Catalogue.Kind.CSV.value: table.read, Catalogue.Kind.LHEO.value: lheo.read}
LARGEST = {Catalogue.Kind.CSV.value: table.LARGEST, Catalogue.Kind.LHEO.value: lheo.LARGEST}


def add_catalogue(
    *, by: Person, title: str, kind: str, organisation: Organisation | None = None
) -> Catalogue:
    """Say that courses come from there from now on."""
    require(permissions.can_manage_catalogues(by))
    slug = slugs.free(Catalogue, title, most=50, otherwise="catalogue")
    return Catalogue.objects.create(
        slug=slug, title=title.strip(), kind=kind, organisation=organisation
    )


def bring(
    catalogue: Catalogue, content: bytes, *, by: Person, today: date, document: str = "",
    whole: bool = True,
) -> CatalogueImport:  # fmt: skip
    """Read a file; what was understood is kept for review, nothing is written yet.

    Raises:
        Refused: it is no such file; the sentence says what to do.
    """
    require(permissions.can_import(by, catalogue))
    reading = READERS[catalogue.kind](content)
    reading.complete = whole
    return CatalogueImport.objects.create(
        catalogue=catalogue, document=document[:200], findings=reading.packed(), whole=whole,
        begun_by=by, begun_on=today,
    )  # fmt: skip


@transaction.atomic
def write(draft: CatalogueImport, *, by: Person, today: date) -> CatalogueImport:
    """Write what was reviewed.

    Raises:
        Refused: it was written or dropped already, or no course is in it.
    """
    kept = _open(draft, by)
    kept.result = writing.write(Reading.unpacked(bytes(kept.findings)), kept.catalogue, today)
    kept.state, kept.written_on, kept.findings = CatalogueImport.State.WRITTEN, today, b""
    kept.save()
    return kept


@transaction.atomic
def drop(draft: CatalogueImport, *, by: Person) -> CatalogueImport:
    """Leave it: nothing was written, and what was read is forgotten."""
    kept = _open(draft, by)
    kept.state, kept.findings = CatalogueImport.State.DROPPED, b""
    kept.save()
    return kept


def _open(draft: CatalogueImport, by: Person) -> CatalogueImport:
    kept = CatalogueImport.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    require(permissions.can_import(by, kept.catalogue))
    if kept.state != CatalogueImport.State.OPEN:
        raise Refused(_("This import was written, or dropped, already."))
    return kept


def forget_drafts(today: date) -> int:
    """Drafts that nobody wrote for a month are emptied; how many."""
    old = CatalogueImport.objects.filter(
        state=CatalogueImport.State.OPEN, begun_on__lt=today - timedelta(days=31)
    )
    found = list(old)
    for each in found:
        each.state, each.findings = CatalogueImport.State.DROPPED, b""
        each.save()
    return len(found)
