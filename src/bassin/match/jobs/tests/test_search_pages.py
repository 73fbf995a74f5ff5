"""What a visitor gets who says what they did and where they live."""

import argparse
import json
from datetime import time

import pytest

from bassin.config.commands import match
from bassin.errors import Refused
from bassin.match.jobs import profiles, searching, supply
from bassin.match.jobs.knowledge import knowledge
from bassin.match.jobs.models import Offer, SearchCount
from bassin.match.jobs.needs import Wishes
from bassin.match.jobs.tests.trades import put_trades
from bassin.ui.opened import house
from bassin.ui.reader import today
from tests.support.installing import install


@pytest.fixture(scope="module")
def with_trades(france, tmp_path_factory):
    made = install(france, tmp_path_factory.mktemp("trades") / "var")
    put_trades(made)
    return made


@pytest.fixture
def here(with_trades, settings, db):
    settings.VAR = with_trades.var
    supply.forget()
    yield
    supply.forget()


@pytest.fixture
def offered(here):
    """An offer open today, as a test needs it."""

    def make(title="Cariste H/F", **more):
        day = today()
        facts = {
            "rome_code": "N1101", "employer_name": "Exemple Logistique", "commune_code": "94074",
            "place": "Valenton", "contract": "cdi", "level": 0, "licences": [], "french_level": 1,
            "airport_badge": False, "shift_start": time(9), "apply_by": "call",
            "contact_telephone": "01 00 00 00 00", "state": "published", "written_on": day,
            "published_on": day, "expires_on": day, **more,
        }  # fmt: skip
        return Offer.objects.create(title=title, **facts)

    return make


def found(client, **asked):
    response = client.get("/accompagner/emplois/", asked)
    assert response.status_code == 200
    return response


def test_an_offer_near_home_in_ones_own_trade_comes_first_with_its_reasons(client, offered):
    offered("Agent de propreté", rome_code="K2204")
    mine = offered()

    response = found(client, cherche="j'étais cariste à Valenton", moyen="car")

    first = response.context["cards"][0]
    assert first.offer == mine
    assert first.first == "C'est votre métier."
    assert "Appeler 01 00 00 00 00" in response.content.decode()


def test_the_points_shown_sum_to_the_score_shown(client, offered):
    offered()

    ranking = found(client, cherche="cariste à Valenton", moyen="car").context["ranking"]

    best = ranking.proposals[0]
    assert sum(each.points for each in best.reasons) == best.score


def test_a_licence_that_is_not_held_blocks_and_stays_reachable(client, offered):
    offered(licences=["B"])

    response = found(client, cherche="cariste à Valenton", permis="C", moyen="car")

    assert response.context["ranking"].open_count == 0
    assert "Il faut : permis B (voiture)." in response.content.decode()


def test_a_condition_that_nobody_said_is_a_question_and_never_a_refusal(client, offered):
    offered(licences=None, level=None, french_level=None, airport_badge=None, shift_start=None)

    ranking = found(client, cherche="cariste à Valenton", diplome="3", francais="3", permis="B",
                    badge="1", moyen="car").context["ranking"]  # fmt: skip

    assert ranking.open_count == 1
    asked = {each.code for each in ranking.proposals[0].questions}
    assert {"licences", "level", "french", "badge", "hours"} <= asked


def test_without_a_diploma_is_enough_for_offers_that_ask_for_none(client, offered):
    offered()
    offered("Cariste confirmé", level=4)

    ranking = found(client, cherche="cariste à Valenton sans diplôme", moyen="car").context[
        "ranking"
    ]

    assert (ranking.open_count, dict(ranking.blocked_by)["level"]) == (1, 1)


def test_a_journey_at_night_by_public_transport_is_a_question(client, offered):
    offered(shift_start=time(3), commune_code="94065", place="Rungis")

    ranking = found(client, cherche="cariste à Valenton", moyen="transit").context["ranking"]

    assert "within" in {each.code for each in ranking.proposals[0].questions}


def test_what_is_looked_for_is_counted_by_trade_commune_and_week_and_nothing_else(client, offered):
    offered()
    supply.forget()

    found(client, cherche="cariste à Valenton", moyen="car")
    found(client, cherche="aide soignante à Valenton", moyen="car")
    found(client, cherche="zzzz")

    kept = {(e.rome_code, e.commune_code, e.searched, e.in_vain) for e in SearchCount.objects.all()}
    assert kept == {("N1101", "94074", 1, 0), ("J1501", "94074", 1, 1)}


def test_words_that_mean_no_trade_and_an_unknown_place_are_said(client, offered):
    offered()

    text = found(client, cherche="zzzz", lieu="Nullepart-les-Bains").content.decode()

    assert "Nullepart-les-Bains" in text
    assert "aucune commune que nous connaissions" in text


