"""The pages of the network: what is shown, asked, written; where courses are missing."""

import csv
import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bassin.errors import Refused
from bassin.match.skills import actions_campus, sample_campus
from bassin.match.skills.gaps import Wanted, in_need, lacks, ranked
from bassin.match.skills.models import Assumption, Course, GreenProject, Session, Site, TrainingBody
from bassin.match.skills.network import network
from bassin.match.skills.tests.campus import FAR, NEAR, course, site
from bassin.match.skills.views.common import here as trades_here
from bassin.parties.models import Membership, Organisation
from bassin.ui.reader import today
from tests.support.people import seat

HOME = "/accompagner/competences/"
CAMPUS = f"{HOME}campus/"
OURS = f"{CAMPUS}nos-formations/"


@pytest.fixture(autouse=True)
def by_car(here):
    """No line is loaded: journeys go by car, whose minutes are soon counted."""
    here.travel.__dict__["lines"] = ()
    yield
    del here.travel.__dict__["lines"]


@pytest.fixture
def english(here):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def school(db):
    """Somebody who writes for a training body with an account."""
    return seat("Sacha", Organisation.Kind.TRAINING_BODY, Membership.Role.OFFICER)


def text(client, path, **query):
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(client, path, **query):
    return list(csv.DictReader(text(client, path, **query).lstrip("\ufeff").splitlines()))


def test_the_network_shows_its_sites_its_courses_and_what_is_not_said(english):
    course(site(), (30, 12, 4), title="Drive a truck", certification_code="RNCP99001")
    course(site("94054"), title="Sort waste", rome_codes=["K2304"])

    said = text(english, CAMPUS)

    assert "Drive a truck" in said
    assert "open until 31 August 2028" in said
    assert "8 places left of 12" in said
    assert "no date known: ask" in said
    assert "<svg" in said
    assert "Training sites by sector and places" in said


def test_filters_are_in_the_address_and_the_file_gives_the_same(english):
    course(site(), (30, 12, 4), title="Drive a truck", funding=["cpf"])
    course(site(), (30, 12, 4), title="Sort waste", rome_codes=["K2304"], sector="other")

    assert [row["title"] for row in rows(english, f"{HOME}campus.csv", metier="K2304")] == [
        "Sort waste"
    ]
    assert [row["title"] for row in rows(english, f"{HOME}campus.csv", financement="cpf")] == [
        "Drive a truck"
    ]
    (row,) = rows(english, f"{HOME}campus.csv", secteur="logistics")
    assert (row["title"], row["sector"], row["places_left"]) == ("Drive a truck", "logistics", "8")
    assert "Sort waste" not in text(english, CAMPUS, q="truck", niveau="99", de="nowhere")


def test_an_unknown_journey_stays_in_the_list_and_is_asked(english):
    course(site(FAR), (30, 12, 4), title="Far away")
    course(site(""), (30, 12, 4), title="Somewhere")

    said = text(english, CAMPUS, de=NEAR, minutes="15", mode="car")

    assert "Somewhere" in said
    assert "Far away" not in said
    assert "unknown: ask" in said


def test_a_course_whose_card_is_over_says_so_and_counts_no_place(english):
    made = course(site(), (30, 12, 4), certification_code="RNCP99002", rome_codes=["N1103"])

    said = text(english, f"{CAMPUS}formations/{made.pk}/")

    assert "One can no longer enter towards this certification" in said
    assert "over since 31 December 2025" in said
    (row,) = rows(english, f"{HOME}campus.csv")
    assert (row["places_within_a_year"], row["certification_open"]) == ("0", "False")


def test_a_course_asks_what_its_body_did_not_say(english):
    made = course(site(), certification_code="RNCP99003")

    said = text(english, f"{CAMPUS}formations/{made.pk}/")

    for question in (
        "Is its certification still open on the day one enters?",
        "When does the next session begin?",
        "How much does it cost?",
        "How many are in a job six months later?",
    ):
        assert question in said


def test_what_a_course_is_about_is_said_in_the_words_of_its_card(english):
    made = course(site(), certification_code="RNCP99001", nsf="311")

    said = text(english, f"{CAMPUS}formations/{made.pk}/")

    assert 'Engin de chantier <small class="soft">31768</small>' in said
    assert "<li>311</li>" in said


def test_a_course_that_left_its_catalogue_has_no_public_page(english):
    made = course(site(), gone_on=date(2026, 1, 1))

    assert english.get(f"{CAMPUS}formations/{made.pk}/").status_code == 404


