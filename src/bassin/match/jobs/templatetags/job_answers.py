"""`{% answers offer %}`: whether its employer answers, and a receipt for who applied."""

from typing import Any

from django import template

from bassin.match.jobs import actions_answers
from bassin.match.jobs.models import Offer
from bassin.ui.reader import today

register = template.Library()


@register.inclusion_tag("jobs/_answers.html", takes_context=True)
def answers(context: dict[str, Any], offer: Offer) -> dict[str, Any]:
    """The block at the foot of an open offer; nothing when it is over."""
    day = today()
    employer = offer.employer_id
    rate = actions_answers.rates([employer], day).get(employer) if employer else None
    return {
        "offer": offer,
        "open": offer.is_open(day),
        "rate": rate if rate is not None and rate.known else None,
        "days": actions_answers.DAYS_TO_ANSWER,
        "csrf_token": context.get("csrf_token", ""),
    }
