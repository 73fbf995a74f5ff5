"""Catalogues brought in: what is read, what is told, and that nothing is lost or written twice."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from bassin.errors import Refused
from bassin.match.skills import actions_catalogues as actions
from bassin.match.skills.imports import lheo, table
from bassin.match.skills.imports.records import Reading
from bassin.match.skills.models import CatalogueImport, Course, Session, Site, TrainingBody
from bassin.match.skills.network import network
from bassin.match.skills.tests.campus import TODAY

HEADER = (
    "référence;organisme;siret;site;code commune;adresse;intitulé;certification;codes rome;"
    "prix;prix par;secteur;financements;session;début;fin;places;entrants;compté le;couleur"
)
WELDING = (
    "S1;EXEMPLE FORMATION;;Campus;94074;1 rue de l'Exemple;Souder;RNCP99001;N1101,N1103;"
    "1 200,50 €;formation;Industrie de demain;CPF, région;A;01/02/2027;30/06/2027;12;3;"
    "01/11/2026;bleu"
)
AGAIN = "S1;EXEMPLE FORMATION;;Campus;94074;;Souder;;;;;;;B;2027-09-01;;12;;;"
BAD_DAY = "S1;EXEMPLE FORMATION;;;;;Souder;;;;;;;C;mardi;;;;;"
UNTITLED = "S2;EXEMPLE FORMATION;;;94074;;;;;;;;;;;;;;;"
NO_UNIT = "S3;EXEMPLE FORMATION;;;94074;;Coudre;;;90;;;;;;;;;;"
SORTING = "S4;EXEMPLE AUTRE;12345678900011;Site B;94054;2 quai;Trier;;K2304;;;;;;;;;;;"


def csv(*lines):
    return "\r\n".join((HEADER, *lines)).encode("utf-8-sig")


@pytest.fixture
def catalogue(people):
    return actions.add_catalogue(by=people.awa, title="Catalogue d'essai", kind="csv")


def brought(catalogue, people, *lines, **more):
    return actions.bring(catalogue, csv(*lines), by=people.awa, today=TODAY, **more)


def written(catalogue, people, *lines, today=TODAY, **more):
    draft = brought(catalogue, people, *lines, **more)
    return actions.write(draft, by=people.awa, today=today).result


def test_a_line_is_a_session_and_a_course_has_all_of_its_lines(db):
    (found,) = table.read(csv(WELDING, AGAIN)).records

    assert found.course["cost_eur"] == Decimal("1200.50")
    assert found.course["rome_codes"] == ["N1101", "N1103"]
    assert (found.course["sector"], found.course["funding"]) == ("industry", ["cpf", "region"])
    assert [each["starts_on"] for each in found.sessions] == [date(2027, 2, 1), date(2027, 9, 1)]
    assert Reading.unpacked(table.read(csv(WELDING)).packed()).records[0].course == found.course


def test_what_is_not_taken_is_told_with_its_line_and_what_to_do(db):
    reading = table.read(csv(WELDING, BAD_DAY, UNTITLED, NO_UNIT))

    assert reading.left == ["couleur"]
    told = [(each.line, each.column, each.whole) for each in reading.problems]
    assert told == [(3, "début", False), (3, "début", False), (4, "", True), (5, "", True)]
    assert "mardi" in reading.problems[0].words
    assert "intitulé" in reading.problems[2].words
    assert "prix" in reading.problems[3].words
    assert [each.external_id for each in reading.records] == ["S1"]


def test_a_line_that_contradicts_its_course_is_told_and_the_first_one_stays(db):
    reading = table.read(csv(WELDING, AGAIN.replace("Souder", "Braser")))

    assert [(each.line, each.column) for each in reading.problems] == [(3, "intitulé")]
    assert reading.records[0].course["title"] == "Souder"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a;b\n1;2", b"a\x00b", b"\xff\xfe"])
def test_what_is_no_table_is_refused_with_what_to_do(db, content):
    with pytest.raises(Refused):
        table.read(content)


def test_nothing_is_written_before_somebody_reviewed_it(catalogue, people):
    draft = brought(catalogue, people, WELDING)
    assert not Course.objects.exists()

    done = actions.write(draft, by=people.awa, today=TODAY)

    assert done.result == {"new": 1, "changed": 0, "same": 0, "gone": 0}
    assert bytes(CatalogueImport.objects.get().findings) == b""
    with pytest.raises(Refused):
        actions.write(draft, by=people.awa, today=TODAY)


def test_the_same_file_twice_changes_nothing(catalogue, people):
    written(catalogue, people, WELDING, AGAIN, SORTING)
    before = list(Course.objects.values_list("pk", "edition", "checked_on"))

    again = written(catalogue, people, WELDING, AGAIN, SORTING, today=TODAY + timedelta(9))

    assert again == {"new": 0, "changed": 0, "same": 2, "gone": 0}
    assert list(Course.objects.values_list("pk", "edition", "checked_on")) == before
    assert (TrainingBody.objects.count(), Site.objects.count()) == (2, 2)
    assert Session.objects.count() == 2


def test_a_changed_course_keeps_its_number_and_what_others_counted(catalogue, people):
    written(catalogue, people, WELDING, AGAIN)
    course = Course.objects.get()
    other = course.sessions.get(external_id="B")
    other.entrants, other.counted_on = 5, TODAY
    other.save()

    result = written(catalogue, people, WELDING.replace("1 200,50 €", "900"),
                     AGAIN.replace(";12;;;", ";20;;;"))  # fmt: skip

    assert result["changed"] == 1
    course.refresh_from_db()
    other.refresh_from_db()
    assert (course.cost_eur, course.edition) == (Decimal(900), 2)
    assert (other.places, other.entrants) == (20, 5)


def test_a_session_that_is_no_longer_said_is_cancelled_and_one_of_the_past_stays(catalogue, people):
    past = WELDING.replace("01/02/2027", "01/02/2026").replace("30/06/2027", "30/06/2026")
    written(catalogue, people, past, AGAIN)

    written(catalogue, people, AGAIN.replace(";B;2027-09-01", ";C;2027-10-01"))

    told = dict(Session.objects.values_list("external_id", "cancelled_on"))
    assert told == {"A": None, "B": TODAY, "C": None}


def test_a_course_that_left_the_catalogue_is_off_the_network_until_it_comes_back(catalogue, people):
    written(catalogue, people, WELDING, SORTING)
    assert written(catalogue, people, SORTING)["gone"] == 1
    assert [each.external_id for each in Course.objects.shown()] == ["S4"]

    assert written(catalogue, people, WELDING, SORTING)["changed"] == 1
    assert Course.objects.shown().count() == 2
    assert written(catalogue, people, WELDING, whole=False)["gone"] == 0


def test_a_file_without_any_course_takes_nothing_away(catalogue, people):
    written(catalogue, people, WELDING)
    draft = brought(catalogue, people, UNTITLED)

    with pytest.raises(Refused, match="rien n'a changé"):
        actions.write(draft, by=people.awa, today=TODAY)
    assert Course.objects.shown().count() == 1
    actions.drop(draft, by=people.awa)
    assert CatalogueImport.objects.filter(state="dropped").count() == 1


def test_only_who_brings_a_catalogue_may_bring_it(catalogue, people):
    with pytest.raises(PermissionDenied):
        actions.bring(catalogue, csv(WELDING), by=people.bruno, today=TODAY)
    with pytest.raises(PermissionDenied):
        actions.add_catalogue(by=people.bruno, title="Le mien", kind="csv")


LHEO = """<?xml version="1.0" encoding="UTF-8"?>
<lheo xmlns="http://www.lheo.org/2.2"><offres><formation numero="F1">
<domaine-formation><code-FORMACODE ref="V11">31768</code-FORMACODE><code-NSF>311</code-NSF>
<code-ROME>N1101</code-ROME><code-ROME>n1103</code-ROME><code-ROME>43212</code-ROME></domaine-formation>
<intitule-formation>Conduire &amp; ranger</intitule-formation>
<contenu-formation>&lt;p&gt;Conduire un &lt;b&gt;chariot&lt;/b&gt;&lt;/p&gt;</contenu-formation>
<contact-formation><coordonnees><nom>Durand</nom><courriel>p@example.org</courriel></coordonnees></contact-formation>
<code-niveau-entree>1</code-niveau-entree>
<certification><code-RNCP>99001</code-RNCP></certification><code-niveau-sortie>4</code-niveau-sortie>
<action numero="A1"><rythme-formation>Temps plein</rythme-formation>
<modalites-alternance>-</modalites-alternance><modalites-enseignement>1</modalites-enseignement>
<lieu-de-formation><coordonnees><ligne>Campus</ligne><adresse><ligne>1 rue X</ligne>
<codepostal>94460</codepostal><ville>V</ville><code-INSEE-commune>94074</code-INSEE-commune>
<geolocalisation><latitude>48.74</latitude><longitude>2.46</longitude></geolocalisation>
</adresse></coordonnees></lieu-de-formation>
<modalites-entrees-sorties>0</modalites-entrees-sorties>
<session numero="S1"><periode><debut>20270201</debut><fin>20270630</fin></periode>
<etat-recrutement>2</etat-recrutement></session>
<session numero="S2"><periode><debut>20270900</debut><fin>99999999</fin></periode></session>
<session numero="S3"><periode><debut>00000000</debut><fin>99999999</fin></periode></session>
<prix-total-TTC>1 450,00</prix-total-TTC><nombre-heures-centre>200</nombre-heures-centre>
<nombre-heures-entreprise>70</nombre-heures-entreprise>
<organisme-financeur><code-financeur>98005</code-financeur></organisme-financeur></action>
<action numero="A2"><rythme-formation>Alternance</rythme-formation>
<lieu-de-formation><coordonnees><adresse><ligne>9 quai</ligne>
<code-INSEE-commune>9405</code-INSEE-commune></adresse></coordonnees></lieu-de-formation></action>
<organisme-formation-responsable><SIRET-organisme-formation><SIRET>123 456 789 00011</SIRET>
</SIRET-organisme-formation><nom-organisme>EXEMPLE CFA</nom-organisme>
<coordonnees-organisme><coordonnees><adresse><ligne>1 rue X</ligne><codepostal>94460</codepostal>
<ville>V</ville><code-INSEE-commune>94074</code-INSEE-commune></adresse></coordonnees>
</coordonnees-organisme></organisme-formation-responsable></formation></offres></lheo>
"""


def test_lheo_gives_a_course_for_each_action(db):
    first, second = lheo.read(LHEO.encode()).records

    assert (first.external_id, second.external_id) == ("F1:A1", "F1:A2")
    assert first.body == {
        "name": "EXEMPLE CFA", "siret": "12345678900011", "commune_code": "94074",
        "place": "1 rue X, 94460 V",
    }  # fmt: skip
    assert first.site["latitude"] == 48.74
    assert first.course == {
        "title": "Conduire & ranger", "text": "Conduire un chariot", "formacode": "31768",
        "nsf": "311", "rome_codes": ["N1101", "N1103"], "certification_code": "RNCP99001",
        "level": 3, "modality": "mixed", "rhythm": "full", "hours": 270, "funding": ["region"],
        "cost_eur": Decimal("1450.00"), "cost_per": "course", "permanent": False,
    }  # fmt: skip
    assert first.sessions == (
        {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 6, 30), "external_id": "S1",
         "open": False},
        {"starts_on": date(2027, 9, 1), "external_id": "S2"},
    )  # fmt: skip
    assert second.course["rhythm"] == "alternating"


def test_lheo_tells_a_wrong_value_with_its_line_and_keeps_the_course(db):
    reading = lheo.read(LHEO.encode())

    (problem,) = reading.problems
    assert (problem.column, problem.whole) == ("F1:A2", False)
    assert problem.line == LHEO.split('numero="A2"')[0].count("\n") + 1
    assert "commune_code" not in reading.records[1].site


def test_lheo_keeps_no_name_of_a_person(db):
    kept = lheo.read(LHEO.encode()).packed()

    assert "Durand" not in str(Reading.unpacked(kept).records)
    assert "p@example.org" not in str(Reading.unpacked(kept).records)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><lheo>&b;</lheo>', "entité"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><lheo>&b;</lheo>', "entité"),
        ("<lheo><offres>", "XML"),
        ("<rss></rss>", "<rss>"),
        ("", "XML"),
    ],
)
def test_lheo_refuses_entities_and_what_is_no_catalogue(db, content, said):
    with pytest.raises(Refused, match=said):
        lheo.read(content.encode())


def test_a_site_listed_at_the_head_office_of_its_body_is_a_question(here, people):
    catalogue = actions.add_catalogue(by=people.awa, title="CARIF", kind="lheo")
    draft = actions.bring(catalogue, LHEO.encode(), by=people.awa, today=TODAY)

    actions.write(draft, by=people.awa, today=TODAY)

    doubtful = {each.title: each.site.is_doubtful for each in Course.objects.all()}
    assert set(doubtful.values()) <= {True, False}
    first = Course.objects.get(external_id="F1:A1")
    assert first.site.is_doubtful
    assert network(here, TODAY).standings[first.pk].site.doubtful


def test_thirty_thousand_courses_are_read_and_written_then_read_again(catalogue, people):
    header = "référence;organisme;code commune;intitulé;codes rome;début;places"
    lines = [
        f"R{n};EXEMPLE {n % 300};940{n % 80:02};Formation {n};N1{n % 10}01;2027-0{n % 9 + 1}-01;12"
        for n in range(30_000)
    ]
    content = "\n".join((header, *lines)).encode()
    draft = actions.bring(catalogue, content, by=people.awa, today=TODAY)

    result = actions.write(draft, by=people.awa, today=TODAY).result

    assert result == {"new": 30_000, "changed": 0, "same": 0, "gone": 0}
    assert (Course.objects.count(), Session.objects.count()) == (30_000, 30_000)
    assert TrainingBody.objects.count() == 300
