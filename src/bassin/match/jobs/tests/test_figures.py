"""Figures of jobs, searches counted, trades presented: what is told, and what never is."""

import csv
import html
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bassin.errors import Refused
from bassin.match.jobs import actions_trades, cards, declared, figures, presented, searches
from bassin.match.jobs.models import Offer, SearchCount, TradeShown
from bassin.match.jobs.tests.conftest import TODAY, firm
from bassin.parties.models import Organisation
from bassin.systems import firm_set
from tests.support.installing import install

PAGE = "/accompagner/emplois/chiffres/"


def on_line(number, today=TODAY, **more):
    values = {"title": "Cariste", "state": "published", "published_on": today - timedelta(days=40),
              "expires_on": today + timedelta(days=9), "written_on": today,
              "rome_code": "N1101", "commune_code": "94074", **more}  # fmt: skip
    Offer.objects.bulk_create(Offer(**values) for _each in range(number))


def counted(times, in_vain=0, commune="94074", today=TODAY):
    for rank in range(times):
        searches.count("N1101", commune, found=rank >= in_vain, today=today)


def test_searches_of_a_week_are_one_row_of_two_numbers(db):
    counted(7, in_vain=6, today=date(2026, 11, 23))
    counted(1, today=date(2026, 11, 29))

    row = SearchCount.objects.get()
    assert (row.week, row.searched, row.in_vain) == (date(2026, 11, 23), 8, 6)


def test_no_number_of_searches_under_five_is_told_nor_found_by_subtraction(db):
    counted(4, in_vain=4, commune="94022")
    counted(12, in_vain=9, commune="94074")
    counted(12, in_vain=7, commune="94016")

    told = {each.commune_code: (each.searched, each.in_vain) for each in searches.sought(TODAY)}

    assert told == {"94074": (12, None), "94016": (12, 7)}


def test_small_old_counts_are_deleted_and_the_others_stay(db):
    counted(4)
    counted(5, commune="94016")

    assert searches.forget(TODAY + timedelta(days=300)) == 0
    assert searches.forget(TODAY + timedelta(days=380)) == 1
    assert SearchCount.objects.get().commune_code == "94016"


def test_real_offers_alone_are_counted_as_soon_as_there_is_one(installed, db):
    on_line(3, origin="invented")
    assert figures.offers(installed, TODAY)[0].value == 3

    on_line(8, level=0)
    on_line(2, level=3)
    told = figures.offers(installed, TODAY)
    assert told[0].value == 10
    assert told[1].value == 80
    assert figures.unmet(TODAY) == [("N1101", "94074", 10)]


def test_the_time_to_fill_is_a_median_and_is_not_told_of_four_offers(installed, db):
    for days in (2, 4, 6, 30):
        on_line(1, state="closed", closed_why="filled", published_on=TODAY - timedelta(days=days),
                closed_on=TODAY)  # fmt: skip
    assert figures.offers(installed, TODAY)[2].value is None

    on_line(1, state="closed", closed_why="filled", closed_on=TODAY,
            published_on=TODAY - timedelta(days=10))  # fmt: skip
    assert figures.offers(installed, TODAY)[2].value == 6


def test_without_a_real_offer_the_page_says_so_and_its_file_is_marked(client, here):
    on_line(1, today=timezone.localdate(), origin="invented")

    assert "Aucune offre réelle chargée" in client.get(PAGE).content.decode()
    file = client.get("/accompagner/emplois/chiffres.csv")
    assert "EXEMPLE-emplois-chiffres.csv" in file.headers["Content-Disposition"]
    assert "perimeter" in file.content.decode()