def test_a_trade_shows_where_it_is_learnt_and_a_project_who_may_come(english):
    course(site(), (30, 12, 4), title="Drive a truck")
    project = GreenProject.objects.create(
        title="Depot", firm_name="A firm", rome_code="N1101", positions=3, commune_code=NEAR,
        wanted_on=today().replace(year=today().year + 1), written_on=today(),
        published_on=today(), consent="yes",
    )  # fmt: skip

    assert "1 course of the network leads to this trade" in text(english, f"{HOME}metiers/N1101/")
    said = text(english, f"{HOME}transition/projets/{project.pk}/")
    assert "Which course brings residents to these jobs?" in said
    assert "1 of 1 skills (100 %)" in said  # people of storage lack one skill


def gap_of(here, code, **wanted):
    among = trades_here()
    asked = Wanted(mode="car", **wanted)
    needs = [each for each in in_need(among, asked) if each.code == code]
    return lacks(here, network(here, today()), needs, asked)


def test_a_trade_is_in_need_by_its_tension_or_by_its_forecast(here):
    Assumption.objects.create(
        term="ready", rome_code="N1101", low=0, central=0, high=0, applies_from=date(2026, 1, 1),
        why="Test", written_on=date(2026, 1, 1),
    )  # fmt: skip
    among = trades_here()

    tense = {each.code for each in in_need(among, Wanted(tension=5, gap=0))}
    short = {each.code for each in in_need(among, Wanted(tension=5, gap=1))}

    assert tense == {"F1703"}
    assert short == {"F1703", "N1101"}


def test_a_course_near_a_doubt_and_no_course_are_three_answers(here):
    (nothing,) = gap_of(here, "F1703", tension=5, gap=0)
    assert set(nothing.states.values()) == {"no"}
    assert (nothing.courses, nothing.minutes) == (0, 180)

    course(site(NEAR), rome_codes=["F1703"])  # no day is known
    (asked,) = gap_of(here, "F1703", tension=5, gap=0)
    assert asked.states[NEAR] == "ask"

    course(site(NEAR), (30, 12, 0), rome_codes=["F1703"])
    (near,) = gap_of(here, "F1703", tension=5, gap=0, minutes=1000)
    assert set(near.states.values()) == {"yes"}
    (short,) = gap_of(here, "F1703", tension=5, gap=0, minutes=15)
    assert short.states[NEAR] == "yes"
    assert "no" in short.states.values()
    assert all(short.nearest[code] > 15 for code in short.without)


def test_a_card_that_is_over_and_a_course_at_a_distance_bring_nobody_near(here):
    course(site(NEAR), (30, 12, 0), certification_code="RNCP99002", rome_codes=["F1703"])
    course(site(NEAR), (30, 12, 0), modality="remote", rome_codes=["F1703"])

    (found,) = gap_of(here, "F1703", tension=5, gap=0)
    assert found.states[NEAR] == "no"
    (counted,) = gap_of(here, "F1703", tension=5, gap=0, remote=True)
    assert set(counted.states.values()) == {"yes"}


def test_missing_courses_are_ranked_and_their_points_sum(here):
    found = [each for code in ("F1703", "N1101") for each in gap_of(here, code, gap=1)]

    proposals = ranked(found, today(), 10)

    assert {each.key for each in proposals} >= {"F1703"}
    for each in proposals:
        assert sum(reason.points for reason in each.reasons) == each.score
        assert {reason.code for reason in each.reasons} == {"need", "tension", "distance", "places"}


def test_the_map_of_gaps_is_a_page_and_two_files(english):
    said = text(english, f"{CAMPUS}manques/", mode="car", tension="5", prevision="0")

    assert "Which courses are missing here?" in said
    assert "Maçonnerie" in said
    near = rows(english, f"{CAMPUS}manques.csv", mode="car", tension="5", prevision="0")
    assert {row["course_near"] for row in near} == {"no"}
    assert {row["rome_code"] for row in near} == {"F1703"}
    (first,) = rows(english, f"{CAMPUS}formations-manquantes.csv", tension="5", prevision="0")
    assert (first["rank"], first["rome_code"]) == ("1", "F1703")


def base(client, path):
    """What a form was opened on, as the browser sends it back."""
    return re.search(r'name="base" value="([^"]+)"', text(client, path))[1]


def test_two_people_who_change_a_site_at_once_lose_nothing(here, client, people):
    there = site(name="A", place="1 rue A", airport_badge=False)
    client.force_login(people.awa)
    path = f"{OURS}sites/{there.pk}/"
    opened = base(client, path)
    actions_campus.change_site(there, by=people.awa, airport_badge=True)

    typed = {"name": "B", "commune_code": NEAR, "place": "1 rue A", "airport_badge": "no"}
    refused = client.post(path, {**typed, "base": opened})
    page = refused.content.decode()
    again = {**typed, "airport_badge": "yes", "base": re.search(r'base" value="([^"]+)', page)[1]}
    saved = client.post(path, again)

    assert (refused.status_code, saved.status_code) == (409, 302)
    assert 'value="B"' in page
    assert '<option value="yes" selected>' in page
    there.refresh_from_db()
    assert (there.name, there.airport_badge) == ("B", True)


