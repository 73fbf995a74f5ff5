"""The reader of France Travail against a server of ours: what it takes, and how it fails."""

from datetime import date
from decimal import Decimal

import pytest

from bassin.errors import Refused
from bassin.match.jobs import actions_imports
from bassin.match.jobs.imports.conversion import convert
from bassin.match.jobs.imports.france_travail import Service
from bassin.match.jobs.imports.records import Problem, Reading
from bassin.match.jobs.models import Feed, Offer
from bassin.match.jobs.tests.conftest import TODAY
from bassin.match.jobs.tests.service import OFFER, Fake, serving


@pytest.fixture
def waits():
    return []


def reader(fake, waits, key="right"):
    return Service("us", key, f"{fake.url}/token", fake.url, wait=waits.append)


def test_what_the_service_says_becomes_an_offer_and_the_rest_stays_unknown():
    record = convert(OFFER)

    assert record.external_id == "180HSFM"
    assert record.published_on == date(2026, 11, 20)
    assert record.fields == {
        "title": "Cariste (H/F)", "text": "Vous chargez les camions au quai.",
        "rome_code": "N1101", "employer_name": "Atelier Exemple", "contract": "cdd",
        "contract_months": 6, "positions": 2, "commune_code": "94074", "place": "VALENTON",
        "latitude": 48.7528, "longitude": 2.4622, "level": 3, "experience_months": 12,
        "licences": ["B"], "required_items": ["106714"], "desired_items": ["123301"],
        "pay_per": "month", "pay_from_eur": Decimal("1850.0"), "pay_to_eur": Decimal("2100.0"),
        "hours_week": Decimal(35), "weekend": True, "apply_by": "call",
        "apply_url": OFFER["origineOffre"]["urlOrigine"],
        "contact_telephone": "01 00 00 00 00", "contact_email": "",
        "contact_name": "Mme Lucie MODELE", "employer_siret": "",
    }  # fmt: skip


def test_an_offer_that_says_almost_nothing_is_taken_with_almost_nothing():
    record = convert({"id": "1", "intitule": "Cariste"})

    unknown = ("level", "experience_months", "licences", "hours_week", "weekend", "pay_from_eur")
    assert not set(unknown) & set(record.fields)
    assert record.fields["contract"] == ""


@pytest.mark.parametrize(
    "raw",
    [
        {}, {"id": "1"}, {"id": "", "intitule": "x"}, {"id": "1", "intitule": " "},
    ],
)  # fmt: skip
def test_an_offer_without_a_number_or_a_title_is_a_problem_said_in_words(raw):
    assert isinstance(convert(raw), Problem)


@pytest.mark.parametrize("strange", [None, [], "x", 3, {"libelle": None}, [1, None]])
def test_fields_of_another_shape_break_nothing(strange):
    known = (
        "lieuTravail",
        "entreprise",
        "formations",
        "competences",
        "permis",
        "salaire",
        "contact",
        "origineOffre",
        "dureeTravailLibelle",
        "nombrePostes",
        "romeCode",
    )
    raw = {**OFFER, **dict.fromkeys(known, strange)}

    assert convert(raw).external_id == "180HSFM"


def test_all_pages_are_read_by_150_and_the_count_is_complete(waits):
    with serving(Fake(353)) as fake:
        reading = reader(fake, waits).read(["94074"], {})

    assert len(reading.records) == 353
    assert [each["range"] for each in fake.asked] == ["0-149", "150-299", "300-449"]
    assert {(each["commune"], each["distance"]) for each in fake.asked} == {("94074", "0")}
    assert reading.complete


def test_more_than_the_service_gives_is_said_and_nothing_is_held_for_absent(waits):
    with serving(Fake(1300)) as fake:
        reading = reader(fake, waits).read(["94074"], {})

    assert len(reading.records) == 1150
    assert not reading.complete
    assert "1300" in reading.problems[0].words.replace("\u202f", "")


def test_a_commune_without_offers_answers_nothing(waits):
    with serving(Fake(0)) as fake:
        assert reader(fake, waits).read(["94074"], {}).records == []


def test_a_token_too_old_is_changed_once(waits):
    with serving(Fake(2)) as fake:
        fake.failures = ["401"]
        assert len(reader(fake, waits).read(["94074"], {}).records) == 2

    assert fake.tokens == 2
    with serving(Fake(2)) as fake:
        fake.failures = ["401", "401"]
        with pytest.raises(Refused, match="Offres d'emploi v2"):
            reader(fake, waits).read(["94074"], {})


def test_a_wrong_secret_is_said_without_being_shown(waits):
    with serving(Fake(2)) as fake, pytest.raises(Refused) as refusal:
        reader(fake, waits, key="s3cr3t").read(["94074"], {})

    assert "s3cr3t" not in str(refusal.value)
    assert "s3cr3t" not in repr(refusal.value.__cause__)


def test_when_it_asks_to_wait_it_is_waited_for_as_long(waits):
    with serving(Fake(2)) as fake:
        fake.failures = ["429"]
        assert len(reader(fake, waits).read(["94074"], {}).records) == 2

    assert waits == [7.0]


@pytest.mark.parametrize("failure", ["truncated", "lost", "500"])
def test_a_failure_that_passes_is_tried_again_and_one_that_stays_is_said(waits, failure):
    with serving(Fake(2)) as fake:
        fake.failures = [failure]
        assert len(reader(fake, waits).read(["94074"], {}).records) == 2

        fake.failures = [failure] * 3
        with pytest.raises(Refused, match="Aucune offre n'a été modifiée"):
            reader(fake, waits).read(["94074"], {})


@pytest.fixture
def source(both_databases, settings):
    settings.FRANCE_TRAVAIL_CLIENT, settings.FRANCE_TRAVAIL_SECRET = "us", "right"
    return Feed.objects.create(slug="ft", title="FT", kind="france_travail", trusted=True)


def test_a_night_writes_the_offers_and_a_night_that_fails_loses_none(source, settings, monkeypatch):
    monkeypatch.setattr("bassin.match.jobs.imports.france_travail.TRIES", 1)
    with serving(Fake(3)) as fake:
        settings.FRANCE_TRAVAIL_TOKEN_URL = f"{fake.url}/token"
        settings.FRANCE_TRAVAIL_API_URL = fake.url
        actions_imports.read_every_night(["94074"], today=TODAY)
        assert Offer.objects.open(TODAY).count() == 3

        fake.failures = ["truncated"]
        actions_imports.read_every_night(["94074"], today=TODAY)

    source.refresh_from_db()
    assert Offer.objects.open(TODAY).count() == 3
    assert source.failed_on == TODAY
    assert source.failure
    assert {each.absent for each in source.offers.all()} == {0}


def test_a_record_kept_for_review_is_read_back_as_it_was():
    reading = Reading([convert(OFFER)], [Problem(3, "siret", "mots")], ["autre"], complete=False)

    assert Reading.of(reading.as_json()) == reading
