"""The follow-up on a telephone, examined by axe: the portfolio, a case, what leaves and comes."""

import pytest
from django.urls import reverse

from bassin.match.support import actions_doing, actions_sharing
from bassin.match.support.tests.conftest import TODAY, opened
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_axe_finds_nothing_on_the_pages_of_the_follow_up(
    here, shared, live_server, phone_page, axe, awa
):
    open_session(phone_page, live_server.url, awa)
    case, prospect = shared.case, opened(awa, kind="prospect", title="Une ligne d'assemblage")
    actions_doing.add_task(case, by=awa, what="Rappeler", due_on=TODAY, today=TODAY)
    actions_sharing.refer(shared, by=awa, need="train", note="Un apprenti", today=TODAY)
    pages = (
        *(reverse(f"support:{name}") for name in (
            "home", "cases", "new", "bring", "pathways", "inbox", "export")),
        *(reverse(f"support:{name}", args=[case.pk]) for name in ("case", "change")),
        reverse("support:pack", args=[prospect.pk]),
    )  # fmt: skip

    found = faults([phone_page], axe, pages)

    assert found == [], "\n".join(found)
