"""What people do with offers. One function per verb; pages, imports and the sample call these.

Every verb asks `permissions` first and raises PermissionDenied. States follow one another so:
draft → submitted → on line or refused; on line → closed or expired; renewed, it is on line again.
`published_on` is the day of the words that are there: words not yet reviewed have none.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import checks, permissions
from bassin.match.jobs.models import Offer
from bassin.parties.access import require
from bassin.parties.models import Organisation, Person

FIELDS = (
    "title", "text", "rome_code", "employer_name", "employer_siret", "contract",
    "contract_months", "starts_on", "hours_week", "shift_start", "shift_end", "weekend",
    "pay_from_eur", "pay_to_eur", "pay_per", "level", "experience_months", "french_level",
    "licences", "airport_badge", "required_items", "desired_items", "clause", "commune_code",
    "place", "latitude", "longitude", "positions", "apply_by", "apply_url", "apply_words",
    "contact_name", "contact_telephone", "contact_email",
)  # fmt: skip
"""What may be written of an offer; the rest follows from verbs."""

STANDS = 30
"""Days that an offer stays on line when nobody says how many."""

LONGEST = 90
"""Days that it may stay on line at most before someone renews it."""

RENEWED_WITHIN = 180
"""Days after which an offer that is over is written again rather than renewed."""

_STATE = Offer.State
_OPENABLE = (_STATE.SUBMITTED, _STATE.REFUSED, _STATE.DRAFT)


@transaction.atomic
def draft(
    *,
    by: Person,
    today: date,
    employer: Organisation | None = None,
    through: Organisation | None = None,
    **fields: Any,
) -> Offer:
    """Begin an offer: of a firm, by its own people; or for any firm, through a partner.

    Raises:
        Refused: a value cannot be right; the message says which.
    """
    body = through or employer
    require(permissions.can_post(by, body) if body else permissions.can_moderate(by))
    offer = Offer(employer=employer, posted_through=through, posted_by=by, written_on=today)
    write(offer, fields)
    offer.save()
    return offer


@transaction.atomic
def edit(offer: Offer, *, by: Person, today: date, edition: int = 0, **fields: Any) -> Offer:
    """Change an offer. New words of one that is on line are reviewed again, unless by an officer.

    Args:
        edition: the edition that the person had before their eyes; 0 when nobody looked at one.

    Raises:
        Refused: someone changed it meanwhile, it is over, a value cannot be right, or it is on line
            and could not be published so.
    """
    kept = held(offer)
    require(permissions.can_edit(by, kept))
    if edition and edition != kept.edition:
        raise Refused(_("Somebody changed this offer meanwhile. Read it again, then change it."))
    if kept.state in (_STATE.CLOSED, _STATE.EXPIRED):
        raise Refused(_("This offer is over. Renew it, or make another one from it."))
    before = (kept.title, kept.text)
    write(kept, fields)
    if kept.state == _STATE.REFUSED:
        kept.state = _STATE.DRAFT
    elif (
        kept.state == _STATE.PUBLISHED
        and (kept.title, kept.text) != before
        and not permissions.can_moderate(by, kept)
    ):
        kept.state, kept.submitted_on, kept.published_on = _STATE.SUBMITTED, today, None
    if kept.state == _STATE.PUBLISHED:
        publishable(kept)
    kept.edition += 1
    kept.save()
    return kept


@transaction.atomic
def submit(offer: Offer, *, by: Person, today: date) -> Offer:
    """Ask the authority to publish it.

    Raises:
        Refused: it lacks what a reader needs, or holds words that the law forbids.
    """
    kept = held(offer)
    require(permissions.can_edit(by, kept))
    if kept.state not in (_STATE.DRAFT, _STATE.REFUSED):
        raise Refused(
            _("This offer is “{state}”: it has been submitted already.").format(
                state=kept.get_state_display()
            )
        )
    publishable(kept)
    kept.state, kept.submitted_on, kept.refused_why = _STATE.SUBMITTED, today, ""
    kept.save()
    return kept


@transaction.atomic
def publish(offer: Offer, *, by: Person, today: date, until: date | None = None) -> Offer:
    """Put it on line until a day, its last.

    Raises:
        Refused: its last day is wrong, it lacks something, or holds words that the law forbids.
    """
    kept = held(offer)
    require(permissions.can_moderate(by, kept))
    if kept.state not in _OPENABLE:
        raise Refused(
            _("This offer is “{state}”: it cannot be published from there.").format(
                state=kept.get_state_display()
            )
        )
    publishable(kept)
    open_until(kept, until or today + timedelta(days=STANDS), today)
    kept.moderated_by, kept.moderated_on, kept.refused_why = by, today, ""
    kept.save()
    return kept


@transaction.atomic
def refuse(offer: Offer, *, by: Person, why: str, today: date) -> Offer:
    """Send it back, with the reason and what to do: its author reads it as it is.

    Raises:
        Refused: no reason is given, or it does not wait for review.
    """
    kept = held(offer)
    require(permissions.can_moderate(by, kept))
    if not why.strip():
        raise Refused(_("Say why it is refused, and what to change: its author will read it."))
    if kept.state not in (_STATE.SUBMITTED, _STATE.PUBLISHED):
        raise Refused(_("Only an offer that waits for review, or is on line, can be refused."))
    kept.state, kept.refused_why, kept.published_on = _STATE.REFUSED, why.strip(), None
    kept.moderated_by, kept.moderated_on = by, today
    kept.save()
    return kept


@transaction.atomic
def confirm(offer: Offer, *, by: Person, today: date) -> Offer:
    """Say that it is still to be filled.

    Raises:
        Refused: it is not on line.
    """
    kept = held(offer)
    require(permissions.can_edit(by, kept))
    if not kept.is_open(today):
        raise Refused(_("This offer is not on line any more: renew it."))
    kept.confirmed_on, kept.reminded_on = today, None
    kept.save(update_fields=["confirmed_on", "reminded_on"])
    return kept


@transaction.atomic
def renew(offer: Offer, *, by: Person, today: date, until: date | None = None) -> Offer:
    """Keep it on line longer, or put it back, with the words that were reviewed.

    Raises:
        Refused: it was never on line, no position is left, it is too old, or the day is wrong.
    """
    kept = held(offer)
    require(permissions.can_edit(by, kept))
    over = (_STATE.PUBLISHED, _STATE.CLOSED, _STATE.EXPIRED)
    if kept.state not in over or kept.published_on is None:
        raise Refused(
            _("These words were never on line: submit the offer, or make another one from it.")
        )
    if kept.closed_why == Offer.Closing.MERGED:
        raise Refused(_("This offer is the same as another one: renew that one."))
    if kept.left == 0:
        raise Refused(_("Every position of this offer is filled. Make another one from it."))
    if kept.closed_on is not None and kept.closed_on < today - timedelta(days=RENEWED_WITHIN):
        raise Refused(
            _("This offer was over on {day}. Make another one from it: it will be read again.")
            .format(day=kept.closed_on.isoformat())
        )  # fmt: skip
    publishable(kept)
    open_until(kept, until or today + timedelta(days=STANDS), today)
    kept.closed_on, kept.closed_why = None, ""
    kept.save()
    return kept


@transaction.atomic
def close(
    offer: Offer, *, by: Person, today: date, why: str = Offer.Closing.WITHDRAWN.value
) -> Offer:
    """Take it off line.

    Raises:
        Refused: it is over already.
    """
    kept = held(offer)
    require(permissions.can_edit(by, kept))
    if kept.state in (_STATE.CLOSED, _STATE.EXPIRED):
        raise Refused(_("This offer is over already."))
    end(kept, _STATE.CLOSED, Offer.Closing(why), today)
    kept.save()
    return kept


@transaction.atomic
def duplicate(offer: Offer, *, by: Person, today: date) -> Offer:
    """A new draft with the same words; nothing of what became of the first."""
    require(permissions.can_edit(by, offer))
    same = {name: getattr(offer, name) for name in FIELDS}
    copy = Offer(
        employer=offer.employer, posted_through=offer.posted_through, posted_by=by,
        written_on=today, **same,
    )  # fmt: skip
    copy.starts_on = None
    copy.save()
    return copy


@transaction.atomic
def put_away(offer: Offer, *, by: Person, why: str, now: datetime) -> None:
    """Take it off every page, with who and why. Nothing is deleted."""
    kept = held(offer)
    require(permissions.can_moderate(by, kept))
    if not why.strip():
        raise Refused(_("Say why it is put away."))
    kept.archived_at, kept.archived_by, kept.archived_why = now, by, why.strip()[:300]
    kept.save(update_fields=["archived_at", "archived_by", "archived_why"])


# What these verbs, and those of imports and of the night, are made of.


def write(offer: Offer, fields: Mapping[str, Any]) -> None:
    """Put values in an offer and judge them together; nothing is saved.

    Raises:
        ValueError: a field that this verb does not write.
        Refused: a value cannot be right.
    """
    if strange := set(fields) - set(FIELDS):
        raise ValueError(f"Not written here: {', '.join(sorted(strange))}.")
    for name, value in fields.items():
        setattr(offer, name, value.strip() if isinstance(value, str) else value)
    if offer.employer is not None:
        offer.employer_name, offer.employer_siret = "", ""
    try:
        offer.clean_fields(exclude=["employer", "posted_through", "posted_by", "moderated_by"])
    except ValidationError as error:
        raise Refused(said(error)) from error
    if problems := checks.contradictions(offer):
        raise Refused(" ".join(problems))


def said(error: ValidationError) -> str:
    """What is wrong with which field, in one sentence each."""
    labels = {field.name: str(field.verbose_name) for field in Offer._meta.fields}
    return " ".join(
        f"{labels[name].capitalize()} : {' '.join(messages)}"
        for name, messages in error.message_dict.items()
    )


def open_until(offer: Offer, until: date, today: date) -> None:
    """Put it on line; nothing is saved.

    Raises:
        Refused: the last day has passed, or is too far.
    """
    if until < today:
        raise Refused(
            _("The last day, {day}, has passed. Give a later one.").format(day=until.isoformat())
        )
    if until > today + timedelta(days=LONGEST):
        raise Refused(
            _("An offer stays on line {count} days at most: until {day}. It can be renewed then.")
            .format(count=LONGEST, day=(today + timedelta(days=LONGEST)).isoformat())
        )  # fmt: skip
    offer.state, offer.expires_on, offer.confirmed_on = _STATE.PUBLISHED, until, today
    offer.published_on = offer.published_on or today
    offer.reminded_on = None


def end(offer: Offer, state: Offer.State, why: Offer.Closing, today: date) -> None:
    """Mark it as over; nothing is saved."""
    offer.state, offer.closed_on, offer.closed_why = state, today, why.value


def held(offer: Offer) -> Offer:
    """The offer as it stands now, locked until this verb is done."""
    return Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)


def publishable(offer: Offer) -> None:
    """Stop here when a reader could not use it, or the law forbids its words.

    Raises:
        Refused: each thing to mend, in one sentence.
    """
    language = (get_language() or "fr")[:2]
    problems = [text.say(language) for text in checks.lacking(offer)]
    problems += [
        _("“{words}”: {title}. {law} {advice}").format(
            words=flag.words,
            title=flag.rule.title.say(language),
            law=flag.rule.law.say(language),
            advice=flag.rule.advice.say(language),
        )
        for flag in checks.forbidden(offer)
    ]
    if problems:
        raise Refused(" ".join(problems))
