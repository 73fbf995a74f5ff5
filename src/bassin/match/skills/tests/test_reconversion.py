"""A plan of reconversion, on a small labour market: both dates, every reason, no name."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bassin import systems
from bassin.commons.models import Placement
from bassin.errors import Refused
from bassin.match.skills import actions_plans, references
from bassin.match.skills.models import PlanStep, ReconversionPlan
from bassin.match.skills.reconversion import asking, exposed, plan
from bassin.match.skills.reconversion.asking import AskForm, FactsForm
from bassin.match.skills.sample import build
from bassin.match.skills.tests.campus import course, site
from bassin.match.skills.views.common import here as trades_here
from bassin.taxonomies.interval import Interval
from bassin.types import Origin
from tests.support.installing import install, put

HOME = "/accompagner/competences/reconversion/"
TODAY = date(2026, 11, 26)
WORKSHOP = {"naf": "52.29A", "emplois": "100-199", "commune": "94074", "mode": "car"}
SIRET = "12345678901234"


def asked(house, **query):
    form = AskForm({**WORKSHOP, **query}, communes={"94074": "V"}, language="fr", firms=True)
    facts = FactsForm(query, wanted=asking.questions(date(2023, 5, 1)))
    assert form.is_valid(), form.errors
    assert facts.is_valid()
    among = trades_here()
    return plan.made(house, among, asking.asked(house, among, form, facts, TODAY), TODAY)


@pytest.fixture
def english(here):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text(client, path="", **query):
    answer = client.get(f"{HOME}{path}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_exposed_jobs_sum_to_the_middle_and_every_proposal_has_reasons_and_sources(here):
    made = asked(here)

    assert sum(each.part.central for each in made.lines) == Decimal("149.5")
    leads = [lead for line in made.lines for lead in line.leads]
    assert leads
    for lead in leads:
        told = [each for each in lead.reasons if each.state == "yes"]
        assert told
        assert all(each.sentence.fr and each.source.fr for each in told)
    assert all(lead.rome_code != line.rome_code for line in made.lines for lead in line.leads)


def test_what_is_missing_is_what_the_other_trade_asks_and_not_the_reverse(here):
    made = asked(here)
    found = {(line.rome_code, lead.rome_code): lead for line in made.lines for lead in line.leads}

    lead = found["N1103", "N1101"]

    assert (lead.shared, lead.missing) == (("Geste 2", "Geste 3"), ("Geste 1",))
    assert lead.demand.tension == 4


def test_a_course_that_teaches_what_is_missing_is_told_with_its_place_its_date_and_why(english):
    none = text(english, **WORKSHOP, date=TODAY.isoformat())
    taught = course(site(), (30, 12, 4), title="Conduire un engin")

    said = text(english, **WORKSHOP, date=TODAY.isoformat())

    assert "No course is known for it within reach on that day." in none
    assert f'href="/accompagner/competences/campus/formations/{taught.pk}/"' in said
    assert "8 places left" in said
    assert "teaches 1 of the 1 to learn (100 %): Geste 1" in said


def test_a_weak_course_is_partial_on_the_page_on_the_trade_and_in_the_files(english):
    trades = {**WORKSHOP, "naf": "", "emplois": "", "metiers": "F1703 9"}
    weak = course(site(), (30, 12, 4), title="Un seul geste", items=["1"])

    said = text(english, **trades, date=TODAY.isoformat())
    trade = english.get("/accompagner/competences/metiers/N1101/").content.decode()
    query = {**trades, "date": TODAY.isoformat()}
    answer = english.get("/accompagner/competences/reconversion.csv", query)
    rows = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
    (lead,) = [row for row in rows if row["to_rome"] == "N1101"]

    none = "No course that is known teaches enough of what is to be learnt: at least 50 %"
    assert none in said
    assert "Partial:" in said
    assert none in trade
    assert "partial: 1 of 3 skills (33 %)" in trade
    assert (lead["courses"], lead["partial_courses"]) == ("", weak.title)


def test_an_establishment_out_of_reach_hires_nobody_from_here(here):
    near = asked(here, mode="car", minutes="15")
    far = asked(here, commune="", minutes="15")

    assert near.around.reached
    assert near.around.employers["N1101"] == 8
    assert not far.around.reached
    questions = {each.code for line in far.lines for lead in line.leads for each in lead.reasons
                 if each.state == "ask"}  # fmt: skip
    assert "hirers" in questions


def test_the_same_workshop_has_two_plans_at_two_dates(english):
    then = text(english, **WORKSHOP, date="2023-05-01")
    now = text(english, **WORKSHOP, date="2026-05-01")
    between = text(english, **WORKSHOP, date="2026-01-15")
    before = text(english, **WORKSHOP, date="2020-01-15")

    assert "On that day the scheme is “Transitions collectives”" in then
    assert "It cannot be estimated yet." in then
    assert "période de reconversion”" in now
    assert "€1,373 to €4,118" in now
    assert "On that day no amount is set" in between
    assert "neither Transitions collectives nor" in before
    assert "Documents to prepare" not in before
    assert "to be checked" in now


def test_what_is_known_of_the_firm_answers_the_conditions(english):
    said = text(
        english, **WORKSHOP, date="2023-05-01", effectif="140", base="decision", pse="yes",
        heures="400", salaire="20", cout="12",
    )  # fmt: skip

    assert "The fragile jobs are listed in the form" in said
    assert "A firm that has begun a job-saving plan (PSE) is excluded" in said
    assert "€12,800" in said
    assert "The State&#x27;s share: 100%." in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"naf": "99.99Z"}, "NAF rev. 2 has no such activity"),
        ({"emplois": "many"}, "Write a number, or two"),
        ({"emplois": ""}, "Say the activity and the number of jobs"),
        ({"metiers": "Z9999 12"}, "This line is not a code of ROME and a number"),
        ({"metiers": "N1101 some"}, "This line is not a code of ROME and a number"),
    ],
)
def test_what_cannot_be_read_is_said_beside_it_and_no_plan_is_made(english, wrong, said):
    page = text(english, **(WORKSHOP | wrong))

    assert said in page
    assert "Documents to prepare" not in page


def test_an_activity_whose_hires_are_unknown_is_a_question(english):
    said = text(english, **(WORKSHOP | {"naf": "25.62B"}))

    assert "Activity 25.62B: its hires by trade are not known" in said


def test_jobs_typed_by_trade_make_a_plan_for_these_trades(english):
    said = text(english, metiers="N1101 10-15\nk2304: 4", commune="94074", mode="car")

    assert "16.5 (14 to 19)" in said
    assert "Counted by trade by whoever asks" in said


def test_more_trades_than_a_plan_holds_are_refused_and_none_is_dropped(english):
    said = text(english, metiers="\n".join(["N1101 1"] * 13), commune="94074", mode="car")

    assert "At most 12 trades" in said


def test_a_plan_asks_the_network_once_however_many_trades_it_has(here):
    course(site(), (30, 12, 4), items=["1", "2", "3", "4", "5", "6", "7"])
    asked(here)
    counts = []
    for trades in ("N1101 9", "N1101 9\nN1103 9\nK2304 9\nF1703 9"):
        with CaptureQueriesContext(connection) as read:
            made = asked(here, naf="", emplois="", metiers=trades)
        assert any(lead.courses for line in made.lines for lead in line.leads)
        counts.append(len(read))

    assert counts[0] == counts[1]


def test_the_files_say_what_the_page_says(english):
    query = {**WORKSHOP, "date": "2023-05-01"}
    answer = english.get("/accompagner/competences/reconversion.csv", query)
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))

    parts = {row["from_rome"]: Decimal(row["jobs_central"]) for row in rows}
    assert sum(parts.values()) == Decimal("149.5")
    assert all(row["reasons"] and row["sources"] for row in rows if row["to_rome"])
    assert {row["scheme"] for row in rows} == {"transco"}
    pdf = english.get("/accompagner/competences/reconversion.pdf", query)
    assert pdf.content.startswith(b"%PDF")
    assert english.get("/accompagner/competences/reconversion.ods", query).status_code == 200
    assert english.get("/accompagner/competences/reconversion.csv").status_code == 404


def test_a_firm_is_looked_up_by_officers_alone(english, people):
    assert 'name="firme"' not in text(english)
    officer = Client()
    officer.force_login(people.awa)
    page = officer.get(HOME, {"firme": "123"}).content.decode()

    assert 'name="firme"' in page
    assert "Un SIREN a 9 chiffres" in page


def test_a_firm_is_the_sum_of_its_establishments_here_and_an_unknown_one_is_a_question(
    france, tmp_path
):
    house = install(france, tmp_path / "var")
    unit = {"siren": "123456789", "state": "A", "diffusion": "O", "period": "2026-11-01"}
    site = {"siren": "123456789", "state": "A", "diffusion": "O", "naf_code": "52.29A",
            "is_natural_person": False, "period": "2026-11-01"}  # fmt: skip
    units = [{**unit, "name": "EXEMPLE", "headcount_band": "31", "is_natural_person": False}]
    sites = [
        {**site, "siret": "12345678900011", "commune_code": "94074", "headcount_band": "22"},
        {**site, "siret": "12345678900022", "commune_code": "94016", "headcount_band": "NN"},
        {**site, "siret": "12345678900033", "commune_code": "75056", "headcount_band": "22"},
        {**site, "siret": "12345678900044", "commune_code": "94016", "headcount_band": "11",
         "state": "F"},
    ]  # fmt: skip
    put(house, Origin.INVENTED, legal_units=units, establishments=sites)

    found = exposed.firm(house, "123 456 789")
    alone = exposed.firm(house, "12345678900011")

    assert (found.name, found.staff) == ("EXEMPLE", Interval(200, 249))
    assert [(each.commune_code, each.jobs) for each in found.sites] == [
        ("94074", Interval(100, 199)), ("94016", None),
    ]  # fmt: skip
    assert len(alone.sites) == 1
    with pytest.raises(Refused, match="diffusible"):
        exposed.firm(house, "987654321")


def test_who_may_come_to_a_trade_is_told_with_what_they_lack(english):
    said = text(english, "vers/N1101/")

    assert "Geste 1" in said
    assert english.get(f"{HOME}vers/A9999/").status_code == 404


def kept(people, house):
    made = asked(house, date="2023-05-01")
    return actions_plans.keep(made, by=people.awa, today=TODAY, title="Atelier", query="naf=52.29A")


def test_an_officer_keeps_a_plan_from_its_page_and_follows_its_files(here, people):
    officer = Client()
    officer.force_login(people.awa)
    query = "naf=52.29A&emplois=140&commune=94074&date=2023-05-01&mode=car"

    answer = officer.post(f"{HOME}plans/garder/", {"title": "Atelier", "query": query})
    saved = ReconversionPlan.objects.get()
    page = officer.post(
        f"{answer['location']}compter/",
        {"from_rome": "N1101", "to_rome": "F1703", "stage": "begun", "number": "6",
         "on": "2026-01-05"},
        follow=True,
    ).content.decode()  # fmt: skip
    refused = officer.post(
        f"{answer['location']}compter/",
        {"from_rome": "N1101", "to_rome": "F1703", "stage": "signed", "number": "7",
         "on": "2026-01-05"},
    )  # fmt: skip

    assert (saved.jobs_low, saved.jobs_high, saved.scheme) == (140, 140, "transco")
    assert "Conduite d&#x27;engins → Maçonnerie" in page
    assert refused.status_code == 400
    assert "comptez d&#x27;abord" in refused.content.decode()
    assert "6" in text(officer, "plans/")
    assert "140 emplois menacés ont un plan" in text(officer, "plans/")
    for person in (people.bruno, people.chloe):
        other = Client()
        other.force_login(person)
        assert other.get(answer["location"]).status_code == 404
        assert other.post(f"{HOME}plans/garder/", {"title": "x"}).status_code == 403


def test_a_hire_is_one_placement_counted_once_and_said_to_last_after_six_months(here, people):
    followed = kept(people, here)
    pair = {"by": people.awa, "today": TODAY, "from_rome": "N1101", "to_rome": "F1703"}
    with pytest.raises(Refused, match="d'abord"):
        actions_plans.hire(followed, **pair, hired_on=TODAY, employer_siret=SIRET)
    actions_plans.count(followed, **pair, stage="begun", number=3, on=TODAY)
    then = TODAY - timedelta(days=200)

    step = actions_plans.hire(
        followed, **pair, hired_on=then, employer_siret=SIRET, token="a-token"
    )

    with pytest.raises(Refused, match="une personne compte une fois"):
        actions_plans.hire(followed, **pair, hired_on=then, employer_siret=SIRET, token="a-token")
    with pytest.raises(Refused, match="trop tôt"):
        actions_plans.last(step, by=people.awa, today=TODAY, on=then + timedelta(30))
    actions_plans.last(step, by=people.awa, today=TODAY, on=TODAY)
    with pytest.raises(Refused, match="déjà"):
        actions_plans.last(step, by=people.awa, today=TODAY, on=TODAY)
    placement = Placement.objects.get()
    assert placement.references == [followed.reference]
    found = followed.pairs()[0]
    assert (found.begun, found.hired, found.lasting) == (3, 1, 1)


def test_a_day_that_cannot_be_is_told_beside_what_was_typed(here, people):
    followed = kept(people, here)
    pair = {"by": people.awa, "today": TODAY, "from_rome": "N1101", "to_rome": "F1703"}
    actions_plans.count(followed, **pair, stage="begun", number=1, on=date(2026, 9, 1))
    officer = Client()
    officer.force_login(people.awa)
    page = f"{HOME}plans/{followed.pk}/"
    given = {"from_rome": "N1101", "to_rome": "f1703", "hired_on": "2026-10-01"}
    short = officer.post(f"{page}embauche/", {**given, "employer_siret": "123"})
    officer.post(f"{page}embauche/", {**given, "employer_siret": "123 456 789 01234"})
    hired = followed.steps.get(stage="hired")

    early = officer.post(f"{page}six-mois/{hired.pk}/", {"on": "2026-11-02"})
    no_day = officer.post(f"{page}six-mois/{hired.pk}/", {"on": "mardi"})

    assert "14 chiffres" in short.content.decode()
    assert (hired.to_rome, hired.placement.employer_siret) == ("F1703", SIRET)
    assert (early.status_code, no_day.status_code) == (400, 400)
    assert "trop tôt" in early.content.decode()
    assert "1 avril 2027" in early.content.decode().replace("1er", "1")
    assert 'value="2026-11-02"' in early.content.decode()
    assert 'value="mardi"' in no_day.content.decode()


def test_a_step_is_never_changed_and_a_mistake_is_mended_by_another(here, people):
    followed = kept(people, here)
    pair = {"by": people.awa, "today": TODAY, "from_rome": "N1101", "to_rome": "F1703"}
    step = actions_plans.count(followed, **pair, stage="begun", number=3, on=TODAY)

    step.count = 5
    with pytest.raises(ValueError, match="never changed"):
        step.save()
    with pytest.raises(Refused, match="pourquoi"):
        actions_plans.count(followed, **pair, stage="begun", number=-1, on=TODAY)
    with pytest.raises(Refused, match="moins de zéro"):
        actions_plans.count(followed, **pair, stage="begun", number=-4, on=TODAY, why="erreur")
    actions_plans.count(followed, **pair, stage="begun", number=-1, on=TODAY, why="deux fois")

    assert followed.pairs()[0].begun == 2
    assert PlanStep.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"number": 0}, "au moins un dossier"),
        ({"on": TODAY + timedelta(1)}, "pas encore venu"),
        ({"from_rome": "F1703"}, "pas exposé"),
        ({"stage": "hired"}, "à part"),
    ],
)
def test_counts_that_cannot_be_are_refused_with_the_reason(here, people, wrong, why):
    given = {"from_rome": "N1101", "to_rome": "F1703", "stage": "begun", "number": 1, "on": TODAY}

    with pytest.raises(Refused, match=why):
        actions_plans.count(kept(people, here), by=people.awa, today=TODAY, **given | wrong)


def test_other_people_keep_and_count_nothing(here, people):
    followed = kept(people, here)

    with pytest.raises(PermissionDenied):
        actions_plans.keep(asked(here), by=people.bruno, today=TODAY, title="Atelier", query="")
    with pytest.raises(PermissionDenied):
        actions_plans.count(
            followed, by=people.chloe, today=TODAY, from_rome="N1101", to_rome="F1703",
            stage="begun", number=1, on=TODAY,
        )  # fmt: skip


def test_a_plan_points_to_an_action_and_tells_other_systems_no_name(here, people):
    followed = kept(people, here)

    found = systems.resolve(followed.reference, "fr")
    taking = systems.takings("idea", followed.reference, followed.title, "fr")

    assert found.title == f"Plan de reconversion n° {followed.pk}"
    assert "Atelier" not in found.detail
    assert taking
    assert references.resolve(["skills:plan:999"], "fr") == {}


def test_the_samples_plan_is_written_once_and_says_that_it_is_invented(db):
    build(TODAY)
    build(TODAY)

    saved = ReconversionPlan.objects.get()
    assert saved.origin == "invented"
    assert sum(central for _code, _low, central, _high in saved.trades) == 140
    figures = ReconversionPlan.objects.figures()
    assert (figures.begun, figures.signed, figures.lasting) == (25, 19, 10)
    assert Placement.objects.count() == figures.hired
