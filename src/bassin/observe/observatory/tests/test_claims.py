"""Stated figures and their verdicts: what proves, what contradicts, what is never believed."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators.catalogue import indicators
from bassin.observe.observatory import claims
from bassin.observe.observatory.claims import Outcome
from bassin.observe.observatory.claims.arithmetic import (
    Interval,
    evaluate,
    half_unit,
    interval,
    within,
)
from bassin.sources import Raw, source
from bassin.types import Origin
from tests.indicators.making_figures import income
from tests.support.installing import install, put, spread
from tests.support.loading import runner

KEYS = {
    "id", "label", "stated", "unit", "date", "perimeter", "document", "computed", "source",
    "verdict", "why",
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(france, tmp_path_factory):
    """The packages and the authority's documents, nothing loaded; read it, do not write in it."""
    return install(france, tmp_path_factory.mktemp("claims") / "var")


@pytest.fixture
def installed(kept):
    """The same, in service again when another test opened an installation of its own."""
    kept.refresh()
    return kept


@pytest.fixture(scope="module")
def verdicts(kept):
    kept.refresh()
    return judged(kept)


@pytest.fixture
def house(france, tmp_path):
    """The same, that a test may change."""
    return install(france, tmp_path / "var")


def judged(house) -> dict:
    return {each.claim.id: each for each in claims.judge_all(house)}


def says(house) -> list[dict]:
    return [each.as_dict("fr") for each in claims.judge_all(house)]


numbers = st.decimals(
    min_value="0.1", max_value="1000000", places=2, allow_nan=False, allow_infinity=False
)


# Tolerance and arithmetic


@given(stated=numbers, share=st.floats(0, 0.98))
def test_a_value_is_the_stated_one_within_half_a_unit_of_its_last_digit(stated, share):
    away = half_unit(str(stated)) * Decimal(repr(share))

    assert within(str(stated), float(stated + away))
    assert within(str(stated), float(stated - away))


@given(stated=numbers, more=st.floats(1.02, 1000))
def test_a_value_farther_than_half_a_unit_of_the_last_digit_differs(stated, more):
    away = half_unit(str(stated)) * Decimal(repr(more))

    assert not within(str(stated), float(stated + away))
    assert not within(str(stated), float(stated - away))


def test_a_decimal_more_makes_a_claim_ten_times_as_exact():
    assert within("25", 25.4)
    assert not within("25.0", 25.4)
    assert within("25.0", 25.04)


def test_zeros_of_a_round_number_are_digits_unless_the_document_says_about():
    assert not within("60", 63)
    assert within("60", 63, approximate=True)
    assert not within("60", 66, approximate=True)
    assert half_unit("21500", approximate=True) == 50


@given(
    known=st.fixed_dictionaries(dict.fromkeys("abc", numbers)),
    inside=st.tuples(*[st.floats(-0.99, 0.99)] * 3),
)
def test_what_figures_imply_holds_for_every_number_they_may_stand_for(known, inside):
    texts = {name: str(value) for name, value in known.items()}
    bounds = {name: interval(text) for name, text in texts.items()}
    truth = {
        name: Interval(*[float(known[name]) + share * float(half_unit(texts[name]))] * 3)
        for (name, share) in zip("abc", inside, strict=True)
    }

    for expression in ("a / b * 100", "a - b / (1 + c / 100)", "(a / b - 1) * c", "-a + b"):
        implied, exact = evaluate(expression, bounds), evaluate(expression, truth)

        slack = 1e-6 * max(1.0, abs(exact.value))
        assert implied.low - slack <= exact.value <= implied.high + slack


@pytest.mark.parametrize(
    "text", ["__import__('os')", "a ** b", "a if b else c", "a.real", "a / (b - b)", "d + 1", "a +"]
)
def test_an_expression_can_do_nothing_but_arithmetic(text):
    known = {"a": interval("3"), "b": interval("2"), "c": interval("1")}

    with pytest.raises(Refused):
        evaluate(text, known)


# The sample's file


def test_the_eighty_figures_of_the_five_documents_are_judged_once_each(installed):
    rows = says(installed)

    assert len(rows) == len({row["id"] for row in rows}) == 80
    assert len({name for row in rows for name in row["document"].split(" ; ")}) == 5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_verdict_says_why_in_full_sentences_with_numbers(verdicts, language):
    for verdict in verdicts.values():
        row = verdict.as_dict(language)

        assert set(row) == KEYS
        assert row["verdict"] in list(Outcome)
        assert isinstance(row["stated"], int | float)
        assert re.search(r"\d", row["why"]), row["id"]
        assert re.match(r"[A-ZÀ-Ý“«\d]", row["why"]), row["id"]
        assert row["why"].endswith("."), row["id"]
        assert "{" not in row["why"], row["id"]


