"""Courses for what somebody lacks: who is proposed, who is not, and what is asked."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from bassin.match.skills import hypotheses
from bassin.match.skills.courses import Departure, chosen
from bassin.match.skills.models import Course, Session
from bassin.match.skills.network import network
from bassin.match.skills.tests.campus import FAR, NEAR, TODAY, course, site
from bassin.ui.opened import house


def found(wanted="N1101", start=NEAR, minutes=45, mode="car", on=TODAY, **more):
    return Departure(house(), start, minutes, mode, on).courses(wanted, **more)


def titles(offered):
    return [each.course.title for each in offered]


def test_the_points_of_the_reasons_are_the_score(here):
    course(site(), (30, 12, 4))

    (offered,) = found()

    assert sum(each.points for each in offered.reasons) == offered.score
    assert offered.covers == ("1", "2", "3")
    assert offered.places_left == 8
    assert offered.minutes is not None
    assert offered.minutes <= 45


def test_a_course_teaches_what_its_body_said_else_what_its_trades_ask(here):
    course(site(), (30, 12, 0), title="Un geste", items=["2"])
    course(site(), (30, 12, 0), title="Tout le métier")

    best, other = found(missing={"2", "3"})

    assert (best.course.title, best.covers, best.supposed) == ("Tout le métier", ("2", "3"), True)
    assert (other.course.title, other.covers, other.supposed) == ("Un geste", ("2",), False)


@pytest.mark.parametrize(
    ("taught", "chosen_one", "is_enough"),
    [(["1", "2"], "Quelques gestes", True), (["1"], "Quelques gestes", False)],
)
def test_a_course_that_teaches_less_than_the_declared_share_is_never_the_one(
    here, taught, chosen_one, is_enough
):
    course(site(), (30, 12, 0), title="Quelques gestes", items=taught)
    course(site(), (5, 12, 0), title="Un geste d'ailleurs", items=["4"])

    told = chosen(found(), 2)

    assert hypotheses.enough() == 50
    assert [(each.course.title, each.enough) for each in told] == [(chosen_one, is_enough)]


def test_what_teaches_enough_is_told_alone_though_less_would_come_sooner(here):
    course(site(), (5, 12, 0), title="Un geste", items=["2"])
    course(site(), (90, 12, 0), title="Tout le métier")

    assert titles(chosen(found(), 2)) == ["Tout le métier"]


def test_items_alone_find_the_courses_of_any_trade(here):
    course(site(), (30, 12, 0), rome_codes=["N1103"], title="Magasinage")
    course(site(), (30, 12, 0), rome_codes=["K2304"], title="Tri")

    assert titles(found({"4"})) == ["Magasinage"]


def test_a_card_that_is_over_on_the_day_one_enters_is_not_proposed(here):
    course(site(), (30, 12, 0), certification_code="RNCP99002", rome_codes=["N1103"])

    assert found("N1103") == []
    assert found("N1103", on=date(2026, 1, 1)) == []
    Session.objects.create(course=Course.objects.get(), starts_on=date(2025, 12, 1), places=10)
    assert len(found("N1103", on=date(2025, 11, 1))) == 1


def test_a_card_that_the_register_does_not_date_is_a_question(here):
    course(site(), (30, 12, 0), certification_code="RNCP99003", rome_codes=[])
    course(site(), (30, 12, 0), certification_code="RNCP98765", rome_codes=["K2304"])

    offered = found("K2304")

    assert [each.valid for each in offered] == [None, None]
    assert all("valid" in [each.code for each in one.questions] for one in offered)


def test_an_unknown_journey_is_a_question_and_never_too_far(here):
    course(site(""), (30, 12, 0), title="Sans commune")
    course(site(NEAR), (30, 12, 0), title="Ici")

    offered = found(minutes=1000)

    assert titles(offered) == ["Ici", "Sans commune"]
    assert offered[1].minutes is None
    assert sorted(titles(found(start=""))) == ["Ici", "Sans commune"]
    assert all(each.minutes is None for each in found(start=""))


def test_a_course_beyond_the_minutes_is_not_proposed(here):
    course(site(FAR), (30, 12, 0))
    there = found(minutes=1000)[0].minutes

    assert found(minutes=there - 1) == []
    assert len(found(minutes=there)) == 1


def test_a_site_that_may_be_the_head_office_is_a_question(here):
    where = site()
    where.body.commune_code, where.body.place = NEAR, "1, rue de l’Exemple"
    where.body.save()
    course(where, (30, 12, 0))

    (offered,) = found()

    assert offered.minutes is None
    assert "within" in [each.code for each in offered.questions]
    where.stands_there, where.edition = True, 2
    where.save()
    assert found()[0].minutes is not None


def test_places_and_dates_that_nobody_said_are_asked(here):
    course(site(), (30, None, None), title="Sans places")
    course(site(), title="Sans dates")

    offered = {each.course.title: [one.code for one in each.questions] for each in found()}

    assert "places" in offered["Sans places"]
    assert {"soon", "places"} <= set(offered["Sans dates"])


@pytest.mark.parametrize("change", ["gone", "away", "cancelled", "full"])
def test_what_changes_is_seen_at_the_next_question(here, change):
    made = course(site(), (30, 12, 0))
    assert len(found()) == 1

    session = made.sessions.get()
    if change == "gone":
        made.gone_on, made.edition = TODAY, 2
    elif change == "away":
        made.site.body.archived_at, made.site.body.edition = timezone.now(), 2
    elif change == "cancelled":
        session.cancelled_on, session.edition = TODAY, 2
    else:
        session.entrants, session.edition = 12, 2
    for each in (made.site.body, made, session):
        each.save()

    offered = found()
    assert [each.places_left for each in offered] == {
        "gone": [], "away": [], "cancelled": [None], "full": [0],
    }[change]  # fmt: skip


def test_capacity_counts_the_sessions_of_a_year_while_the_certification_holds(here):
    made = course(site(), (30, 12, 0), (300, 8, 0), (400, 50, 0), certification_code="RNCP99001")
    standing = network(here, TODAY).standings[made.pk]

    assert (standing.places, standing.unsaid) == (20, 0)
    late = network(here, date(2028, 6, 1))
    Session.objects.create(course=made, starts_on=date(2028, 8, 1), places=5)
    Session.objects.create(course=made, starts_on=date(2028, 10, 1), places=7)
    late = network(here, date(2028, 6, 1))
    assert late.standings[made.pk].places == 5


def test_entrants_for_a_hundred_places(here):
    made = course(site(), (30, 12, 9), (60, None, 3), (90, 0, 0))

    assert [each.fill_pct for each in made.sessions.all()] == [75.0, None, None]
    assert TODAY + timedelta(30) == made.sessions.all()[0].starts_on