def test_a_hostile_search_is_shown_as_text(client, offered):
    offered()

    text = found(client, cherche="<script>alert(1)</script>", lieu='"><b>').content.decode()

    assert "<script>alert" not in text
    assert '"><b>' not in text


def test_the_form_shows_what_was_taken_for_what_was_not_said(client, offered):
    offered()

    bare = found(client).context["form"]
    said = found(client, cherche="cariste à Valenton à 30 minutes en voiture").context["form"]

    assert bare["minutes"].value() == "45"
    shown = [said[name].value() for name in ("minutes", "moyen", "lieu")]
    assert shown == ["30", "car", "Valenton"]
    wrong = found(client, cherche="cariste", minutes="abc", moyen="fusée").context["form"]
    assert (wrong["minutes"].value(), wrong["moyen"].value() in ("car", "transit")) == ("45", True)


def test_a_profile_goes_from_words_to_skills_to_offers_and_keeps_nothing(client, offered):
    offered(required_items=["900001", "900003"])

    said = client.get("/accompagner/emplois/profil/", {"fait": "cariste\nje fais le ménage"})
    ticks = client.get("/accompagner/emplois/profil/", {"metier": "N1101"})
    answer = found(client, metier="N1101", sait="900001", lieu="Valenton", moyen="car")
    card = client.get("/accompagner/emplois/profil/carte/", {"metier": "N1101", "sait": "900001"})

    assert 'value="N1101" checked' in said.content.decode()
    assert "Conduire un chariot élévateur" in ticks.content.decode()
    assert '<option value="45" selected>' in ticks.content.decode()
    assert answer.context["cards"][0].missing == "Préparer une commande"
    assert "Conduire un chariot élévateur" in card.content.decode()
    assert not client.cookies


def test_what_else_one_could_do_says_what_is_held_and_what_is_missing(client, offered):
    offered("Préparateur", rome_code="N1103")

    response = client.get("/accompagner/emplois/autrement/", {"metier": "N1101"})

    nearest = response.context["found"][0][0]
    assert (nearest.rome_code, nearest.offers) == ("N1103", 1)
    assert list(nearest.held) == ["Ranger des palettes en rayonnage"]
    assert list(nearest.missing) == ["Préparer une commande"]


def test_a_profile_in_a_file_says_what_is_wrong_with_it(here):
    known = knowledge(house())

    wishes = profiles.read(
        json.dumps({"trades": ["cariste"], "skills": ["conduire un chariot elevateur"],
                    "commune": "Valenton", "french": "B1"}), house(), known,
    )  # fmt: skip

    assert wishes == Wishes(("N1101",), ("900001",), "94074", french_level=3)
    for wrong, said in (
        ("[1", "not JSON"), ("[]", "no JSON object"), ("{}", "no trade"),
        ('{"trades": ["cariste"], "age": 30}', "“age”"),
        ('{"trades": ["cariste"], "minutes": "soon"}', "'soon'"),
        ('{"trades": ["cariste"], "commune": "Nullepart-les-Bains"}', "no commune"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            profiles.read(wrong, house(), known)


def test_the_command_ranks_offers_for_a_profile_in_a_file(offered, tmp_path, capsys):
    mine = offered(licences=["B"])
    profile = tmp_path / "profile.json"
    profile.write_text(json.dumps({"trades": ["N1101"], "commune": "94074", "mode": "car"}))

    args = argparse.Namespace(profile=profile, data=None, top=3, language="fr", format="json")
    assert match.MATCHINGS["jobs"].run(args) == 0

    answer = json.loads(capsys.readouterr().out)
    (best,) = answer["proposals"]
    assert best["offer"] == mine.pk
    assert round(sum(each["points"] for each in best["reasons"]), 2) == best["score"]


def test_what_was_searched_is_the_same_need_whatever_the_day(here):
    asked = Wishes(("N1101",), commune_code="94074")

    need = asked.need(today())

    assert set(asked.unsaid) == {"level", "licences", "french", "badge"}
    assert need["contracts"] == [code for code, _ in Offer.Contract.choices]
    assert searching.OFFERS.key == "key"


def test_an_offer_that_is_over_leads_to_those_of_its_trade_and_of_near_ones(client, offered):
    day = today()
    over = offered(state="closed", closed_on=day, closed_why="filled")
    same, near = offered("Cariste de jour"), offered("Magasinier", rome_code="N1103")

    answer = client.get(f"/accompagner/emplois/offres/{over.pk}/")

    told = [(offer.pk, own) for offer, _facts, own in answer.context["near"]]
    assert told == [(same.pk, True), (near.pk, False)]
    assert answer.context["url"] == "/accompagner/emplois/?metier=N1101&lieu=Valenton"
