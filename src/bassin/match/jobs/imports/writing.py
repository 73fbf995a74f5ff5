"""Writes what was read: new offers, changed ones, those seen elsewhere, those that are gone.

The same reading written twice is written once. A record stays with its offer by its number in its
feed; a new one joins the offer that it is the same as, or begins its own. The record that began
an offer speaks for it; the others are its sources.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import actions, checks, permissions
from bassin.match.jobs.imports import twins
from bassin.match.jobs.imports.records import CONTACT, Reading, Record
from bassin.match.jobs.imports.twins import Described, Judgement
from bassin.match.jobs.models import Feed, KeptApart, Offer, OfferSource
from bassin.parties.access import require
from bassin.parties.models import Person

_AGAIN = (Offer.Closing.ABSENT.value, Offer.Closing.DATE.value)


class Fate(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    JOINED = "joined"  # it is the same offer as one that is here


@dataclass(frozen=True, slots=True)
class Step:
    """One record, what becomes of it, and the offer that it joins, with the reasons."""

    record: Record
    fate: Fate
    offer: Offer | None = None
    judgement: Judgement | None = None


@dataclass(slots=True)
class Plan:
    """What a reading would change."""

    steps: list[Step] = field(default_factory=list)
    absent: list[OfferSource] = field(default_factory=list)
    gone: int = 0

    def count(self, fate: Fate) -> int:
        """How many records have that fate."""
        return sum(1 for step in self.steps if step.fate == fate)


def plan(reading: Reading, feed: Feed, today: date) -> Plan:
    """What a reading would change. Nothing is written."""
    known = {source.external_id: source for source in feed.offers.select_related("offer__employer")}
    candidates = _Candidates(feed, today)
    made = Plan()
    for record in reading.records:
        source = known.get(record.external_id)
        if source is not None:
            same = source.digest == record.digest
            made.steps.append(Step(record, Fate.SAME if same else Fate.CHANGED, source.offer))
            continue
        found = _twin(described(record), candidates)
        if found is None:
            made.steps.append(Step(record, Fate.NEW))
        else:
            candidates.take(found[0])
            made.steps.append(Step(record, Fate.JOINED, *found))
    if reading.complete:
        there = {record.external_id for record in reading.records}
        made.absent = [source for key, source in known.items() if key not in there]
        made.gone = sum(
            1 for each in made.absent
            if each.absent + 1 >= feed.absences and each.offer.state == Offer.State.PUBLISHED
        )  # fmt: skip
    return made


class _Candidates:
    """Offers of other feeds, or of employers themselves, that a record may be the same as."""

    def __init__(self, feed: Feed, today: date) -> None:
        since = today - timedelta(days=2 * twins.WINDOW + actions.LONGEST)
        recent = (
            Offer.objects.filter(archived_at=None, written_on__gte=since)
            .exclude(sources__feed=feed)
            .exclude(state=Offer.State.REFUSED)
            .exclude(closed_why=Offer.Closing.MERGED)
        )
        self._found: dict[str, list[tuple[Offer, Described]]] = defaultdict(list)
        for offer in recent.select_related("employer").order_by("pk"):
            self._found[offer.commune_code].append((offer, of_offer(offer)))
        self._taken: set[int] = set()

    def near(self, commune_code: str) -> Iterator[tuple[Offer, Described]]:
        """Those of a commune, and those whose commune is not known; all, when it is not said."""
        codes = {commune_code, ""} if commune_code else set(self._found)
        for code in sorted(codes):
            for offer, each in self._found.get(code, ()):
                if offer.pk not in self._taken:
                    yield offer, each

    def take(self, offer: Offer) -> None:
        """One feed gives one record of an offer: this one is not proposed again."""
        self._taken.add(offer.pk)


def _twin(wanted: Described, candidates: _Candidates) -> tuple[Offer, Judgement] | None:
    """The candidate most alike; between two equals, the older."""
    best: tuple[Offer, Judgement] | None = None
    for offer, each in candidates.near(wanted.commune_code):
        judged = twins.judge(wanted, each)
        if judged.same and (best is None or judged.likeness > best[1].likeness):
            best = (offer, judged)
    return best


def described(record: Record) -> Described:
    """A record as it is compared."""
    said = record.fields
    return Described(
        title=said.get("title") or "", text=said.get("text") or "",
        employer=said.get("employer_name") or "", siret=said.get("employer_siret") or "",
        rome_code=said.get("rome_code") or "", commune_code=said.get("commune_code") or "",
        contract=said.get("contract") or "", on=record.published_on,
    )  # fmt: skip


def of_offer(offer: Offer) -> Described:
    """An offer as it is compared."""
    return Described(
        title=offer.title, text=offer.text, employer=offer.employer_said, siret=offer.siret,
        rome_code=offer.rome_code, commune_code=offer.commune_code, contract=offer.contract,
        on=offer.published_on or offer.written_on,
    )  # fmt: skip


@transaction.atomic
def write(reading: Reading, feed: Feed, today: date) -> dict[str, int]:
    """Write it, all or nothing; how many records had each fate, and how many offers are gone.

    Raises:
        Refused: it holds no offer at all, which says more of the reading than of the offers.
    """
    if not reading.records and feed.offers.filter(absent=0).exists():
        raise Refused(
            _("Nothing was read of “{feed}”, which had offers: nothing was changed.").format(
                feed=feed
            )
        )
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    todo = plan(reading, feed, today)
    for step in todo.steps:
        _apply(step, feed, today)
    gone = 0
    if feed.read_on != today:  # a source read twice a day is absent once
        gone = sum(_miss(source, feed, today) for source in todo.absent)
    feed.read_on, feed.failed_on, feed.failure = today, None, ""
    feed.save(update_fields=["read_on", "failed_on", "failure"])
    return {fate.value: todo.count(fate) for fate in Fate} | {"gone": gone}


def _apply(step: Step, feed: Feed, today: date) -> None:
    record = step.record
    if step.fate in (Fate.NEW, Fate.JOINED):
        offer = step.offer or _begin(record, feed, today)
        source = OfferSource(
            offer=offer, feed=feed, external_id=record.external_id, first_seen_on=today,
            judged=step.judgement.as_json() if step.judgement else {}, origin=feed.origin,
        )  # fmt: skip
    else:
        source = feed.offers.select_related("offer").get(external_id=record.external_id)
        if step.fate == Fate.CHANGED and not source.judged:
            _change(source, record, feed, today)
    _see(source.offer, record, feed, today, began=not source.judged)
    source.url, source.said, source.digest = record.url, record.said, record.digest
    source.last_seen_on, source.absent = today, 0
    source.save()


def _begin(record: Record, feed: Feed, today: date) -> Offer:
    """A new offer: on line at once when its feed is trusted and its words raise no question."""
    offer = Offer(written_on=record.published_on or today, origin=feed.origin)
    offer.posted_through = feed.organisation
    actions.write(offer, record.fields)
    _review(offer, feed, today)
    offer.save()
    return offer


def _review(offer: Offer, feed: Feed, today: date) -> None:
    """On line when nobody needs to read it first; else it waits for a moderator."""
    if feed.trusted and not checks.lacking(offer) and not checks.forbidden(offer):
        actions.open_until(offer, today + timedelta(days=actions.STANDS), today)
    else:
        offer.state, offer.submitted_on = Offer.State.SUBMITTED, today
        offer.published_on = None


def _change(source: OfferSource, record: Record, feed: Feed, today: date) -> None:
    """What its source says now; what it says no more is unknown again.

    Words that became forbidden take it off line until somebody reads it.
    """
    offer = source.offer
    words = (offer.title, offer.text)
    silent = [name for name in (*source.said, *CONTACT) if name not in record.fields]
    unsaid = {name: getattr(Offer(), name) for name in silent}
    actions.write(offer, {**unsaid, **record.fields})
    if offer.state == Offer.State.PUBLISHED and words != (offer.title, offer.text):
        _review(offer, feed, today)
    offer.edition += 1
    offer.save()


def _see(offer: Offer, record: Record, feed: Feed, today: date, *, began: bool) -> None:
    """Its source still has it: it stays, or comes back if it was only gone from there."""
    back = offer.state == Offer.State.EXPIRED and offer.closed_why in _AGAIN
    if offer.state != Offer.State.PUBLISHED and not (back and began and feed.trusted):
        return
    last = record.expires_on or today + timedelta(days=actions.STANDS)
    if last < today:
        if offer.state == Offer.State.PUBLISHED and began:
            actions.end(offer, Offer.State.EXPIRED, Offer.Closing.DATE, today)
            offer.save()
        return
    last = min(last, today + timedelta(days=actions.LONGEST))
    actions.open_until(offer, last if began else max(last, offer.expires_on or last), today)
    offer.closed_on, offer.closed_why = None, ""
    offer.save()


def _miss(source: OfferSource, feed: Feed, today: date) -> int:
    """One more reading without it; whether its offer is over for that reason."""
    source.absent += 1
    source.save(update_fields=["absent"])
    offer = source.offer
    elsewhere = any(
        other.absent < other.feed.absences
        for other in offer.sources.exclude(pk=source.pk).select_related("feed")
    )
    own = offer.posted_by_id is not None  # its employer wrote it here: the feed only repeats it
    if source.absent < feed.absences or elsewhere or own:
        return 0
    if offer.state != Offer.State.PUBLISHED:
        return 0
    actions.end(offer, Offer.State.EXPIRED, Offer.Closing.ABSENT, today)
    offer.save()
    return 1


@transaction.atomic
def split(source: OfferSource, *, by: Person, today: date) -> Offer:
    """Two records were judged one offer and are two: this one gets its own, for good."""
    kept = OfferSource.objects.select_for_update().select_related("offer", "feed").get(pk=source.pk)
    require(permissions.can_split(by, kept.offer))
    if not kept.judged:
        raise Refused(_("This record began the offer: it is not split from itself."))
    offer = kept.offer
    fields = {name: value for name, value in kept.said.items() if name in actions.FIELDS}
    record = Record(kept.external_id, _read(fields), kept.url)
    mine = _begin(record, kept.feed, today)
    KeptApart.objects.get_or_create(
        one=kept, other=offer, defaults={"decided_by": by, "decided_on": today}
    )
    kept.offer, kept.judged = mine, {}
    kept.save()
    return mine


def _read(fields: dict[str, object]) -> dict[str, object]:
    return Reading.of(
        {"records": [{"external_id": "", "fields": fields, "url": "", "line": 0,
                      "published_on": None, "expires_on": None}]}
    ).records[0].fields  # fmt: skip