def test_the_quotes_stand_in_the_claims_with_the_number_they_state(installed):
    without = {
        # The document counts by listing, or in words, or writes the figure otherwise.
        "boucle_conditions", "likert_items", "likert_options", "agence_missions", "quiz_items",
        "fdr_priorites", "fdr_actions", "equipements", "das", "qpv_part_pop", "ouvriers_services",
        "ti_projets", "ti_porteurs", "manifeste_a", "manifeste_b", "fdr_axes",
    }  # fmt: skip
    for claim in claims.read(installed.var).claims:
        quote = re.sub(r"(?<=\d) (?=\d{3})", "", claim.quote).replace(",", ".")

        assert (claim.stated.lstrip("-") in quote) or claim.id in without, claim.id


def test_every_indicator_named_by_a_claim_is_declared(installed):
    named = set()
    for claim in claims.read(installed.var).claims:
        named |= {claim.indicator, claim.measure, *claim.nearest} - {""}

    assert named <= set(indicators())


def test_industry_cannot_be_at_once_17230_jobs_and_3_9_per_cent_of_281735(verdicts):
    row = verdicts["part_industrie_document"].as_dict("fr")

    assert row["verdict"] == "inconsistent"
    assert row["computed"] == pytest.approx(6.1157, abs=1e-4)
    assert "6,12" in row["why"]
    assert "2,2 points" in row["why"]
    assert verdicts["emplois_industrie"].outcome == Outcome.INCONSISTENT


def test_the_contradiction_vanishes_when_the_documents_agree(house):
    path = house.var / "authority" / "claims.toml"
    text = path.read_text("utf-8")
    wrong, right = (f'stated = "{n}"\nunit = {{ fr = "% des' for n in ("3.9", "6.1"))
    assert wrong in text
    path.write_text(text.replace(wrong, right), "utf-8")

    assert judged(house)["part_industrie_document"].outcome == Outcome.NOT_PROVABLE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("part_industrie_document", "6,12"),
        ("emplois_industrie", "17 320"),
        ("disparitions", "522 à 1 043 défaillances"),
        ("foncier_m2", "3 millions"),
        ("entreprises", "57 828 établissements"),
        ("etablissements", "53 453 entreprises"),
        ("rang_industriel", "troisième pôle économique"),
        ("chomage_evol", "se dit en points"),
        ("chomage_ecart_mgp", "de près d'un point"),
        ("chomage_ecart_idf", "de plus d'1,5 point"),
        ("fdr_axes", "5 axes"),
        ("fdr_axes", "2020-2023"),
        ("manifeste_a", "60 signataires"),
        ("manifeste_b", "50 signataires"),
        ("ti_nombre", "124 territoires"),
        ("gpe_gares", "le calendrier a glissé"),
        ("convention_partenaires", "la liste de leurs noms y manque"),
        ("etab_productifs", "3,6 emplois chacun contre 4,9"),
        ("emplois_productifs", "36"),
        ("chomage", "ne se compare ni"),
        ("demandeurs", "ne se comparent pas"),
        ("das", "d'autres listes"),
        ("entreprises_part_idf", "sans doute une copie"),
        ("emplois_part_mgp", "3 912 986 emplois dans la Métropole"),
    ],
)
def test_what_the_documents_contradict_is_raised_and_not_hidden(verdicts, name, words):
    why = verdicts[name].as_dict("fr")["why"]

    assert words in re.sub("[\u202f\u00a0]", " ", why)


def test_a_change_of_one_year_in_a_rolling_survey_compares_with_nothing(verdicts):
    assert verdicts["emplois_evol"].outcome == Outcome.NOT_COMPARABLE
    assert verdicts["population_evol"].outcome == Outcome.NOT_COMPARABLE
    assert "284 581" in verdicts["emplois_evol"].as_dict("fr")["why"].replace("\u202f", " ")


def test_communes_and_what_documents_list_are_confirmed_with_packages_alone(verdicts):
    confirmed = {name for name, v in verdicts.items() if v.outcome == Outcome.CONFIRMED}

    assert confirmed == {
        "communes", "num_ambitions", "boucle_conditions", "likert_items", "likert_options",
        "agence_missions", "quiz_items", "ti_axes", "ti_priorites_region", "convention_axes",
        "fdr_axes", "fdr_priorites", "fdr_actions", "das", "equipements",
    }  # fmt: skip
    why = verdicts["communes"].as_dict("fr")["why"]
    assert "18 (Val-de-Marne), 6 (Essonne)" in why


