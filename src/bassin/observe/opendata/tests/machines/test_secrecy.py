"""What must be hidden is hidden from machines too, however they ask."""

from itertools import chain

ROOT = "/api/v1"
SECRET = "salaried_under_secrecy"
FEW = "commune:94081"
HOME = "ept:200058014"


def told(api, **asked) -> dict[str, dict]:
    answer = api(f"{ROOT}/observations", {"indicator": SECRET, "limit": "1000", **asked}).json()
    return {each["place"]: each for each in answer["items"]}


def test_a_secret_value_is_never_given_and_says_why(api):
    said = api(f"{ROOT}/observations/{SECRET}/{FEW}").json()

    assert (said["status"], said["secrecy"]) == ("secret", "secret")
    assert (said["value"], said["numerator"], said["denominator"], said["upper"]) == (None,) * 4
    assert "3" in said["why"]


def test_the_total_less_the_others_does_not_give_it_back(api):
    one = told(api, within=HOME, scale="commune")
    total = told(api, place=HOME)[HOME]

    hidden = [key for key, each in one.items() if each["value"] is None]
    assert total["value"] == 10 * (23 * 30 + 2)
    assert FEW in hidden
    assert len(hidden) > 1, "alone, it is the total less the others"
    assert {one[key]["secrecy"] for key in hidden} == {"secret", "secondary"}


def test_the_verdict_is_the_same_in_any_order_and_any_page(api):
    keys = sorted(told(api, within=HOME, scale="commune"))
    backwards = [told(api, place=key)[key] for key in reversed(keys)]
    by_pairs = chain.from_iterable(
        told(api, place=f"{a},{b}").values() for a, b in zip(keys[::2], keys[1::2], strict=True)
    )

    once = {key: each["value"] for key, each in told(api, within=HOME, scale="commune").items()}
    assert {each["place"]: each["value"] for each in backwards} == once
    assert {each["place"]: each["value"] for each in by_pairs} == once


def test_a_list_of_communes_made_to_find_it_is_refused(api):
    keys = [key.partition(":")[2] for key in told(api, within=HOME, scale="commune")]
    others = "-".join(code for code in keys if code != FEW.partition(":")[2])

    said = told(api, place=f"selection:{others}")

    assert [each["value"] for each in said.values()] == [None]


def test_another_date_does_not_give_it_either(api):
    said = told(api, place=FEW, at="2024-12-31", period="all")

    assert all(each["value"] is None for each in said.values())


def test_a_person_is_met_without_name_address_or_position(api):
    found = api(f"{ROOT}/establishments", {"legal": "1"}).json()["items"]

    assert [each["is_hidden"] for each in found] == [True]
    for name in ("name", "sign", "unit_name", "address", "longitude", "latitude"):
        assert found[0][name] is None
    assert found[0]["commune_code"] == "94081"


def test_no_search_by_name_or_around_a_point_finds_a_person(api):
    by_name = api(f"{ROOT}/establishments", {"q": "a", "limit": "1000"}).json()["items"]
    around = api(f"{ROOT}/establishments", {"near": "2.4,48.8,50000", "limit": "1000"}).json()

    assert not any(each["is_hidden"] for each in [*by_name, *around["items"]])


def test_a_person_whom_a_mistake_had_named_would_still_be_hidden(api, open_house):
    from bassin.observe.opendata.api.establishments import COLUMNS, records

    named = ["leak"] * len(COLUMNS)
    named[COLUMNS.index("is_hidden")] = True

    said = records(open_house, [named])[0]

    assert {said[name] for name in ("name", "sign", "address", "longitude")} == {None}


def test_a_figure_that_is_not_for_everyone_is_not_known_here(api, open_house, monkeypatch):
    from dataclasses import replace

    from bassin.indicators.catalogue import indicators
    from bassin.observe.opendata.api import figures

    closer = {
        name: replace(each, raw={**each.raw, "access": {"visibility": "partners"}})
        if name == "population" else each
        for name, each in indicators().items()
    }  # fmt: skip
    monkeypatch.setattr(figures, "indicators", lambda: closer)

    assert api(f"{ROOT}/observations/population/departement:48").status_code == 400
    assert api(f"{ROOT}/indicators/population").status_code == 400
