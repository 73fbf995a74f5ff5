"""What is asked wrongly is refused in words, by machines' own form of a refusal."""

import pytest

ROOT = "/api/v1"


def refused(api, path: str, **asked) -> dict:
    answer = api(f"{ROOT}/{path}", asked)
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert answer.status_code == said["status"]
    assert "Traceback" not in said["detail"]
    return said


@pytest.mark.parametrize(
    ("path", "asked", "status", "words"),
    [
        ("establishments/1234567820000", {}, 400, "1234567820000"),
        ("establishments/12345678200003", {}, 404, "sa clé est fausse"),
        ("establishments/abcdefghijklmn", {}, 400, "73282932000074"),
        ("places/commune:99999", {}, 404, "/api/v1/places?q="),
        ("places/galaxie:1", {}, 400, "galaxie:1"),
        ("places", {"within": "departement:00"}, 404, "departement:00"),
        ("places", {"scale": "planet"}, 400, "commune"),
        ("places", {"limit": "0"}, 400, "de 1 à 1000"),
        ("places", {"limit": "1e9"}, 400, "nombre entier"),
        ("places", {"limit": "٣"}, 400, "nombre entier"),
        ("places", {"at": "2026-02-30"}, 400, "2026-01-31"),
        ("places", {"colour": "red"}, 400, "scale, within"),
        ("places", {"fields": "name,salary"}, 400, "salary"),
        ("observations", {"indicator": "happiness"}, 400, "happiness"),
        ("observations", {"period": "soon"}, 400, "2023"),
        ("observations", {"sort": "value"}, 400, "indicator"),
        ("observations/happiness/departement:48", {}, 400, "happiness"),
        ("establishments", {"naf": "99.99Z"}, 404, "taxonomies/naf_rev2"),
        ("establishments", {"near": "2.38,48.79"}, 400, "mètres"),
        ("establishments", {"near": "2.38,148.79,50"}, 400, "latitude"),
        ("establishments", {"near": "nan,48.79,50"}, 400, "longitude"),
        ("establishments", {"siren": "1 OR 1=1"}, 400, "siren"),
        ("establishments", {"sort": "siret; DROP TABLE"}, 400, "choisissez"),
        ("taxonomies/naf_rev2/zz", {}, 404, "zz"),
        ("taxonomies/colours", {}, 400, "naf_rev2"),
        ("nothing/here", {}, 404, "/api/v1/"),
        ("places", {"cursor": "A" * 40}, 404, "curseur"),
        ("places", {"cursor": "abc"}, 400, "tel que le service l'a donné"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_what_is_wrong_and_what_to_do(api, path, asked, status, words):
    said = refused(api, path, **asked)

    assert said["status"] == status
    assert words in said["detail"]


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE establishments_shown; --", "%", "\0x", "\\", "ê$"]
)
def test_hostile_words_are_words(api, words):
    answer = api(f"{ROOT}/establishments", {"q": words})

    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_cursor_of_another_query_is_refused(api):
    cursor = cursor_of(api(f"{ROOT}/establishments", {"limit": "2", "naf": "25"}))

    said = refused(api, "establishments", cursor=cursor, naf="10")

    assert said["status"] == 400
    assert "autre demande" in said["detail"]


def test_a_cursor_goes_on_whatever_the_size_and_the_fields_of_the_next_page(api):
    cursor = cursor_of(api(f"{ROOT}/establishments", {"limit": "2", "naf": "25"}))

    answer = api(f"{ROOT}/establishments", {"cursor": cursor, "naf": "25", "fields": "name"})

    assert len(answer.json()["items"]) == 29


def test_a_cursor_that_somebody_changed_is_refused(api):
    cursor = cursor_of(api(f"{ROOT}/places", {"limit": "2"}))

    said = refused(api, "places", cursor=f"{cursor[:-3]}AAA")

    assert said["status"] == 404


def cursor_of(answer) -> str:
    return answer.json()["next"].partition("cursor=")[2].partition("&")[0]


def test_a_parameter_given_twice_is_refused(api):
    answer = api(f"{ROOT}/places?limit=1&limit=2")

    assert answer.status_code == 400
    assert "deux fois" in answer.json()["detail"]


def test_a_refusal_is_told_in_english_to_who_prefers_it(api):
    answer = api(f"{ROOT}/places/commune:99999", headers={"accept-language": "en"})

    assert "No place has the key" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(api, client, method):
    answer = getattr(client, method)(f"{ROOT}/places")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_data_the_api_says_so(api, settings, tmp_path):
    settings.VAR = tmp_path

    said = refused(api, "places")

    assert said["status"] == 503


def test_without_sirene_establishments_say_what_to_load(api, france, settings, tmp_path):
    from tests.support.installing import install

    settings.VAR = install(france, tmp_path / "var").var

    said = refused(api, "establishments")

    assert (said["status"], said["type"].rpartition("#")[2]) == (404, "not-loaded")
