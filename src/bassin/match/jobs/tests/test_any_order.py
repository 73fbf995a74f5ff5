"""Verbs done in any order, on any day: what the public sees always keeps its promises."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.match.jobs import actions, actions_answers, checks, expiry
from bassin.match.jobs.models import Offer
from bassin.match.jobs.tests.conftest import TODAY, WRITTEN, firm

TEXTS = ("Charger au quai.", "Âge maximum : 35 ans.", "Équipe jeune et dynamique.", "")
VERBS = {
    "edit": lambda offer, by, day, word: actions.edit(offer, by=by, today=day, text=word),
    "mute": lambda offer, by, day, word: actions.edit(
        offer, by=by, today=day, contact_telephone=""
    ),
    "submit": lambda offer, by, day, word: actions.submit(offer, by=by, today=day),
    "publish": lambda offer, by, day, word: actions.publish(offer, by=by, today=day),
    "refuse": lambda offer, by, day, word: actions.refuse(offer, by=by, today=day, why="Non."),
    "confirm": lambda offer, by, day, word: actions.confirm(offer, by=by, today=day),
    "renew": lambda offer, by, day, word: actions.renew(offer, by=by, today=day),
    "close": lambda offer, by, day, word: actions.close(offer, by=by, today=day),
    "fill": lambda offer, by, day, word: actions_answers.fill(offer, by=by, today=day),
    "night": lambda offer, by, day, word: expiry.night(day),
}
steps = st.lists(
    st.tuples(
        st.sampled_from(sorted(VERBS)), st.sampled_from(["awa", "chloe", "eve"]),
        st.integers(0, 40), st.sampled_from(TEXTS),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_done_an_open_offer_was_reviewed_can_be_answered_and_breaks_no_rule(
    people_on, steps
):
    offer = actions.draft(
        by=people_on.chloe, today=TODAY, employer=firm(people_on.chloe),
        **{**WRITTEN, "positions": 2},
    )  # fmt: skip
    day = TODAY
    for verb, who, days, word in steps:
        day += timedelta(days)
        offer.refresh_from_db()
        before = (offer.state, offer.edition, offer.filled)
        try:
            VERBS[verb](offer, getattr(people_on, who), day, word)
        except (Refused, PermissionDenied):
            offer.refresh_from_db()
            assert (offer.state, offer.edition, offer.filled) == before, "a refusal changes nothing"
        offer.refresh_from_db()
        assert offer.is_open(day) == Offer.objects.open(day).filter(pk=offer.pk).exists()
        if offer.is_open(day):
            assert offer.moderated_by == people_on.awa
            assert offer.expires_on <= day + timedelta(actions.LONGEST)
            assert checks.forbidden(offer) == checks.lacking(offer) == []
        if who == "eve" and verb != "night":
            assert (offer.state, offer.edition, offer.filled) == before
        assert offer.filled <= offer.positions
