"""What the sample says in English: nobody reads half a page in another language."""

from datetime import date

import pytest
from django.utils import translation

from bassin.parties import sample as people
from bassin.steer.partners import sample as partners
from bassin.steer.partners.models import CatalogueService
from bassin.steer.programmes import sample
from bassin.steer.programmes.models import (
    AgendaItem,
    Body,
    Call,
    Contribution,
    Decision,
    Milestone,
    Update,
)
from tests.support.installing import bring_documents

TODAY = date(2026, 11, 26)


@pytest.fixture
def written(db, settings, tmp_path):
    """The sample's frameworks and histories."""
    settings.VAR = tmp_path
    bring_documents(tmp_path)
    people.build(TODAY)
    sample.build(TODAY)


def test_reports_steps_hypotheses_and_bodies_have_their_english(written):
    pairs = [
        *((each.text, each.text_en) for each in Update.objects.all()),
        *((each.title, each.title_en) for each in Milestone.objects.all()),
        *((each.hypothesis, each.hypothesis_en) for each in Contribution.objects.all()),
        *((each.name, each.name_en) for each in Body.objects.all()),
        *((each.title, each.title_en) for each in Call.objects.all()),
        *((each.title, each.title_en) for each in AgendaItem.objects.all()),
        *((each.text, each.text_en) for each in Decision.objects.all()),
        *((each.text, each.text_en) for each in Body.objects.all() if each.text),
    ]

    assert len(pairs) > 60
    assert [french for french, english in pairs if not english] == []
    with translation.override("en"):
        assert str(Body.objects.get(slug="comite-territorial")) == "Territorial committee"
        assert Milestone.objects.filter(title="Première barge").get().said == "First barge"
    with translation.override("fr"):
        assert Milestone.objects.filter(title="Première barge").get().said == "Première barge"


def test_the_units_of_the_agency_have_their_english(db):
    partners._catalogue()

    assert list(CatalogueService.objects.filter(unit_en="")) == []