def test_a_count_differs_when_the_transcription_has_another_number(house):
    path = house.var / "authority" / "claims.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('  "Mieux former pour mieux recruter",\n', ""), "utf-8")

    row = judged(house)["ti_priorites_region"].as_dict("fr")
    assert (row["verdict"], row["computed"]) == ("differs", 2)


# Published data, and the sample


def exact_tables(house) -> dict:
    """Tables that would confirm the stated figures to the last unit, if they were believed."""
    return {
        "jobs_at_workplace": spread(house, "2016", jobs=281735),
        "census": spread(house, "2016", population=696430, unemployed=1432, active=10000),
        "local_taxes": [
            {**row, "tax": "CFE", "measure": "amount"}
            for row in spread(house, "2019", value=128170000)
        ],
        "jobseekers": [
            {**row, "category": "ABC", "sex": "all", "age": "all"}
            for row in spread(house, "2019-Q4", jobseekers=60533)
        ],
    }


PROVEN = ("emplois", "population", "chomage", "cfe", "demandeurs")


def test_published_data_of_the_same_date_confirm_a_claim(house):
    put(house, Origin.REAL, **exact_tables(house))

    found = judged(house)
    assert {name: found[name].outcome.value for name in PROVEN} == dict.fromkeys(
        PROVEN, "confirmed"
    )


def test_the_same_values_confirm_nothing_when_they_are_invented(house):
    before = says(house)

    put(house, Origin.INVENTED, **exact_tables(house))

    assert says(house) == before


def test_published_data_that_differ_say_by_how_much(house):
    put(
        house, Origin.REAL,
        jobs_at_workplace=spread(house, "2016", jobs=281000),
        census=spread(house, "2016", unemployed=1400, active=10000, population=696430),
    )  # fmt: skip

    found = judged(house)
    jobs, rate = found["emplois"].as_dict("fr"), found["chomage"].as_dict("fr")
    assert (jobs["verdict"], jobs["computed"]) == ("differs", 281000)
    assert "+735" in jobs["why"]
    assert "0,3 %" in jobs["why"].replace("\u202f", " ")
    assert rate["verdict"] == "differs"
    assert "+0,32 point" in rate["why"]


def test_data_of_other_years_frame_a_claim_and_prove_nothing(house):
    put(
        house, Origin.REAL,
        census=[*spread(house, "2012", population=671505, unemployed=1343, active=10000),
                *spread(house, "2018", population=710962, unemployed=1377, active=10000)],
    )  # fmt: skip

    found = judged(house)
    people = found["population"].as_dict("fr")
    assert (people["verdict"], people["computed"]) == ("not_provable", None)
    assert "entre les deux" in people["why"]
    assert "recensement 2016" in people["why"]
    assert "au-dessus des deux" in found["chomage"].as_dict("fr")["why"]


def test_several_figures_that_come_close_are_told_together_and_none_is_the_nearest(
    installed, monkeypatch
):
    close = [income(13210), income(32630)]
    monkeypatch.setattr(claims.judge.published, "nearest", lambda _house, _claim: close)

    said = judged(installed)["revenu_median"].as_dict("fr")["why"]

    assert "le plus proche" not in said
    assert said.count("ne mesurent pas la même chose") == 1
    assert all(amount in re.sub("[\u202f\u00a0]", " ", said) for amount in ("13 210", "32 630"))


PACK = {
    "census": ("census/rp2012.csv.gz", "census/rp2018.csv.gz"),
    "boundaries": ("geography/communes-ile-de-france-2018.geojson",),
    "stations": ("geography/emplacement-des-gares-idf.geojson",),
    "establishments_by_size": (
        "establishments_by_size/base_etablissement_par_tranche_effectif.csv",
    ),
}


@pytest.mark.pack
def test_on_the_data_pack_each_figure_has_the_verdict_its_data_allow(house, pack: Path):
    made = runner(house.var / "store")
    for key, names in PACK.items():
        raws = [Raw(pack / name, name) for name in names]
        run = made.load(source(key), raws, publish=False)
        assert run.status == "published", run.error
    made.finish()
    house.refresh()

    found = judged(house)
    counts = Counter(verdict.outcome.value for verdict in found.values())
    assert counts == {
        "not_provable": 49, "confirmed": 15, "inconsistent": 8, "not_comparable": 5, "differs": 3,
    }  # fmt: skip
    _agrees_with_the_pack({name: v.as_dict("fr") for name, v in found.items()})


