"""The map beside the list: the same jobs, the same address, with or without scripts."""

import re
from datetime import time

import pyarrow as pa
import pytest
from django.urls import reverse

from bassin.commons import weights
from bassin.match.jobs import supply
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Offer, SearchCount, Structure
from bassin.match.jobs.needs import Wishes, tables
from bassin.match.jobs.pairing import OFFERS
from bassin.match.jobs.searching import Listed, ranked
from bassin.match.jobs.tests.trades import put_trades
from bassin.pairing import rank_all
from bassin.types import Origin
from bassin.ui.opened import house
from bassin.ui.reader import today
from tests.support.installing import install, put

AREA = "1129"
HOME = "/accompagner/emplois/"


@pytest.fixture(scope="module")
def with_market(france, tmp_path_factory):
    """ROME in small, and the tension of two trades in the area that the tests load."""
    made = install(france, tmp_path_factory.mktemp("market") / "var")
    put_trades(made)
    blank = dict.fromkeys(
        ("hiring_intensity", "lack_of_workers", "lasting_jobs", "working_conditions",
         "geographic_mismatch", "specific_training"), 3,
    )  # fmt: skip
    tense = [
        {"employment_area_code": AREA, "rome_code": code, "period": "2021", "offers": 10.0,
         "jobseekers_abc": 50.0, "tension": level, **blank}
        for code, level in (("N1101", 5), ("K2204", 1))
    ]  # fmt: skip
    put(made, Origin.REAL, tension=tense)
    return made


@pytest.fixture
def here(with_market, settings, db):
    settings.VAR = with_market.var
    supply.forget()
    yield
    supply.forget()


@pytest.fixture
def offered(here):
    def make(title="Cariste H/F", code="94074", **more):
        day = today()
        facts = {
            "rome_code": "N1101", "employer_name": "Exemple", "contract": "cdi", "level": 0,
            "licences": [], "french_level": 1, "airport_badge": False, "shift_start": time(9),
            "apply_by": "call", "contact_telephone": "01 00 00 00 00", "state": "published",
            "written_on": day, "published_on": day, "expires_on": day, **more,
        }  # fmt: skip
        return Offer.objects.create(title=title, commune_code=code, **facts)

    return make


def found(client, **asked):
    response = client.get(HOME, {"cherche": "cariste à Valenton", "moyen": "car"} | asked)
    assert response.status_code == 200
    return response


def test_the_map_counts_the_jobs_of_the_list_and_a_circle_lists_its_own(client, offered):
    near = [offered(), offered("Cariste de quai")]
    there = offered("Cariste à Rungis", "94065")
    offered("Cariste, permis", licences=["CE"])

    whole = found(client, permis="C")
    one = found(client, permis="C", ici="94065")

    spots = {spot.code: spot.number for spot in whole.context["map"].spots}
    assert spots == {"94074": len(near), "94065": 1}
    assert 'aria-label="1 emploi, Rungis : les voir"' in whole.content.decode()
    assert [card.offer for card in one.context["cards"]] == [there]
    assert {spot.code: spot.number for spot in one.context["map"].spots} == spots
    assert "Sur la carte, Rungis seulement : 1 emploi." in one.content.decode()


def test_a_part_of_the_map_is_in_the_address_and_narrows_the_list(client, offered):
    offered()
    there = offered("Cariste à Rungis", "94065")
    ground = house().travel.ground
    row = house().travel.rows["94065"]

    response = found(client, vue=f"{ground.x[row] / 1000:.1f},{ground.y[row] / 1000:.1f},4")
    page = response.content.decode()

    assert [card.offer for card in response.context["cards"]] == [there]
    moved = response.context["map"]
    assert moved.whole
    assert "vue" not in moved.whole
    assert len({move.url for move in moved.moves}) == 6
    assert f'name="vue" value="{moved.view}" form="ask"' in page


def test_an_empty_part_of_the_map_leads_back_to_all_jobs_in_one_tap(client, offered):
    offered()

    response = found(client, vue="600,6800,4")

    assert response.context["cards"] == []
    assert "Dans cette partie de la carte : 0 emploi" in response.content.decode()
    assert "Voir les 1" in response.content.decode()


def test_scripts_are_sent_the_results_alone(client, offered):
    offered()

    part = client.get(HOME, {"cherche": "cariste"}, headers={"HX-Request": "true"})

    assert "<html" not in part.content.decode()
    assert 'id="results"' in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_the_ground_is_coloured_by_minutes_from_home_and_holds_no_link(client, here):
    asked = {"vue": "656,6853,30", "de": "94074", "moyen": "car", "minutes": "45"}

    svg = client.get(reverse("jobs:ground"), asked)
    bare = client.get(reverse("jobs:ground"), {"vue": "656,6853,30"}).content.decode()

    drawn = svg.content.decode()
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert svg.headers["Cache-Control"] == "public, max-age=86400"
    assert "Valenton : " in drawn
    assert len(set(re.findall(r'fill="(#\w{6})"', drawn))) >= 3
    assert "href" not in drawn + bare
    assert drawn.count("<path") > 30


