"""The sample's offers: of invented firms only, in the places and trades that its counts name."""

from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import override_settings

from bassin.config import sampling
from bassin.demo import facts
from bassin.match.jobs import checks, sample
from bassin.match.jobs.models import (
    Application,
    Feed,
    Need,
    Offer,
    OfferSource,
    Recruitment,
    Referral,
    SearchCount,
    Structure,
    TradeShown,
)
from bassin.parties import sample as parties
from bassin.types import Origin
from tests.demo.conftest import TODAY
from tests.support.installing import bring_documents
from tests.support.postgres import default_connection

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

VALENTON, RUNGIS, ORLY = "94074", "94065", "94054"


@pytest.fixture(scope="module")
def folder(sampled, tmp_path_factory):
    """The built sample with its authority's documents, in a folder that may be written in."""
    return placed(sampled.var, tmp_path_factory.mktemp("offers"))


def placed(var, into):
    for name in ("store", "bassin.toml"):
        (into / name).symlink_to(var / name)
    bring_documents(into)
    return into


@pytest.fixture(scope="module")
def built(folder, django_db_setup, django_db_blocker):
    """As `bassin demo` writes it, in a database of its own; each test's changes are undone."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        file = folder / "bassin.sqlite3"
        file.write_bytes(connection.connection.serialize())
        here = default_connection({**connection.settings_dict, "NAME": str(file)})
        with here, override_settings(VAR=folder):
            parties.build(TODAY)
            sample.build(TODAY)
            yield Offer.objects.all()


def test_offers_are_a_share_of_those_counted_in_the_same_places_and_trades(built, sampled):
    counted = sampled.reader.rows("SELECT commune_code, rome_code, sum(offers) FROM offers "
                                  "GROUP BY ALL")  # fmt: skip
    cells = {(commune, trade) for commune, trade, _ in counted}
    drawn = built.exclude(sources=None)

    total = sum(count for *_, count in counted)
    assert len(drawn) == total * 17 // 100
    assert {(each.commune_code, each.rome_code) for each in drawn} <= cells
    largest = max(counted, key=lambda row: row[2])
    mine = Counter((each.commune_code, each.rome_code) for each in drawn)[largest[:2]]
    assert mine == pytest.approx(largest[2] * 0.17, rel=0.5)


def test_offers_name_invented_firms_and_nobody(built, sampled):
    known = {siret for (siret,) in sampled.reader.rows("SELECT siret FROM establishments")}

    assert {each.origin for each in built} == {Origin.INVENTED}
    assert all(each.employer_said.startswith("EXEMPLE ") for each in built)
    assert {each.siret for each in built if each.siret} <= known | {parties.FIRM_SIRET}
    assert sum(bool(each.siret) for each in built) > 1_000
    assert not any(each.contact_name or each.posted_by_id for each in built)
    called = {each.contact_telephone for each in built} - {""}
    assert all(number.startswith("01 99 00 ") for number in called)
    assert all(each.contact_email.endswith("@example.org") for each in built if each.contact_email)


def test_each_way_to_apply_state_and_unknown_appears(built):
    assert {each.apply_by for each in built} == set(Offer.Apply.values)
    assert {each.state for each in built} == set(Offer.State.values)
    for name in ("level", "french_level", "licences", "shift_start", "experience_months"):
        unsaid = sum(getattr(each, name) is None for each in built)
        assert len(built) // 20 < unsaid < len(built) // 3, name
    assert any(each.licences == [] for each in built)
    assert any("R489-3" in (each.licences or ()) for each in built)
    assert any(each.airport_badge for each in built)
    assert sum(each.level == 0 for each in built) > 200
    assert sum(not each.commune_code for each in built.open(TODAY)) == 2


def test_pay_is_never_below_the_legal_minimum(built):
    hourly = Decimal("12.02")
    for each in built.exclude(pay_from_eur=None):
        assert each.pay_from_eur >= hourly * each.hours_week * 52 / 12, each.title


def test_every_offer_on_line_passes_the_checks_of_its_fields(built):
    for each in built:
        each.clean_fields()
    assert all(each.is_open(TODAY) for each in built.filter(state="published"))


def test_the_market_hires_at_night_and_the_airport_before_dawn(built):
    market = built.filter(commune_code=RUNGIS, rome_code__startswith="D1107")
    airport = built.filter(commune_code=ORLY, airport_badge=True)

    assert {each.shift_start for each in market} <= {time(0), time(22), None}
    assert time(0) in {each.shift_start for each in market}
    assert time(4, 30) in {each.shift_start for each in airport}


def test_what_waits_for_review_holds_doubtful_words_and_what_is_on_line_none_forbidden(built):
    waiting = [checks.flags(each) for each in built.filter(state="submitted")]
    severities = {flag.severity for flags in waiting for flag in flags}

    assert all(waiting)
    assert severities == {"refuse", "warn"}
    assert [each for each in built.open(TODAY) if checks.forbidden(each)] == []
    unplaced = built.open(TODAY).filter(commune_code="")
    lacking = [each for each in built.open(TODAY).exclude(commune_code="") if checks.lacking(each)]
    assert lacking == []
    assert all(len(checks.lacking(each)) == 1 for each in unplaced)


def test_a_forklift_driver_of_valenton_finds_three_offers_there(built):
    there = built.open(TODAY).for_rome("N1101").in_communes(VALENTON)

    assert len(there) >= 3
    assert all(each.apply_by == Offer.Apply.CALL for each in there if each.employer)


def test_some_offers_came_by_two_feeds_and_are_one(built):
    sources = Counter(OfferSource.objects.values_list("offer", flat=True))

    assert 5 < sum(count == 2 for count in sources.values()) < 40
    assert max(sources.values()) == 2
    assert all("inventé" in each.title for each in Feed.objects.all())


def test_employers_answer_some_of_those_who_applied(built):
    receipts = Application.objects.all()

    assert 0 < sum(each.answered_on is not None for each in receipts) < len(receipts)
    assert all(each.applied_on <= TODAY for each in receipts)


def test_the_same_offers_come_out_each_time_and_are_written_once(built):
    before = list(built.order_by("pk").values_list("title", "employer_siret", "expires_on"))

    sample.build(TODAY + timedelta(days=2))
    assert Offer.objects.count() == len(before)

    sampling.forget(Origin.INVENTED)
    assert not Offer.objects.exists()
    parties.build(TODAY)
    sample.build(TODAY)
    again = list(Offer.objects.order_by("pk").values_list("title", "employer_siret", "expires_on"))
    assert again == before


def test_when_the_last_is_over_new_ones_are_written(built):
    later = date(TODAY.year + 1, TODAY.month, TODAY.day)

    sample.build(later)

    assert len(Offer.objects.open(later)) > 1_000


def test_without_the_sample_in_the_store_only_those_told_one_by_one_are_written(
    built, prepared, tmp_path
):
    sampling.forget(Origin.INVENTED)

    with override_settings(VAR=placed(prepared, tmp_path)):
        parties.build(TODAY)
        sample.build(TODAY)

    assert 15 < Offer.objects.count() < 40


def test_every_trade_has_a_post_to_draw_from(folder):
    path = folder / "authority" / sample.FOLDER / sample.POSTS
    trades = [line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:]]

    assert trades == [each["rome_code"] for each in facts.rows("occupations")]


def test_the_directory_has_each_kind_of_help_named_as_an_example(built):
    structures = Structure.objects.all()
    needs = {need for each in structures for need in each.needs}

    assert all(each.name.startswith("Exemple ") for each in structures)
    assert {"france_travail", "mission_locale", "plie", "cap_emploi", "e2c", "siae"} <= {
        each.kind for each in structures
    }
    assert set(Need.values) == needs
    assert [each.adviser_on(TODAY) for each in structures if each.adviser_name]
    assert any(each.is_late(TODAY) for each in Referral.objects.all())
    assert not any(each.person_name for each in Referral.objects.all())


def test_a_recruitment_action_has_its_funnel_and_counts_a_hire_once(built):
    action = Recruitment.objects.get(event__slug="exemple-recrutement-piste")
    people = action.registrations.all()
    hired = [each.placement_id for each in people if each.placement_id]

    assert (len(people), sum(each.attended for each in people)) == (41, 29)
    assert len(hired) == len(set(hired)) == 9
    assert sum(bool(each.present_6) for each in people) == 6
    coming = Recruitment.objects.get(event__slug="exemple-recrutement-quai")
    assert {each.attended for each in coming.registrations.all()} == {None}
    assert not any(each.person_name for each in people)


def test_what_is_there_is_not_written_twice(built):
    kinds = (Structure, Referral, Recruitment, TradeShown, SearchCount)
    before = [kind.objects.count() for kind in kinds]

    sample.build(TODAY)

    assert [kind.objects.count() for kind in kinds] == before
    assert min(before) >= 3
