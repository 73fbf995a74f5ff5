"""Exposure of jobs to declared scenarios: intervals, sums, secrecy, pages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlparse

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from bassin.errors import Refused
from bassin.indicators.scenarios import declared, dependency, jobs
from bassin.indicators.scenarios.declared import Scenario, Shock
from bassin.indicators.scenarios.exposure import Exposure, alone, expose, judge, total
from bassin.indicators.scenarios.jobs import SIRENE, URSSAF, Cell, Range
from bassin.indicators.scenarios.study import studies, study
from bassin.observe.observatory import actions
from bassin.observe.observatory import exposed as shown
from bassin.observe.observatory.models import Statement
from bassin.types import LANGUAGES, Origin, Text
from bassin.ui.shared import exposure as told
from tests.support.installing import install, put

SHOCKS = ("air", "hotels")


def scenario(**ends: tuple[float, float]) -> Scenario:
    """A scenario whose shocks are these; two activities know no other."""
    codes = {"air": "51", "hotels": "55"}
    shocks = tuple(
        Shock(name, (codes[name],), Text(name), Text(name), low, high)
        for name, (low, high) in ends.items()
    )
    words = Text("essai", "trial")
    return Scenario("essai", 1, 9, words, words, words, words, words, 24, shocks)


shares = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda ends: tuple(sorted(ends)))


@st.composite
def cells(draw) -> Cell:
    """Any cell of employers with staff, as a source may give it."""
    employers = draw(st.integers(0, 40))
    if employers == 0:
        return Cell()
    least = draw(st.integers(employers, employers + 500))
    most = draw(st.one_of(st.none(), st.integers(least, 3 * least)))
    besides = draw(st.integers(employers - 1, least - 1)) if employers > 1 else 0
    largest = None if most is None else float(most - besides)
    return Cell(
        Range(float(least), None if most is None else float(most)), employers, largest,
        float(besides),
    )  # fmt: skip


communes = st.dictionaries(st.sampled_from([*SHOCKS, jobs.OTHER]), cells())


def top(found: Range) -> float:
    return float("inf") if found.high is None else found.high


@given(communes, shares, shares)
def test_the_low_end_is_never_above_the_high_end(places, air, hotels):
    found = expose(places, scenario(air=air, hotels=hotels))

    for each in (found.exposed, found.touched, found.jobs, told.outwards(found.exposed)):
        assert 0 <= each.low <= top(each)
    assert found.exposed.low <= found.jobs.low
    assert top(found.exposed) <= top(found.jobs)


@given(communes, shares, st.integers(0, 100), st.integers(0, 100))
def test_a_stronger_shock_never_exposes_fewer_jobs(places, weak, more_low, more_high):
    low, high = min(100, weak[0] + more_low), min(100, weak[1] + more_high)

    before = expose(places, scenario(air=weak)).exposed
    after = expose(places, scenario(air=(low, max(low, high)))).exposed

    assert before.low <= after.low
    assert top(before) <= top(after)


@given(st.lists(communes, max_size=5), shares, shares)
def test_the_place_is_the_sum_of_its_communes(places, air, hotels):
    supposed = scenario(air=air, hotels=hotels)
    parts = [expose(each, supposed) for each in places]

    found = total(parts)

    assert found.exposed.low == pytest.approx(sum(each.exposed.low for each in parts))
    assert top(found.exposed) == pytest.approx(sum(top(each.exposed) for each in parts))
    assert found.employers == sum(each.employers for each in parts)


@given(communes, shares, shares)
def test_the_share_holds_the_share_of_any_jobs_inside_the_intervals(places, air, hotels):
    found = expose(places, scenario(air=air, hotels=hotels))
    part = found.share

    if part is None:
        assert found.jobs.high == 0
    else:
        assert 0 <= part.low <= top(part) <= 100


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_written_interval_holds_the_exact_one(one, other):
    exact = Range(min(one, other), max(one, other))

    written = told.outwards(exact)

    assert written.low <= exact.low
    assert top(written) >= exact.high


def test_the_most_precise_code_wins_over_its_section():
    first = declared.scenarios()
    energy = next(each for each in first if each.id == "energie")

    activities = energy.activities()

    assert activities["24.10Z"] == "intensive"
    assert activities["10.71C"] == "alimentaire"
    assert activities["26.51A"] == "industrie"
    assert "85.20Z" not in activities


def test_three_scenarios_are_always_declared_and_each_says_who_supposes_it_in_both_languages():
    listed = declared.scenarios()

    assert len(listed) >= declared.SHOWN
    for each in listed:
        texts = [each.title, each.short, each.description, each.author, each.horizon]
        texts += [text for shock in each.shocks for text in (shock.label, shock.why)]
        assert all(text.fr and text.en for text in texts), each.id
        assert "hypothèse" in each.author.fr


def test_an_authority_replaces_a_scenario_by_its_id(tmp_path):
    own = tmp_path / "authority" / "scenarios"
    own.mkdir(parents=True)
    text = (declared.FOLDER / "aviation.toml").read_text("utf-8")
    (own / "ours.toml").write_text(text.replace("version = 1", "version = 7"), "utf-8")

    listed = declared.scenarios(tmp_path)

    assert [each.version for each in listed if each.id == "aviation"] == [7]
    assert len(listed) == len(declared.scenarios())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("high = 35", "low"), ('naf = ["51"]', "XX"), ("order = 1", "lacks order"),
        ("horizon_months = 24", "unknown"),
    ],
)  # fmt: skip
def test_a_damaged_scenario_is_refused_by_name(tmp_path, wrong, said):
    changed = {
        "high = 35": "high = 5", 'naf = ["51"]': 'naf = ["XX"]', "order = 1": "",
        "horizon_months = 24": "horizon_months = 24\nweight = 2",
    }  # fmt: skip
    own = tmp_path / "authority" / "scenarios"
    own.mkdir(parents=True)
    text = (declared.FOLDER / "aviation.toml").read_text("utf-8")
    (own / "ours.toml").write_text(text.replace(wrong, changed[wrong], 1), "utf-8")

    with pytest.raises(Refused, match=said):
        declared.scenarios(tmp_path)


def test_an_address_changes_the_assumptions_and_says_they_are_the_readers():
    supposed = scenario(air=(15, 35))

    changed = supposed.with_shocks({"essai-air-haut": "60"})

    assert (changed.shocks[0].low, changed.shocks[0].high) == (15, 60)
    assert changed.edited
    assert not supposed.with_shocks({"essai-air-bas": "15"}).edited


@pytest.mark.parametrize("asked", ["-1", "101", "beaucoup", "nan", "inf"])
def test_a_share_that_is_not_one_is_refused_with_what_was_given(asked):
    with pytest.raises(Refused, match=asked):
        scenario(air=(15, 35)).with_shocks({"essai-air-haut": asked})


def test_a_low_end_above_the_high_one_is_refused():
    with pytest.raises(Refused, match="60"):
        scenario(air=(15, 35)).with_shocks({"essai-air-bas": "60"})


def of(employers: int, largest: float, besides: float) -> Exposure:
    """A commune with so many establishments, whose largest makes so much."""
    jobs_in = Range(largest + besides, largest + besides)
    return Exposure(jobs_in, jobs_in, jobs_in, employers, largest, besides, largest + besides)


@pytest.mark.parametrize(
    ("found", "shown_"),
    [
        (of(3, 10, 20), True), (of(2, 10, 20), False), (of(5, 85, 15), False),
        (of(5, 84, 16), True), (of(0, 0, 0), True),
    ],
)  # fmt: skip
def test_few_or_dominant_establishments_are_hidden(found, shown_):
    assert alone(found).shown is shown_


def test_an_establishment_whose_size_has_no_end_dominates():
    assert not alone(replace(of(50, 0, 400), largest=None)).shown


def test_a_commune_hidden_for_its_largest_establishment_says_only_that_it_may_dominate():
    judged = judge({"a": of(8, 90, 5), "b": of(9, 20, 60), "c": of(9, 30, 90)})

    assert "prudence" in judged["a"].verdict.reason.fr


def test_a_hidden_commune_cannot_be_recovered_from_the_others():
    family = {"a": of(1, 40, 0), "b": of(9, 20, 60), "c": of(9, 30, 90)}

    judged = judge(family)

    assert not judged["a"].verdict.shown
    assert sum(not each.verdict.shown for each in judged.values()) >= 2


def test_a_selection_by_hand_is_hidden_with_its_hidden_commune():
    family = judge({"a": of(1, 40, 0), "b": of(9, 20, 60), "c": of(9, 30, 90)})

    assert not total(list(family.values()), by_hand=True).verdict.shown
    assert total(list(family.values())).verdict.shown


def stock(commune: str, naf: str, band: str, count: int, least: int, most: int | None) -> dict:
    """A row of the stock: so many establishments of one band."""
    return {
        "commune_code": commune, "naf_code": naf, "period": "2026-10-31", "cog": 2026,
        "headcount_band": band, "is_head_office": True, "is_employer": True,
        "establishments": count, "ess": 0, "headcount_min": least * count,
        "headcount_max": None if most is None else most * count,
    }  # fmt: skip


def urssaf(commune: str, naf: str, establishments: int, headcount: int | None) -> dict:
    """A row of Urssaf; without headcount it is masked."""
    return {
        "commune_code": commune, "naf_code": naf, "period": "2024", "cog": 2024,
        "establishments": establishments, "headcount": headcount,
        "headcount_masked": headcount is None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def house(france, tmp_path_factory):
    """The sample's territory with a few establishments in each of its communes."""
    made = install(france, tmp_path_factory.mktemp("scenarios") / "var")
    rows, counted = [], []
    for commune in made.home.communes:
        rows += [
            stock(commune, "51.10Z", "11", 4, 10, 19), stock(commune, "55.10Z", "03", 5, 6, 9),
            stock(commune, "85.20Z", "12", 3, 20, 49), stock(commune, "47.11A", "NN", 30, 0, 0),
        ]  # fmt: skip
        counted += [urssaf(commune, "51.10Z", 4, 60), urssaf(commune, "55.10Z", 5, None)]
    put(made, Origin.INVENTED, establishment_stock=rows, urssaf_headcounts=counted)
    return made


