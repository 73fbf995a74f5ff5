"""« Mon entreprise » is assembled from what every system tells to a firm on its own page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bassin import systems
from bassin.commons.models import Event, Operation, Perimeter, Visibility
from bassin.parties.models import Organisation
from bassin.steer.partners.models import Offer
from bassin.steer.programmes.models import Action
from bassin.types import Origin
from tests.support.installing import install, put, spread

HERE, THERE = "94081", "94022"
FIRM, FAR = "55208131766522", "55208131766530"
SQUARE = [[2.39, 48.78], [2.41, 48.78], [2.41, 48.79], [2.39, 48.79], [2.39, 48.78]]


@pytest.fixture(scope="module")
def house(france, tmp_path_factory):
    made = install(france, tmp_path_factory.mktemp("mine") / "var")
    common = {"state": "A", "naf_code": "25.62B", "period": "2026-10-31", "cog": 2026,
              "is_hidden": False, "created_on": date(2010, 1, 1)}  # fmt: skip
    put(made, Origin.REAL, establishments_shown=[
        {**common, "siret": FIRM, "siren": FIRM[:9], "name": "Atelier", "commune_code": HERE,
         "longitude": 2.4, "latitude": 48.785, "has_position": True},
        {**common, "siret": FAR, "siren": FAR[:9], "name": "Dépôt", "commune_code": THERE,
         "has_position": False},
    ], census=spread(made, "2022", population=24_000))  # fmt: skip
    return made


@pytest.fixture
def told(house, settings, db):
    """A project around the firm, an action of it, one elsewhere, a service, a workshop to come."""
    settings.VAR = house.var
    body = Organisation.objects.create(name="Chambre", slug="chambre", kind="chamber")
    works = Operation.objects.create(slug="gare", name="La gare", kind="development", phase="works")
    Perimeter.objects.create(operation=works, valid_from=date(2025, 1, 1), source="délibération",
                             geometry={"type": "Polygon", "coordinates": [SQUARE]})  # fmt: skip
    seen = {"lifecycle": "in_progress", "visibility": Visibility.PUBLIC}
    Action.objects.create(ref="a", title="Une voie", operation=works, commune_codes=[THERE],
                          starts_on=date(2026, 1, 5), ends_on=date(2027, 3, 1), **seen)  # fmt: skip
    Action.objects.create(ref="b", title="Un hôtel d'entreprises", commune_codes=[HERE], **seen)
    Action.objects.create(ref="c", title="Finie", commune_codes=[HERE],
                          **{**seen, "lifecycle": "done"})  # fmt: skip
    Action.objects.create(ref="d", title="Secrète", commune_codes=[HERE],
                          **{**seen, "visibility": Visibility.INTERNAL})  # fmt: skip
    for step, codes in (("growing:recruit", [HERE]), ("growing:train", [THERE])):
        Offer.objects.create(step=step, organisation=body, part="lead", title=f"Aide {step}",
                             commune_codes=codes)  # fmt: skip
    soon = timezone.now() + timedelta(days=3)
    Event.objects.create(slug="atelier", title="Quelle zone ?", starts_at=soon, ends_at=soon,
                         reference="workshops:workshop:123456")  # fmt: skip
    return house


def cards(siret):
    return {each.system: each.context for each in systems.cards("mine", siret, "fr")}


def test_every_system_that_has_something_to_say_to_a_firm_says_it(told):
    found = cards(FIRM)

    lines = [(line.title, when, project) for line, when, project in found["programmes"]["lines"]]
    assert lines == [
        ("Une voie", "du 5 janvier 2026 au 1er mars 2027", "La gare"),
        ("Un hôtel d'entreprises", "", ""),
    ]  # fmt: skip
    assert [offer.step for _need, offer, _more in found["partners"]["steps"]] == ["growing:recruit"]
    assert [each.title for each in found["workshops"]["coming"]] == ["Quelle zone ?"]
    figures = [figure.observation.indicator for figure, *_said in found["observatory"]["lines"]]
    assert 0 < len(figures) <= 3
    assert all(source for *_said, source, _url in found["observatory"]["lines"])


def test_a_firm_elsewhere_is_told_of_elsewhere_and_an_unknown_one_of_nothing_of_its_own(told):
    far = cards(FAR)

    assert [line.title for line, *_said in far["programmes"]["lines"]] == ["Une voie"]
    assert [offer.step for _need, offer, _more in far["partners"]["steps"]] == ["growing:train"]
    assert set(cards("0" * 14)) == {"workshops"}


def test_the_page_shows_them_all_and_a_workshop_once(told, client):
    page = client.get(f"/mon-entreprise/{FIRM}/").content.decode()

    for said in ("Une voie", "Aide growing:recruit", "La gare"):
        assert said in page, said
    assert page.count("Quelle zone") == 1
    assert "Secrète" not in page
    public = client.get(f"/entreprises/{FIRM}/").content.decode()
    assert "Aide growing:recruit" not in public
