"""The watch on a telephone, examined by axe: its list, a signal, what one tells and follows."""

import pytest
from django.urls import reverse

from bassin.observe.watch import actions
from bassin.observe.watch.tests.conftest import TODAY
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_axe_finds_nothing_on_the_pages_of_the_watch(
    register, made, live_server, phone_page, axe, awa, bruno
):
    open_session(phone_page, live_server.url, awa)
    waiting, over = made(circle=bruno), made()
    actions.assign(waiting, awa, by=awa, today=TODAY)
    actions.contact(waiting, by=awa, on=TODAY, today=TODAY, text="Appel")
    actions.close(over, "helped", "Plan d'étalement", by=awa, today=TODAY)
    pages = (
        reverse("watch:home"), f"{reverse('watch:home')}?lang=en",
        *(reverse("watch:signal", args=[each.pk]) for each in (waiting, over)),
        reverse("watch:note"), reverse("watch:subscriptions"), reverse("watch:scenarios"),
        f"{reverse('watch:scenario_trial')}?codes-0=51&bas-0=5&haut-0=9",
    )  # fmt: skip

    found = faults([phone_page], axe, pages)

    assert found == [], "\n".join(found)