def test_bands_give_an_interval_summed_over_the_communes(house):
    found = study(house, house.home, scenario(air=(10, 50)), SIRENE)

    count = len(house.home.communes)
    assert found.total.exposed == Range(
        pytest.approx(count * 40 * 0.1), pytest.approx(count * 76 * 0.5)
    )
    assert found.total.jobs.low == count * (40 + 30 + 60)
    assert found.period == "2026-10-31"
    assert found.origin == Origin.INVENTED


def test_urssaf_is_preferred_and_a_masked_headcount_is_bounded_by_the_bands(house):
    source = jobs.choose(house)

    found = study(house, house.home, scenario(air=(10, 10), hotels=(100, 100)), source)

    count = len(house.home.communes)
    assert source is URSSAF
    assert found.total.exposed == Range(pytest.approx(count * 6), pytest.approx(count * (6 + 45)))


def test_a_place_that_the_data_do_not_cover_has_no_scenario(house):
    region = house.place("region:11")

    assert study(house, region, scenario(air=(10, 50)), SIRENE) is None
    assert studies(house, region, declared.scenarios(), None) == []


def test_a_commune_has_the_same_verdict_on_its_page_and_on_the_territorys(house):
    supposed = scenario(air=(10, 50))
    whole = study(house, house.home, supposed, SIRENE)

    for place, exposure in whole.communes[:4]:
        own = study(house, place, supposed, SIRENE)

        assert own.total == exposure
        assert own.communes == ()