@pytest.mark.parametrize(
    "wrong",
    [{}, {"vue": "x"}, {"vue": "1,1,1", "de": "zz", "moyen": "ane", "minutes": "-2"},
     {"vue": "656,6853,9", "de": "94074", "moyen": "car", "minutes": "9" * 40}],
)  # fmt: skip
def test_a_ground_that_makes_no_sense_is_drawn_empty_or_bounded(client, here, wrong):
    assert client.get(reverse("jobs:ground"), wrong).status_code == 200


def test_the_pages_of_a_search_follow_one_another_and_count_one_search(client, offered):
    for number in range(12):
        offered(f"Cariste {number}")

    first, second = found(client), found(client, page="2")
    beyond = found(client, page="99")

    shown = [card.offer.pk for card in (*first.context["cards"], *second.context["cards"])]
    assert len(shown) == len(set(shown)) == 12
    assert beyond.context["page"].number == 2
    assert [each.searched for each in SearchCount.objects.all()] == [1]
    assert len(first.content) < 100_000


def test_the_tension_of_the_trade_is_a_reason_with_its_year_and_its_source(client, offered):
    offered("Cariste à Vitry", "94081")

    ranking = found(client, minutes="90").context["ranking"]

    said = {each.code: each for each in ranking.proposals[0].reasons}["tension"]
    assert said.points == said.weight == 10
    assert "très forte, 5 sur 5 en 2021" in said.sentence.say("fr")
    assert "Dares" in said.source.say("fr")


def test_a_tension_that_nobody_published_counts_half_and_says_so(client, offered):
    offered("Cariste à Villejuif", "94076", rome_code="N1101")
    offered("Préparateur", rome_code="N1103")

    ranking = found(client, minutes="90").context["ranking"]

    for proposal in ranking.proposals:
        said = {each.code: each for each in proposal.reasons}["tension"]
        assert (said.state, said.points) == ("ask", 5)
        assert "compte pour moitié" in said.sentence.say("fr")
        assert not any(each.criterion == "tension" for each in proposal.counterfactuals)


def test_the_web_and_a_batch_give_the_same_points(offered):
    for number, (trade, code) in enumerate(
        [("N1101", "94074"), ("N1103", "94065"), ("K2204", "94054"), ("N1101", "")]
    ):
        offered(f"Offre {number}", code, rome_code=trade, required_items=["900001", "900003"],
                shift_start=time(3) if number % 2 else None)  # fmt: skip
    opened, offers = house(), supply.supply(today())
    known = knowledge(opened)
    wishes = Wishes(
        ("N1101",), ("900001",), "94074", mode="car", most_minutes=90, level=3, french_level=3,
        licences=("B",), badge=True,
    )  # fmt: skip

    one = ranked(wishes, offers, known, today(), Listed(10))
    compared = tables(known, wishes, offers)
    needs = pa.Table.from_pylist([{"key": 1, **wishes.need(today())}])
    batch = rank_all(OFFERS, needs, known.offers(offers), compared, top=10,
                     weights=weights.on(OFFERS, today())).to_pylist()  # fmt: skip

    assert [(each["offer"], each["score"]) for each in batch] == [
        (each.key, int(each.score * 100)) for each in one.proposals
    ]
    for line, proposal in zip(batch, one.proposals, strict=True):
        told = {each.code: int(each.points * 100) for each in proposal.reasons}
        assert {code: line[code] for code in ("trade", "skills", "tension", "journey")} == {
            code: told[code] for code in ("trade", "skills", "tension", "journey")
        }


def test_no_job_in_ones_trade_says_what_each_change_would_open(client, offered):
    offered(code="94065", shift_start=time(9), shift_end=time(17))

    response = found(client, minutes="15", moyen="walk", horaire="weekend")
    ways = response.context["wider"]
    after = client.get(HOME + ways[0].url).context

    assert response.context["own"] == 0
    assert [each.opens for each in ways] == ["1 emploi"] * len(ways)
    assert after["own"] == 1
    assert "Aucun emploi de ce métier à ces conditions" in response.content.decode()


def test_who_helps_is_on_the_same_map_with_the_minutes_from_home(client, here):
    for name, code in (("Exemple A", "94074"), ("Exemple B", "94065"), ("Exemple C", "")):
        Structure.objects.create(name=name, kind="town", commune_code=code)

    every = client.get(reverse("jobs:helpers"), {"commune": "94074", "moyen": "car"})
    one = client.get(reverse("jobs:helpers"), {"commune": "94074", "moyen": "car", "ici": "94065"})

    assert {spot.code for spot in every.context["map"].spots} == {"94074", "94065"}
    assert every.context["map"].unplaced == 1
    assert [each["structure"].name for each in one.context["items"]] == ["Exemple B"]
    assert re.search(r"environ \d+ minutes en voiture", every.content.decode())
