"""The pages of who writes offers in a real browser, examined by axe, wide and narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bassin.match.jobs import actions, actions_imports
from bassin.match.jobs.models import Feed
from bassin.match.jobs.tests.conftest import WRITTEN, firm
from tests.support.browser import faults
from tests.support.people import open_session

pytestmark = [pytest.mark.browser, pytest.mark.slow]
JOBS = "/accompagner/emplois/"
FILE = (
    "référence;intitulé;siret;contrat;couleur\nA1;Cariste H/F;12;CDI;bleu\n"
    ";Sans référence;;;\nA2;Cuisinier H/F;;CDD;\n"
)


def test_axe_finds_nothing_on_the_pages_of_who_writes_offers(
    here, live_server, page, phone_page, axe, awa, chloe
):
    today = timezone.localdate()
    draft = actions.draft(
        by=chloe, today=today, employer=firm(chloe),
        **{**WRITTEN, "text": "Âge maximum : 35 ans. Équipe jeune et dynamique."},
    )  # fmt: skip
    shown = actions.draft(by=awa, today=today, employer=firm(chloe), **WRITTEN)
    actions.submit(shown, by=awa, today=today)
    actions.publish(shown, by=awa, today=today, until=today + timedelta(5))
    waiting = actions.duplicate(shown, by=awa, today=today)
    actions.submit(waiting, by=awa, today=today)
    feed = actions_imports.add_feed(by=awa, title="Fichier", kind=Feed.Kind.CSV)
    brought = actions_imports.bring(feed, FILE.encode(), by=awa, today=today, document="o.csv")
    pages = (
        f"{JOBS}mes-offres/", f"{JOBS}mes-offres/nouvelle/", f"{JOBS}mes-offres/{draft.pk}/",
        f"{JOBS}mes-offres/{shown.pk}/", f"{JOBS}a-relire/", f"{JOBS}a-relire/{draft.pk}/",
        f"{JOBS}sources/", f"{JOBS}sources/{feed.slug}/", f"{JOBS}imports/{brought.pk}/",
        f"{JOBS}mots/", f"{JOBS}recu/",
    )  # fmt: skip
    for window in (page, phone_page):
        open_session(window, live_server.url, awa)

    found = faults((page, phone_page), axe, pages)

    assert found == [], "\n".join(found)