def test_the_file_holds_each_line_of_the_page_with_all_that_makes_it_a_figure(client, here):
    today = timezone.localdate()
    on_line(20, today=today)
    on_line(1, today=today, rome_code="K2204", commune_code="94016", contract="cdi")
    counted(7, in_vain=2, today=today)

    content = client.get("/accompagner/emplois/chiffres.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))

    told = {(row["figure"], row["perimeter"]): row["value"] for row in rows}
    assert told["offers_by_commune", "Valenton"] == "20"
    assert told["unmet", "Valenton"] == "20"
    assert told["searched", "Valenton"] == "7"
    [vain] = [row for row in rows if row["figure"] == "searched_in_vain"]
    assert (vain["value"], bool(vain["absent"])) == ("", True)
    assert [row["detail"] for row in rows if row["figure"] == "offers_by_contract"]
    for row in rows:
        assert all(row[name] for name in ("unit", "perimeter", "date", "source", "definition"))
        assert bool(row["value"]) != bool(row["absent"]), row


def test_a_commune_in_observe_tells_its_offers_and_says_from_where(client, here):
    today = timezone.localdate()
    on_line(6, today=today, level=0)

    page = client.get("/lieux/commune/94074/une-page/").content.decode()

    assert "6 offres ouvertes" in page
    assert "6 des 6 qui le disent" in page
    assert declared.figures()["open_offers"].definition.fr in html.unescape(page)
    assert cards.place("commune:94016", "fr") is None
    assert cards.place("ept:200058014", "fr") is None


def shows(by, **more):
    values = {"rome_code": "N1101", "kind": "testimony", "title": "Une nuit au quai",
              "text": "On charge, on rit.", "person_name": "Lina", "agreed_on": TODAY,
              "shown_until": TODAY + timedelta(days=90), "organisation": firm(by)}  # fmt: skip
    return actions_trades.propose(by=by, today=TODAY, **{**values, **more})


def test_a_testimony_is_reviewed_then_shown_until_its_day(db, chloe, awa):
    made = shows(chloe)
    assert presented.trades(TODAY) == {}
    with pytest.raises(PermissionDenied):
        actions_trades.review(made, by=chloe, today=TODAY)

    actions_trades.review(made, by=awa, today=TODAY)

    assert presented.trades(TODAY) == {"N1101": 1}
    assert presented.card("N1101", "fr").context["number"] == 1
    assert presented.trades(TODAY + timedelta(days=91)) == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"agreed_on": None}, "accord"),
        ({"kind": "picture"}, "licence"),
        ({"shown_until": TODAY - timedelta(days=1)}, "trois ans"),
    ],
)
def test_nobody_is_shown_without_agreement_words_rights_and_an_end(db, chloe, fields, words):
    with pytest.raises(Refused, match=words):
        shows(chloe, **fields)


def test_a_firm_proposes_from_its_page_and_an_officer_puts_it_on_line(client, here, chloe, awa):
    until = timezone.localdate() + timedelta(days=90)
    client.force_login(chloe)
    client.post("/accompagner/emplois/metiers/presenter/nouveau/", {
        "organisation": firm(chloe).pk, "rome_code": "N1101", "kind": "testimony",
        "title": "Une nuit au quai", "text": "On charge.", "person_name": "Lina",
        "agreed_on": timezone.localdate().isoformat(), "shown_until": until.isoformat(),
    })  # fmt: skip
    made = TradeShown.objects.get()
    assert made.state == "proposed"

    client.force_login(awa)
    client.post(
        "/accompagner/emplois/metiers/presenter/a-relire/", {"which": made.pk, "do": "show"}
    )
    client.logout()

    assert "Une nuit au quai" in client.get("/accompagner/emplois/metiers/N1101/").content.decode()


@pytest.mark.pack
@pytest.mark.slow
def test_with_the_data_pack_the_page_shows_the_published_figures_of_the_area(
    client, pack_loaded, settings, tmp_path, db
):
    settings.VAR = install(pack_loaded, tmp_path / "var").var

    page = client.get(PAGE).content.decode().replace("\u202f", " ").replace("\xa0", " ")

    for number in ("21 061", "10 997", "7 126", "205 métiers"):
        assert number in page


def test_the_firms_that_hire_are_those_with_an_open_offer_today(db):
    today = timezone.localdate()
    on_line(2, today=today, employer_siret="11111111100011")
    on_line(1, today=today, employer_siret="22222222200022", expires_on=today - timedelta(days=1))
    on_line(1, today=today, employer_siret="33333333300033", state="draft", published_on=None)
    on_line(1, today=today)

    told = firm_set("open_offers")

    assert "11111111100011" in told
    assert not {"22222222200022", "33333333300033", ""} & told


def test_a_firm_s_card_lists_its_open_offers(db):
    today, ours, other = timezone.localdate(), "00000000100018", "00000000200016"
    body = Organisation.objects.create(slug="x", name="X", kind="firm", siret=ours)
    on_line(2, today=today, employer=body, employer_siret=other)
    on_line(1, today=today, employer_siret=other)
    on_line(1, today=today, employer_siret=other, state="draft")

    assert cards.firm(ours, "fr").context["number"] == 2
    assert cards.firm(other, "fr").context["number"] == 1
    assert cards.firm("00000000300014", "fr") is None
