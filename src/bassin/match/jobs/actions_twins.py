"""One offer written twice: merged by an officer, kept apart, or given back when that was wrong.

Nothing is deleted. The offer that stays gets the sources of the other, which is over because it is
the same; undone, both stand as they stood, and are not proposed as one again.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import actions, permissions
from bassin.match.jobs.imports import twins
from bassin.match.jobs.imports.writing import of_offer
from bassin.match.jobs.models import Offer, OfferPair, OfferSource
from bassin.parties.access import require
from bassin.parties.models import Person

_STATE, _VERDICT = Offer.State, OfferPair.Verdict
_OVER = (_STATE.CLOSED, _STATE.EXPIRED, _STATE.REFUSED)


@transaction.atomic
def merge(other: Offer, into: Offer, *, by: Person, today: date) -> OfferPair:
    """Say that `other` is `into` written twice: one offer stays, with the sources of both.

    Raises:
        Refused: one of them is over, the one on line would not be the one that stays, or both come
            from one source, which gives each offer once.
    """
    twin, kept = _both(other, into)
    require(permissions.can_merge(by, twin) and permissions.can_merge(by, kept))
    if twin.pk == kept.pk:
        raise Refused(_("An offer is not the twin of itself."))
    if twin.state in _OVER or kept.state in _OVER:
        raise Refused(_("One of the two is over: there is nothing to merge."))
    if twin.state == _STATE.PUBLISHED and kept.state != _STATE.PUBLISHED:
        raise Refused(_("The offer that is on line is the one that stays."))
    feeds = set(kept.sources.values_list("feed", flat=True))
    if twin.sources.filter(feed__in=feeds).exists():
        raise Refused(_("Both come from the same source, which gives each offer once."))
    judged = twins.judge(of_offer(twin), of_offer(kept)).as_json()
    sources = list(twin.sources.all())
    pair = OfferPair(
        kept=kept, other=twin, verdict=_VERDICT.MERGED, reasons=judged, decided_by=by,
        decided_on=today, before={"state": twin.state},
        moved=[{"source": each.pk, "judged": each.judged} for each in sources],
    )  # fmt: skip
    for source in sources:
        source.offer, source.judged = kept, source.judged or judged
        source.save()
    actions.end(twin, _STATE.CLOSED, Offer.Closing.MERGED, today)
    twin.save()
    pair.save()
    return pair


@transaction.atomic
def keep_apart(one: Offer, other: Offer, *, by: Person, today: date) -> OfferPair:
    """Say that these are two offers: they are not proposed as one again."""
    first, second = _both(one, other)
    require(permissions.can_merge(by, first) and permissions.can_merge(by, second))
    if first.pk == second.pk:
        raise Refused(_("An offer is not the twin of itself."))
    return OfferPair.objects.create(
        kept=first, other=second, verdict=_VERDICT.APART, decided_by=by, decided_on=today,
        reasons=twins.judge(of_offer(first), of_offer(second)).as_json(),
    )  # fmt: skip


@transaction.atomic
def undo(pair: OfferPair, *, by: Person, today: date) -> Offer:
    """Give the merged offer back as it stood, with its own sources.

    Raises:
        Refused: it was undone already.
    """
    kept = OfferPair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    twin = actions.held(kept.other)
    require(permissions.can_merge(by, twin))
    if kept.verdict != _VERDICT.MERGED or kept.undone_on is not None:
        raise Refused(_("This was undone already."))
    for each in kept.moved:
        source = OfferSource.objects.filter(pk=each["source"], offer=kept.kept_id).first()
        if source is not None:
            source.offer, source.judged = twin, each["judged"]
            source.save()
    twin.state, twin.closed_on, twin.closed_why = kept.before["state"], None, ""
    if twin.state == _STATE.PUBLISHED and (twin.expires_on is None or twin.expires_on < today):
        actions.end(twin, _STATE.EXPIRED, Offer.Closing.DATE, today)
    twin.save()
    kept.undone_by, kept.undone_on = by, today
    kept.save()
    return twin


def merged_into(offer: Offer) -> Offer | None:
    """The offer that stays, when this one is the same as another."""
    if offer.closed_why != Offer.Closing.MERGED:
        return None
    pair = offer.twin_of.filter(verdict=_VERDICT.MERGED, undone_on=None).first()
    return pair.kept if pair is not None else None


def _both(one: Offer, other: Offer) -> tuple[Offer, Offer]:
    """Both as they stand now, locked in one order whoever asks."""
    rows = Offer.objects.select_for_update(of=("self",)).filter(pk__in=(one.pk, other.pk))
    found = {each.pk: each for each in rows.order_by("pk")}
    return found[one.pk], found[other.pk]
