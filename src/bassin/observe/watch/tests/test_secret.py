"""Nothing of a signal or a scenario is in what anybody may read: pages, files, indexes, logs."""

import json
from contextlib import suppress

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bassin import systems
from bassin.observe.watch import finding, references
from bassin.observe.watch.models import CrisisScenario
from bassin.observe.watch.tests.conftest import SIREN, TODAY
from tests.parties.test_public import public_pages

FIRM, TEXT, NUMBER = "EXEMPLE JAMAIS DIT A PERSONNE", "Perte cachée", "000777777"
OUTLET, SCENARIO, WHY = "Le Secret d'Exemple", "Scénario jamais publié", "Raison jamais publiée"
PLANTED = (FIRM, TEXT, NUMBER, OUTLET, SCENARIO, WHY)
ASKED = (
    "/entreprises/?q=JAMAIS", f"/entreprises/{SIREN}00013/", "/recherche/?q=JAMAIS",
    "/recherche/?q=Scénario", "/donnees/catalogue.csv", "/donnees/nouveautes.atom", "/api/v1/",
    "/scenarios.json", "/scenarios.csv", "/scenarios/?lieu=commune:94081", "/ogc/collections",
    "/observer/veille/flux/x.atom", "/entreprises/tuiles/11/1037/705.mvt",
    "/entreprises/emporter/entreprises.csv",
)  # fmt: skip
"""Addresses that ask for something, beside every page that a visitor may open."""


def test_nothing_of_a_signal_nor_of_a_scenario_is_in_what_anybody_may_read_nor_in_a_log(
    register, undrawn, made, awa, client, caplog
):
    signal = made(name=FIRM, text=TEXT, siren=NUMBER, outlet=OUTLET, kind="press",
                  link="https://courrier.example.org/secret")  # fmt: skip
    CrisisScenario.objects.create(
        name=SCENARIO, why=WHY, base="aviation", base_version=1, author=awa,
        made_at=timezone.now(), horizon=TODAY, shocks=[], place_key=register.home.key,
        source="urssaf", period="2024", release="", result={},
    )  # fmt: skip
    pages = list(ASKED)
    for name in public_pages():
        if "gallery" in name:  # components without data, all of whose charts are drawn
            continue
        with suppress(NoReverseMatch):
            pages.append(reverse(name))
    raw = b""
    for page in pages:
        answer = client.get(page)
        raw += b"".join(answer.streaming_content) if answer.streaming else answer.content
    finding.find(register, today=TODAY, now=timezone.now())
    for path in (register.var / "store").rglob("*"):
        raw += path.read_bytes() if path.is_file() else b""
    raw += caplog.text.encode()
    raw += json.dumps([str(each) for each in systems.search("JAMAIS DIT", "fr")]).encode()
    raw += str(references.resolve([signal.reference], "fr")).encode() + str(signal).encode()

    assert [word for word in PLANTED if word.encode() in raw] == []
    assert len(pages) > 60
    assert len(raw) > 500_000, "these pages were not read"
