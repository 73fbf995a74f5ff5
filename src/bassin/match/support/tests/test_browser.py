"""The follow-up on a telephone, examined by axe: the portfolio, a case, what leaves and comes."""

import pytest
from django.urls import reverse

from bassin.match.support import (
    actions_assessing,
    actions_committing,
    actions_doing,
    actions_sharing,
)
from bassin.match.support.mailing import refusing
from bassin.match.support.tests.conftest import SIRET, TODAY, body, opened
from bassin.match.support.tests.test_commitments import DONE, FIRM, promised
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def held_by(awa):
    """A promise with a proof that waits, and what its firm says of itself."""
    promise = promised(awa)
    actions_committing.bring(promise, by=awa, today=TODAY, source="le collège", **DONE)
    answers = actions_assessing.answer(
        by=awa, today=TODAY, organisation=body(awa), siret=SIRET, firm_name=FIRM, on=TODAY,
        agreed_name="Lucie", answers={"interns": "yes", "waste": "no"},
    )  # fmt: skip
    return promise, answers


def test_axe_finds_nothing_on_the_pages_of_the_follow_up(
    here, shared, live_server, phone_page, axe, awa
):
    open_session(phone_page, live_server.url, awa)
    case, prospect = shared.case, opened(awa, kind="prospect", title="Une ligne d'assemblage")
    actions_doing.add_task(case, by=awa, what="Rappeler", due_on=TODAY, today=TODAY)
    actions_sharing.refer(shared, by=awa, need="train", note="Un apprenti", today=TODAY)
    told, answers = held_by(awa)
    pages = (
        *(reverse(f"support:{name}") for name in (
            "home", "cases", "new", "bring", "pathways", "inbox", "export")),
        *(reverse(f"support:{name}", args=[case.pk]) for name in ("case", "change", "chain")),
        reverse("support:pack", args=[prospect.pk]),
        *(reverse(f"support:{name}") for name in (
            "commitments", "promise", "assessments", "assess", "letters", "letter_new")),
        reverse("support:commitment", args=[told.pk]),
        reverse("support:assessment", args=[answers.pk]),
        reverse("support:stop", args=[refusing.token("a@example.org")]),
    )  # fmt: skip

    found = faults([phone_page], axe, pages)

    assert found == [], "\n".join(found)
