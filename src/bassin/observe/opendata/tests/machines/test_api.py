"""The API, as a program of somebody else asks it."""

import csv
import html
import io
import json
import re

import pytest
from jsonschema import Draft202012Validator

from bassin.observe.opendata.api.document import address, document
from bassin.observe.opendata.api.endpoints import ENDPOINTS

ROOT = "/api/v1"


def items(api, path: str, **asked) -> list[dict]:
    answer = api(f"{ROOT}/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def whole(api, path: str, **asked) -> list[dict]:
    """All pages of a list, turned as a client turns them."""
    found, address = [], f"{ROOT}/{path}"
    while address:
        answer = api(address, asked).json()
        found += answer["items"]
        address, asked = answer["next"], {}
    return found


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
def test_the_example_of_each_address_answers_or_says_what_is_not_here(api, endpoint):
    answer = api(address(endpoint))

    assert answer.status_code in (200, 404)
    if answer.status_code == 404:  # the example of a firm is a number that nobody here has
        assert endpoint.name == "establishment"
        assert "732" in answer.json()["detail"]


def test_places_inside_another_are_sorted_and_cut_into_pages(api):
    asked = {"scale": "commune", "within": "departement:94", "sort": "-population", "limit": "20"}

    found = whole(api, "places", **asked)

    people = [each["population"] for each in found]
    assert len(found) == len({each["key"] for each in found}) == 47
    assert people == sorted(people, reverse=True)


def test_only_the_fields_chosen_are_given(api):
    found = items(api, "places", q="mende", scale="commune", fields="name,parents")

    assert {"name", "parents"} == set(found[0])
    assert "departement:48" in next(each for each in found if each["name"] == "Mende")["parents"]


def test_a_value_bears_all_that_is_needed_to_read_it(api):
    told = api(f"{ROOT}/observations/population/departement:48").json()

    assert told["value"] > 70_000
    assert (told["unit"], told["period"], told["origin"]) == ("habitants", "2023", "real")
    assert (told["reliability"], told["secrecy"]) == ("exhaustive", "free")
    assert told["source"].startswith("Insee")
    assert told["definition"]
    assert told["universe"]


def test_a_place_the_table_does_not_know_has_no_value_and_says_why(api):
    told = api(f"{ROOT}/observations/jobs_at_workplace/departement:48").json()

    assert told["value"] is None
    assert told["status"] == "missing"
    assert told["why"]


def test_observations_of_many_places_are_the_same_page_by_page_and_at_once(api):
    asked = {"indicator": "population,jobs_at_workplace", "within": "departement:94"}

    at_once = items(api, "observations", **asked, limit="1000")
    by_seven = whole(api, "observations", **asked, limit="7")

    assert len(at_once) == 2 * 47
    assert by_seven == at_once


def test_observations_of_one_figure_are_given_in_the_order_of_their_values(api):
    asked = {"indicator": "population", "within": "departement:48", "sort": "-value"}

    found = whole(api, "observations", **asked, limit="100")
    known = [each["value"] for each in found if each["value"] is not None]
    up = items(api, "observations", **(asked | {"sort": "value"}), limit="3")
    communes = items(api, "places", scale="commune", within="departement:48", limit="1000")

    assert known == sorted(known, reverse=True)
    assert [each["value"] for each in found[: len(known)]] == known
    assert len(found) == len(communes)
    assert [each["value"] for each in up] == sorted(known)[:3]


def test_all_periods_may_be_asked_and_the_latest_first(api):
    found = items(api, "observations", indicator="population", place="departement:48",
                  period="all", sort="-period")  # fmt: skip

    periods = [each["period"] for each in found]
    assert len(periods) > 1
    assert periods == sorted(periods, reverse=True)


def test_english_is_spoken_when_the_client_prefers_it_or_the_address_says_so(api):
    address = f"{ROOT}/observations/population/departement:48"

    preferred = api(address, headers={"accept-language": "en-GB,fr;q=0.5"})
    asked = api(address, {"language": "en"})

    assert preferred.json()["unit"] == asked.json()["unit"] == "residents"
    assert preferred.headers["Content-Language"] == "en"


def test_a_list_is_given_as_csv_by_its_address_or_by_the_header(api):
    asked = {"scale": "region", "fields": "code,name"}

    by_address = api(f"{ROOT}/places", {**asked, "format": "csv"})
    by_header = api(f"{ROOT}/places", asked, headers={"accept": "text/csv"})

    rows = list(csv.DictReader(io.StringIO(by_address.content.decode("utf-8-sig"))))
    assert by_header.content == by_address.content
    assert {"code": "11", "name": "Île-de-France"} in rows
    assert by_address.headers["Content-Type"].startswith("text/csv")


def test_establishments_are_filtered_and_sorted(api):
    social = items(api, "establishments", ess="true", naf="25", within="commune:94081",
                   sort="-created_on")  # fmt: skip
    near = items(api, "establishments", near="2.38,48.79,300")

    days = [each["created_on"] for each in social]
    assert len(social) == 15 + 1
    assert days == sorted(days, reverse=True)
    assert {each["name"] for each in near} == {f"Atelier {number:03}" for number in range(5)}


@pytest.mark.parametrize("sort", ["siret", "name", "created_on", "-created_on"])
def test_every_establishment_is_met_once_whatever_the_order(api, sort):
    found = whole(api, "establishments", sort=sort, limit="4")

    assert len(found) == len({each["siret"] for each in found}) == 31


def test_a_taxonomy_is_read_level_by_level(api):
    sections = items(api, "taxonomies/naf_rev2", level="1")
    inside = items(api, "taxonomies/naf_rev2", parent="C", limit="1000")

    assert len(sections) == 21
    assert "25" in {each["code"] for each in inside}
    assert api(f"{ROOT}/taxonomies/naf_rev2/2562b").json()["code"] == "25.62B"


def test_an_answer_that_has_not_changed_is_not_sent_again(api):
    address = f"{ROOT}/observations/population/departement:48"
    first = api(address)

    again = api(address, headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in first.headers["Cache-Control"]


def test_a_page_of_another_site_may_ask(api, client):
    asked = client.options(f"{ROOT}/places", headers={"origin": "https://autre.example"})

    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]


def test_nothing_is_remembered_of_who_asks(api):
    answer = api(f"{ROOT}/places", {"limit": "1"})

    assert not answer.cookies


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_description_is_openapi_3_1_and_its_examples_fit_its_schemas(api, language):
    said = api(f"{ROOT}/openapi.json", {"language": language}).json()

    schemas = {"components": said["components"]}
    assert said == json.loads(json.dumps(document("http://testserver", language)))
    assert said["openapi"].startswith("3.1.")
    for operation in (path["get"] for path in said["paths"].values()):
        shown = operation["responses"]["200"]["content"]["application/json"]
        Draft202012Validator({**shown["schema"], **schemas}).validate(shown["example"])
        for each in operation["parameters"]:
            if "example" in each:
                Draft202012Validator(each["schema"]).validate(each["example"])


def test_people_read_the_same_description_as_a_page(api):
    page = html.unescape(api("/donnees/api/").content.decode())

    for each in ENDPOINTS:
        assert f"/api/v1/{each.path}" in page
        assert each.title.fr in page


def test_every_address_of_the_documentation_answers(api, settings):
    text = (settings.CHECKOUT / "docs" / "api.md").read_text("utf-8")
    written = re.findall(r"^GET (/\S+)$", text, flags=re.MULTILINE)

    assert len(written) > 10
    assert {each: api(each).status_code for each in written} == dict.fromkeys(written, 200)


class TestLimits:
    """A client that asks too often is told how long to wait."""

    @pytest.fixture(autouse=True)
    def _three_a_minute(self, api, settings, time_machine):
        settings.API_PER_MINUTE = 3
        time_machine.move_to("2026-11-26T10:00:20+00:00", tick=False)

    def ask(self, api, client: str):
        return api(f"{ROOT}/places/departement:48", REMOTE_ADDR=client)

    def test_each_answer_says_what_is_left_then_there_is_no_more(self, api):
        answers = [self.ask(api, "192.0.2.1") for _ in range(4)]

        assert [each.status_code for each in answers] == [200, 200, 200, 429]
        assert answers[0].headers["RateLimit"] == '"client";r=2;t=40'
        assert answers[3].headers["Retry-After"] == "40"
        assert answers[3].headers["Content-Type"] == "application/problem+json"

    def test_another_client_still_asks_and_the_first_one_does_a_minute_later(
        self, api, time_machine
    ):
        for _ in range(4):
            self.ask(api, "192.0.2.2")

        other = self.ask(api, "192.0.2.3")
        time_machine.move_to("2026-11-26T10:01:05+00:00", tick=False)

        assert other.status_code == 200
        assert self.ask(api, "192.0.2.2").status_code == 200
