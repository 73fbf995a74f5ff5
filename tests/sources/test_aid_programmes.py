"""Programmes of aid: each kept whole, a bad file told."""

import json

from bassin.sources.aid_programmes import AidExports, AidProgrammes
from tests.support.loading import DATA, edited, loaded

SAMPLE = DATA / "aid_programmes" / "aids" / "mte-programs.json"
EXPORT = DATA / "aid_exports" / "aids" / "mte-data_gouv_export.csv"


def test_each_programme_is_kept_whole_but_for_what_repeats_it(tmp_path):
    found = loaded(AidProgrammes(), tmp_path, SAMPLE)

    assert found.run.status == "published"
    assert [row["programme_id"] for row in found.rows] == ["aide-inventee", "autre-aide"]
    kept = json.loads(found.rows[0]["payload"])
    assert kept["conditions d'éligibilité"]["autres critères d'éligibilité"] == ["Être un artisan"]
    assert "publicodes" not in kept


def test_another_file_of_the_same_format_needs_no_change(tmp_path):
    more = edited(SAMPLE, tmp_path / "aids", ("aide-inventee", "jamais-vue"), ("Région", "ADEME"))

    found = loaded(AidProgrammes(), tmp_path / "store", more)

    assert [row["programme_id"] for row in found.rows] == ["jamais-vue", "autre-aide"]


def test_a_file_that_is_not_json_or_not_a_list_publishes_nothing(tmp_path):
    for content, told in (("{", "JSON"), ('{"id": 1}', "list")):
        bad = tmp_path / "aids" / "mte-programs.json"
        bad.parent.mkdir(exist_ok=True)
        bad.write_text(content, "utf-8")

        found = loaded(AidProgrammes(), tmp_path / told, bad)

        assert found.run.status == "failed"
        assert told in found.run.error


def test_a_programme_without_a_title_is_refused_with_its_line(tmp_path):
    bad = edited(SAMPLE, tmp_path / "aids", ('"titre": "Autre aide"', '"titre": null'))

    found = loaded(AidProgrammes(), tmp_path / "store", bad)

    assert found.run.status == "failed"
    assert "title" in found.run.error


def test_each_row_of_the_open_export_is_kept_whole_under_the_name_of_its_sheet(tmp_path):
    found = loaded(AidExports(), tmp_path, EXPORT)

    assert found.run.status == "published"
    assert [row["programme_id"] for row in found.rows] == ["aide-inventee", "autre-aide"]
    assert found.rows[0]["updated_on"] == "2025-10-06"
    assert "Être un artisan" in json.loads(found.rows[0]["payload"])["eligibilite"]


def test_an_export_without_its_columns_publishes_nothing(tmp_path):
    bad = edited(EXPORT, tmp_path / "aids", ('"eligibilite",', ""))

    found = loaded(AidExports(), tmp_path / "store", bad)

    assert found.run.status == "failed"