def test_an_unknown_source_is_refused_with_those_that_are_loaded(house):
    with pytest.raises(Refused, match="urssaf, sirene"):
        jobs.choose(house, "flores")


def test_the_first_sector_and_the_largest_establishments_name_no_firm(house):
    sector = dependency.first_sector(house, house.home, SIRENE)
    largest = dependency.largest_employers(house, house.home)

    assert sector.what.fr == "Enseignement"
    assert sector.share.low < sector.share.high < 100
    assert "20 salariés" in largest.what.fr
    assert largest.employers >= 3


def test_sentences_are_written_in_the_language_asked_for(house):
    found = study(house, house.home, scenario(air=(10, 50)), SIRENE)

    said = told.sentence(found, "fr")

    assert "entre 96 et 920 emplois exposés" in said.replace("\u202f", " ")
    assert said.startswith("Grand-Orly Seine Bièvre")


def test_files_give_no_value_of_a_hidden_commune(house):
    found = study(house, house.home, scenario(air=(10, 50)), SIRENE)
    place, exposure = found.communes[0]
    hidden = replace(exposure, verdict=alone(of(2, 10, 20)))

    rows = shown.flat(replace(found, communes=((place, hidden),)), "fr")

    assert rows[1]["exposed_low"] is None
    assert rows[1]["exposed_high"] is None
    assert rows[1]["share_high_pct"] is None
    assert rows[1]["why"]


