"""An authority that brings no workshop has none in its sample either."""

from datetime import date

from bassin.debate.workshops import sample
from bassin.debate.workshops.models import Workshop


def test_an_authority_without_this_file_has_no_sample_workshop(settings, tmp_path, db):
    settings.VAR = tmp_path

    sample.build(date(2026, 11, 20))

    assert not Workshop.objects.exists()
