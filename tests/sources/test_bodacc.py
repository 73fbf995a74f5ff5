"""BODACC: notices in both layouts, and failures in both definitions."""

import csv
import json

import pytest

from bassin.sources import Raw, sources
from bassin.sources.bodacc import Failures
from bassin.sources.bodacc.judgments import Kind, day, kind, reference, siren
from bassin.sources.sirene import Establishments
from tests.support.loading import DATA, edited, loaded, published, runner

ISSUE = DATA / "bodacc" / "pcl-2008-01-16.json"
EXPORT = DATA / "bodacc" / "annonces-commerciales.csv"
OPENING = "Jugement d'ouverture"


def notices(tmp_path, path):
    return {row["notice_id"]: row for row in loaded(Failures(), tmp_path, path).rows}


@pytest.fixture
def issue(tmp_path):
    return notices(tmp_path, ISSUE)


@pytest.fixture
def export(tmp_path):
    return notices(tmp_path, EXPORT)


@pytest.mark.parametrize(
    ("family", "nature", "expected"),
    [
        (OPENING, "Jugement d'ouverture de liquidation judiciaire", Kind.LIQUIDATION),
        (
            OPENING,
            "Jugement d'ouverture d'une procédure de redressement judiciaire",
            Kind.RECEIVERSHIP,
        ),
        (OPENING, "Jugement d’ouverture d’une procédure de sauvegarde accélérée", Kind.SAFEGUARD),
        (
            "Jugement prononçant",
            "Jugement de conversion en redressement judiciaire de la procédure de sauvegarde",
            Kind.CONVERSION,
        ),
        (
            "Extrait de jugement",
            "Jugement prononçant la résolution du plan de redressement et la liquidation",
            Kind.CONVERSION,
        ),
        ("Extrait de jugement", "Jugement arrêtant le plan de sauvegarde", Kind.PLAN),
        ("Jugement de clôture", "Jugement de clôture pour extinction du passif", Kind.CLOSURE),
        (
            "Avis de dépôt",
            "Liste des créances nées après le jugement d'ouverture d'une procédure de redressement"
            " judiciaire",
            Kind.OTHER,
        ),
        (OPENING, "Jugement d'extension de liquidation judiciaire", Kind.OTHER),
        (None, None, Kind.OTHER),
    ],
)
def test_a_judgment_is_known_by_its_family_then_its_nature(family, nature, expected):
    assert kind(family, nature) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5\u00a0décembre\u00a02007", "2007-12-05"),
        ("1er juin 2007", "2007-06-01"),
        ("16/01/2008", "2008-01-16"),
        ("2024-01-08", "2024-01-08"),
        ("  ", None),
        (None, None),
        ("31 février 2008", "31 février 2008"),
        ("bientôt", "bientôt"),
    ],
)
def test_dates_in_words_are_read_and_what_is_no_date_stays_to_be_refused(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("000 100 001", "000100001"), ("000 000 000", None), ("", None), (None, None)],
)
def test_a_register_number_loses_its_spaces(text, expected):
    assert siren(text) == expected


def test_the_reference_of_an_old_issue_takes_its_year_from_the_date():
    assert reference("BODACC A", "00000234", "40", "5 décembre 2007") == "A2007023440"
    assert reference("BODACC A", "20240010", 11, None) == "A2024001011"
    assert reference("BODACC A", None, "40", None) is None


def test_an_issue_of_2008_is_read(issue):
    one = issue["A200800101"]
    assert (one["siren"], one["company_name"]) == ("000100001", "ATELIER INVENTE")
    assert (one["kind"], one["is_opening"]) == ("liquidation", True)
    assert (one["judged_on"].isoformat(), one["published_on"].isoformat()) == (
        "2007-12-05",
        "2008-01-16",
    )
    assert (one["postal_code"], one["city"], one["period"]) == ("94600", "Choisy-le-Roi", "2007")


def test_a_notice_on_two_firms_gives_two_rows(tmp_path):
    rows = [row for row in loaded(Failures(), tmp_path, ISSUE).rows if row["firm_number"] == 2]
    assert [(row["siren"], row["company_name"], row["city"]) for row in rows] == [
        ("000100017", "SECONDE", None)
    ]


def test_a_correction_names_the_notice_it_replaces(issue, export):
    assert (issue["A200800105"]["is_correction"], issue["A200800105"]["previous_id"]) == (
        True,
        "A2007023440",
    )
    assert export["A2024001215"]["previous_id"] == "A2024001011"


def test_an_export_of_the_portal_is_read_and_other_families_are_left(export):
    assert len(export) == 10
    assert export["A2024001011"]["siren"] == "000100021"
    assert export["A2024001317"]["is_cancellation"] is True


def test_a_natural_person_has_no_name_and_no_court_officer_is_kept(export, issue):
    assert export["A2024001012"]["company_name"] is None
    assert not any("NOM" in str(row) or "Prénom" in str(row) for row in export.values())
    assert not any("Mandataire" in str(row) for row in issue.values())


def test_the_json_of_the_portal_gives_the_same_rows_as_its_csv(tmp_path, export):
    with EXPORT.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, delimiter=";"))
    for record in records:
        record["registre"] = record["registre"].split(",")
    path = tmp_path / "in" / "annonces-commerciales.json"
    path.parent.mkdir()
    path.write_text(json.dumps(records), encoding="utf-8")
    assert notices(tmp_path / "json", path) == export