@pytest.fixture
def client(house, settings):
    settings.VAR = house.var
    return Client()


@pytest.mark.django_db
def test_the_page_always_shows_three_scenarios_marked_as_assumptions(client):
    page = client.get("/scenarios/").content.decode()

    for each in declared.scenarios():
        assert each.title.fr in page.replace("&#x27;", "'")
    assert page.count("Hypothèse de l&#x27;observatoire, à discuter") == 3
    assert "pas une prévision" in page


@pytest.mark.django_db
def test_the_form_leads_to_the_shortest_address_of_what_was_changed(client):
    asked = {"appliquer": "1", "aviation-air-bas": "15", "aviation-air-haut": "60"}

    answer = client.get("/scenarios/", asked)

    query = parse_qs(urlparse(answer.headers["Location"]).query)
    assert query == {
        "lieu": ["ept:200058014"], "aviation-air-bas": ["15"], "aviation-air-haut": ["60"],
    }  # fmt: skip
    assert "ce qui suit est à vous" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.django_db
def test_the_data_carry_the_assumptions_and_the_mark_of_the_sample(client):
    given_ = client.get("/scenarios.json?aviation-air-haut=60").json()

    assert given_["example"] is True
    first = given_["scenarios"][0]
    assert (first["edited"], first["shocks"][0]["high_pct"]) == (True, 60)
    assert {row["origin"] for row in given_["rows"]} == {"invented"}
    listed = client.get("/scenarios.csv")
    assert "EXEMPLE-" in listed.headers["Content-Disposition"]


@pytest.mark.django_db
def test_a_statement_is_kept_once_and_shown_again(client, house):
    sent = {"scenario": "aviation", "source": "sirene"}

    first = client.post("/scenarios/garder/", sent)
    again = client.post("/scenarios/garder/", sent)

    assert first.headers["Location"] == again.headers["Location"]
    kept = Statement.objects.get()
    assert set(kept.sentence) == set(LANGUAGES)
    page = client.get(first.headers["Location"]).content.decode()
    assert "comme une hypothèse à discuter" in page
    assert "Aucune période plus récente" in page
    assert "1er " in page.partition("À juger à partir du")[2].partition("</dd>")[0]


@pytest.mark.django_db
def test_changed_assumptions_are_nobodys_statement(house):
    edited = scenario(air=(10, 50)).with_shocks({"essai-air-haut": "60"})
    found = study(house, house.home, edited, SIRENE)

    with pytest.raises(Refused, match="adresse"):
        actions.state(found, release="r", now=datetime(2026, 11, 20, tzinfo=UTC))

    assert not Statement.objects.exists()


@pytest.mark.django_db
def test_a_statement_is_to_be_judged_once_its_horizon_is_over(house):
    found = study(house, house.home, scenario(air=(10, 50)), SIRENE)

    kept = actions.state(found, release="r", now=datetime(2026, 12, 20, tzinfo=UTC))

    assert kept.due_on == date(2029, 1, 1)