def test_a_training_body_keeps_its_own_sites_courses_and_sessions(here, client, school, people):
    client.force_login(school)
    assert "Ajouter un organisme" in text(client, OURS)
    client.post(f"{OURS}organisme/", {"name": "Centre Sacha"})
    body = TrainingBody.objects.get()
    client.post(f"{OURS}organismes/{body.pk}/site/", {"name": "A", "commune_code": NEAR,
                                                      "stands_there": "yes"})  # fmt: skip
    there = Site.objects.get()
    client.post(f"{OURS}sites/{there.pk}/formation/", {
        "title": "Trier", "rome_codes": "k2304", "cost_eur": "90", "cost_per": "course",
        "certification_code": "rncp 99003",
    })  # fmt: skip
    made = Course.objects.get()
    change = f"{OURS}formations/{made.pk}/"
    client.post(change, {"title": "Trier mieux", "rome_codes": "K2304", "items": ["5"],
                         "base": base(client, change)})  # fmt: skip
    client.post(f"{OURS}formations/{made.pk}/session/", {"starts_on": "2027-03-01", "places": "9"})

    made.refresh_from_db()
    assert (made.title, made.items, made.certification_code) == ("Trier mieux", ["5"], "")
    assert body.organisation == school.memberships.get().organisation
    assert made.sessions.get().places == 9
    client.force_login(people.bruno)
    assert client.get(f"{OURS}formations/{made.pk}/").status_code == 404
    assert client.get(f"{OURS}sites/{there.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "obligatoire"),
        ({"title": "Trier", "cost_eur": "90"}, "prix"),
        ({"title": "Trier", "insertion_pct": "70"}, "source"),
        ({"title": "Trier", "certification_code": "ABC"}, "RNCP"),
        ({"title": "Trier", "rome_codes": "12"}, "ROME"),
        ({"title": "Trier", "formacode": "12"}, "Cinq chiffres"),
    ],
)
def test_a_course_that_cannot_be_is_refused_with_what_to_do(here, client, people, fields, said):
    client.force_login(people.awa)
    page = client.post(f"{OURS}sites/{site().pk}/formation/", fields).content.decode()

    assert said in page
    assert not Course.objects.exists()


def test_what_is_put_away_is_kept_and_off_the_network(here, client, people):
    made = course(site(), (30, 12, 0))
    client.force_login(people.awa)

    client.post(f"{OURS}retirer/formation/{made.pk}/", {"why": "fermée"})

    made.refresh_from_db()
    assert made.archived_why == "fermée"
    assert not Course.objects.shown().exists()
    assert network(here, today()).standings == {}


def test_entrants_are_counted_on_a_day_and_never_more_than_places(people, db):
    made = course(site(), (30, 12, None))
    session = Session.objects.get()

    with pytest.raises(Refused, match="jour"):
        actions_campus.change_session(session, by=people.awa, entrants=3)
    with pytest.raises(Refused, match="places"):
        actions_campus.change_session(session, by=people.awa, entrants=13, counted_on=today())
    changed = actions_campus.change_session(session, by=people.awa, entrants=9, counted_on=today())
    assert changed.fill_pct == 75
    assert made.sessions.get().entrants == 9


def test_an_officer_brings_a_file_reads_its_review_then_writes_it(here, client, people):
    client.force_login(people.awa)
    client.post(f"{CAMPUS}catalogues/", {"title": "Région", "kind": "csv"})
    content = "référence;organisme;intitulé;début\nA;EXEMPLE;Souder;mardi\n;EXEMPLE;Braser;\n"
    brought = SimpleUploadedFile("f.csv", content.encode(), content_type="text/csv")
    answer = client.post(f"{CAMPUS}catalogues/region/", {"file": brought, "whole": "on"})
    page = text(client, answer.url)

    assert "mardi" in page
    assert "Souder" in page
    assert not Course.objects.exists()
    client.post(answer.url, {"do": "write"})
    assert Course.objects.get().title == "Souder"
    assert "1 nouvelles" in text(client, answer.url)


def test_visitors_write_nothing(english):
    for path in (OURS, f"{CAMPUS}catalogues/", f"{CAMPUS}modele.csv"):
        assert english.get(path).status_code in (302, 403)


def test_the_sample_has_a_network_marked_as_invented_and_builds_it_once(here):
    sample_campus.build(today())
    built = Course.objects.count()
    sample_campus.build(today())

    assert built > 20
    assert Course.objects.count() == built
    for model in (Course, Site, TrainingBody, Session):
        assert set(model.objects.values_list("origin", flat=True)) == {"invented"}
    assert [str(each) for each in Site.objects.all() if each.is_doubtful] == ["Siège EXEMPLE"]
    known = set(here.home.communes)
    assert {each.commune_code for each in Site.objects.all()} <= known
