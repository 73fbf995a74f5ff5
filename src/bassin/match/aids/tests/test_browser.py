"""The guide to aids on a telephone, examined by axe: from the first question to the firms."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from bassin.match.aids.tests.test_pages import KNOWN
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_axe_finds_nothing_on_the_pages_of_aids(here, live_server, phone_page, axe, people):
    open_session(phone_page, live_server.url, people.awa)
    answers, changes = reverse("aids:answers"), reverse("aids:changes")
    said = urlencode(KNOWN, doseq=True)
    pages = (
        reverse("aids:home"), answers, f"{answers}?{said}", f"{changes}?avant-etape=firm&{said}",
        reverse("aids:guide"), reverse("aids:sheet", args=["zfu-te"]),
        reverse("aids:prospects", args=["acre"]), reverse("aids:sheets"), reverse("aids:health"),
        reverse("aids:edit_sheet", args=["tp-up"]),
    )  # fmt: skip

    found = faults([phone_page], axe, pages)

    assert found == [], "\n".join(found)
    phone_page.goto(f"{answers}?{said}&lang=en")
    ids = phone_page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert sorted(ids) == sorted(set(ids))
    assert phone_page.get_by_role("heading", name="Open to you (").is_visible()
