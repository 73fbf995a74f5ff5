"""From one aid to the firms to call, for officers alone."""

import csv
import io

import pytest
from django.urls import reverse

from bassin.match.aids.prospects import by_commune, listed, search, to_ask
from bassin.match.aids.prospects_map import drawn
from bassin.match.aids.rules.wording import Wording
from bassin.match.aids.tests.conftest import DAY
from bassin.match.aids.tests.firms import ALONE, CHOIR, WORKSHOP
from bassin.systems import selected, selections

AID = "pret-vert-bpifrance"


def test_firms_that_the_register_rules_out_are_not_listed(installed, aids):
    found = search(installed, aids[AID], DAY)

    assert found.sirets == [WORKSHOP]
    assert (found.sure, found.maybe, found.out) == (0, 1, 2)
    assert by_commune(installed, found) == [("94081", "Vitry-sur-Seine", 1)]


def test_a_firm_to_call_is_told_with_what_is_still_to_ask(installed, aids):
    found = search(installed, aids["conseil-deveco"], DAY)

    rows = listed(installed, found, range(3), Wording(installed.territory, "fr"))

    assert {each.siret for each in rows} == {WORKSHOP, ALONE, CHOIR}
    assert {each.answer for each in rows} == {"yes"}
    named = {each.siret: each.name for each in rows}
    assert named[ALONE] == "personne physique"


def test_what_is_to_ask_is_told_of_how_many_firms(installed, aids):
    found = search(installed, aids[AID], DAY)

    told = {each.question: (each.firms, each.everybody) for each in to_ask(found, "fr")}

    assert told["Quels sont vos projets ?"] == (1, True)
    rows = listed(installed, found, range(1), Wording(installed.territory, "fr"))
    assert set(rows[0].asked) == set(told)


def test_a_list_is_kept_under_a_name_and_told_to_who_follows_selections(here, people, client):
    client.force_login(people.awa)
    address = reverse("aids:prospects", args=["conseil-deveco"])

    client.post(f"{address}?commune=94054", {"name": "Orly"})

    kept = selections(people.awa)
    reference = next(iter(kept))
    assert kept == {reference: "Orly"}
    assert selected(reference, people.awa) == {ALONE}
    assert selected(reference, people.bruno) is None
    assert "Orly" in client.get(address).content.decode()
    client.post(address, {"gone": reference.rpartition(":")[2]})
    assert selections(people.awa) == {}


def test_columns_are_chosen_and_each_firm_leads_to_its_page_and_to_a_case(here, people, client):
    client.force_login(people.awa)
    name = "conseil-deveco"

    said = client.get(reverse("aids:prospects", args=[name]), {"col": "forme"}).content.decode()
    file = client.get(reverse("aids:prospects_as", args=[name, "csv"]), {"col": "forme"})

    assert reverse("companies:establishment", args=[WORKSHOP]) in said
    assert f"siret={WORKSHOP}" in said
    assert "(5710)" in said
    head = file.content.decode().splitlines()[0]
    assert "legal" in head
    assert "staff" not in head


def test_one_commune_or_those_that_are_sure_may_be_asked(installed, aids):
    assert search(installed, aids["conseil-deveco"], DAY, "94054").sirets == [ALONE]
    assert search(installed, aids[AID], DAY, sure_only=True).sirets == []


def test_the_map_draws_the_communes_with_their_counts(installed, aids):
    found = search(installed, aids["conseil-deveco"], DAY)

    picture = drawn(installed, by_commune(installed, found), title="Où", said="Trois")

    assert picture.startswith("<svg")
    assert "<title>Orly : 1 établissement</title>" in picture.replace("\u00a0", " ")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_away_with_what_is_to_ask(here, people, client, form):
    client.force_login(people.awa)

    answer = client.get(reverse("aids:prospects_as", args=[AID, form]))

    assert answer.status_code == 200
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text else ","))
        assert [row["siret"] for row in rows] == [WORKSHOP]
        assert "Quels sont vos projets ?" in rows[0]["to_ask"]


def test_an_officer_reads_which_firms_and_what_no_register_tells(here, people, client):
    client.force_login(people.awa)

    said = client.get(reverse("aids:prospects", args=[AID])).content.decode()

    assert "ATELIER" in said
    assert "Quels sont vos projets" in said
    assert client.get(reverse("aids:prospects", args=["licorne"])).status_code == 404


@pytest.mark.parametrize("who", ["bruno", "chloe", None])
def test_nobody_but_officers_reads_it(here, people, client, who):
    if who:
        client.force_login(getattr(people, who))

    for name, more in (("aids:prospects", []), ("aids:prospects_as", ["csv"])):
        assert client.get(reverse(name, args=[AID, *more])).status_code in (302, 403)