def _agrees_with_the_pack(rows: dict) -> None:
    def why(name: str) -> str:
        return re.sub("[\u202f\u00a0]", " ", rows[name]["why"])

    assert "671 505 habitants (2012) et 710 962 habitants (2018)" in why("population")
    assert "13,43 % (2012) et 13,77 % (2018)" in why("chomage")
    assert "0,46 point (2012) et 0,83 point (2018)" in why("chomage_ecart_mgp")
    assert "1,19 point (2012) et 1,38 point (2018)" in why("chomage_ecart_idf")
    assert "38 038 établissements (2014)" in why("entreprises")
    assert rows["gpe_gares"]["verdict"] == "differs"
    assert rows["gpe_gares"]["computed"] == 6
    assert rows["gpe_lignes"]["computed"] == 1


# What documents state in the framing table


def test_a_row_without_data_shows_what_documents_state_of_it(installed):
    place = installed.home

    jobs = claims.cited(installed, "jobs_at_workplace", place)
    assert jobs is not None
    assert (jobs.value.id, jobs.doubted) == ("emplois", False)
    assert {claim.id for claim in jobs.shares} == {"emplois_part_mgp", "emplois_part_idf"}
    assert jobs.rank is not None
    assert jobs.rank.id == "emplois_rang"
    industry = claims.cited(installed, "jobs_industry_share", place)
    assert industry is not None
    assert industry.doubted


def test_documents_state_nothing_of_another_place(installed):
    other = installed.place("commune:94081")

    assert claims.cited(installed, "jobs_at_workplace", other) is None
    assert claims.cited(installed, "share_women", installed.home) is None


# An authority's own file


def test_a_territory_without_claims_is_told_where_to_write_them(france, tmp_path):
    house = install(france, tmp_path / "var", "epci:200071082")

    with pytest.raises(Refused, match=r"authority/claims\.toml"):
        claims.judge_all(house)


CLAIM = """
[[documents]]
id = "note"
title = "Une note"
[[claims]]
id = "one"
label = "Un chiffre"
stated = "12"
unit = "communes"
documents = ["note"]
quote = "douze"
kind = "places"
"""


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('documents = ["note"]', 'documents = ["nota"]', "nota"),
        ('kind = "places"', 'kind = "place"', "place"),
        ('quote = "douze"', 'quotes = "douze"', "has no quote"),
        ('quote = "douze"', 'quote = "douze"\ncolour = "red"', "colour"),
        ('kind = "places"', 'kind = "statement"', "published"),
        ('stated = "12"', 'stated = "douze"', "“douze” is not a number"),
        ('stated = "12"', "stated = 12.5", "“12.5” is not a number"),
        ('kind = "places"', 'kind = "indicator"', "indicator"),
        ('id = "note"', 'id = "note', "cannot be read"),
        (
            'kind = "places"',
            'kind = "none"\n[claims.implies]\nexpression = "two + 1"\nwhat = "x"',
            "two",
        ),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_correct(tmp_path, wrong, right, says):
    path = tmp_path / "authority" / "claims.toml"
    path.parent.mkdir()
    assert wrong in CLAIM
    path.write_text(CLAIM.replace(wrong, right), "utf-8")

    with pytest.raises(Refused, match=says):
        claims.read(tmp_path)


# Pages


def test_the_page_shows_each_figure_with_its_mark_its_verdict_and_its_address(
    installed, client, settings, db
):
    settings.VAR = installed.var

    page = client.get("/chiffres-cites/").content.decode()

    assert page.count('class="mark mark--cited"') == 80
    assert 'id="part_industrie_document"' in page
    for word in ("incohérent", "différent", "non comparable", "non prouvable", "confirmé"):
        assert word in page


def test_the_page_is_narrowed_by_its_address(installed, client, settings, db):
    settings.VAR = installed.var

    page = client.get("/chiffres-cites/?verdict=inconsistent&document=industry").content.decode()

    assert page.count('class="mark mark--cited"') == 1
    assert 'id="manifeste_a"' in page


def test_an_unknown_verdict_is_refused_with_those_there_are(installed, client, settings, db):
    settings.VAR = installed.var

    response = client.get("/chiffres-cites/?verdict=wrong")

    assert response.status_code == 400
    assert "not_provable" in response.content.decode()


def test_the_verdicts_are_given_as_data(installed, client, settings, db):
    settings.VAR = installed.var

    given = client.get("/chiffres-cites.json").json()
    table = client.get("/chiffres-cites.csv").content.decode("utf-8-sig").splitlines()

    assert len(given["claims"]) == sum(given["counts"].values()) == 80
    assert set(given["claims"][0]) == KEYS
    assert len(table) == 81


def test_a_territory_without_claims_has_a_page_that_says_so(france, tmp_path, client, settings, db):
    house = install(france, tmp_path / "var", "epci:200071082")
    settings.VAR = house.var

    response = client.get("/chiffres-cites/")

    assert response.status_code == 200
    assert "var/authority/claims.toml" in response.content.decode()