def test_a_notice_in_two_exports_counts_once(tmp_path):
    again = edited(EXPORT, tmp_path / "in" / "later")
    found = loaded(Failures(), tmp_path / "store", EXPORT, again)
    assert (found.run.status, found.run.rows, found.run.refused) == ("published", 10, 0)


def test_a_date_that_is_none_is_refused_with_its_value(tmp_path):
    source = Failures()
    source.max_refused_pct = 20.0
    changed = edited(EXPORT, tmp_path / "in", ("2024-09-01", "le 32 mai"))
    (refused,) = loaded(source, tmp_path / "store", changed).refused
    assert (refused["line"], refused["column_name"], refused["value"]) == (
        10,
        "judged_on",
        "le 32 mai",
    )


def test_json_cut_short_is_told_with_its_line(tmp_path):
    half = tmp_path / "in" / ISSUE.name
    half.parent.mkdir()
    half.write_text(ISSUE.read_text("utf-8")[:3000], "utf-8")
    error = loaded(Failures(), tmp_path / "store", half).run.error
    assert "pcl-2008-01-16.json, line " in error
    assert "truncated" in error


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("tribunal", "tribunal"),
        ("jugement", "jugement"),
        ("numeroImmatriculation", "numeroImmatriculation or nonInscrit"),
        ("personneMorale", "personneMorale or personnePhysique"),
    ],
)
def test_a_renamed_part_of_all_notices_refuses_the_issue(old, told, tmp_path):
    path = edited(ISSUE, tmp_path / "bodacc", (f'"{old}"', '"renamed"'))
    run = loaded(Failures(), tmp_path / "store", path).run
    assert run.status == "failed"
    assert f"none of its 9 notices has {told}. Notices have " in run.error


def test_a_renamed_name_of_the_portal_refuses_its_json(tmp_path):
    with EXPORT.open(encoding="utf-8", newline="") as file:
        records = [dict(row) for row in csv.DictReader(file, delimiter=";")]
    for record in records:
        record["register"] = record.pop("registre")
    path = tmp_path / "in" / "annonces-commerciales.json"
    path.parent.mkdir()
    path.write_text(json.dumps(records), encoding="utf-8")
    run = loaded(Failures(), tmp_path / "store", path).run
    assert run.status == "failed"
    assert "notices has registre. Notices have " in run.error


def test_a_cell_that_is_not_json_is_told_with_its_line(tmp_path):
    changed = edited(EXPORT, tmp_path / "in", ('"{""type"": ""initial""', '"{""type: ""initial""'))
    error = loaded(Failures(), tmp_path / "store", changed).run.error
    assert "annonces-commerciales.csv, line 2: jugement is" in error


@pytest.fixture
def failures(tmp_path):
    """Failures by (commune, year): both definitions."""

    def counted(*loads):
        made = runner(tmp_path / "store")
        communes = sources()["communes"]
        made.load(communes, communes.installed(), publish=False)
        for source, path in loads:
            run = made.load(source, [_raw(path)], publish=False)
            assert run.status == "published", run.error
        made.finish()
        return {
            (row["commune_code"], row["naf_code"], row["period"]): (
                row["openings"],
                row["openings_bdf"],
            )
            for row in published(tmp_path / "store", "failures_local")
        }

    return counted


def _raw(path):
    return Raw(path, f"{path.parent.name}/{path.name}")


def test_failures_are_counted_once_by_firm_in_both_definitions(failures):
    cells = failures((Failures(), EXPORT))
    # Choisy: one corrected (once), one cancelled (none), one twice within a year (once), one plan
    # that fails (none). Orly: one receivership, one safeguard that the second definition excludes.
    assert cells == {("94022", None, "2024"): (2, 2), ("94054", None, "2024"): (2, 1)}


def test_an_opening_counts_in_the_year_of_the_judgment_not_of_the_notice(failures):
    cells = failures((Failures(), ISSUE))
    assert cells[("94022", None, "2007")] == (1, 1)
    assert ("94022", None, "2008") not in cells
    assert cells[("94073", None, "2008")] == (1, 0)  # Thiais Cedex, a safeguard


def test_sirene_says_where_the_head_office_is_and_what_it_does(failures):
    # given a firm whose notice says Orly and whose head office is in Choisy
    cells = failures(
        (Failures(), ISSUE), (Establishments(), DATA / "sirene" / "StockEtablissement_utf8.csv")
    )
    assert cells[("94022", "56.10A", "2007")] == (1, 1)
    assert ("94054", None, "2007") not in cells


@pytest.mark.pack
def test_the_issue_of_the_pack_is_read_whole(pack, tmp_path):
    found = loaded(Failures(), tmp_path, pack / "bodacc" / "pcl-2008-01-16-personnes-morales.json")
    # 454 notices, two of which are about two firms
    assert (found.run.status, found.run.rows, found.run.refused) == ("published", 456, 0)
    openings = [row for row in found.rows if row["is_opening"] and not row["is_correction"]]
    assert len(openings) == 202
    assert all(row["judged_on"] for row in openings)
    assert {row["period"] for row in found.rows} <= {"2005", "2006", "2007", "2008"}
