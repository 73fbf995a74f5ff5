"""Every declared figure is complete, bilingual, documented, and computed from a known table."""

import re
import shutil
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from bassin.demo import authorities
from bassin.errors import Refused
from bassin.indicators import catalogue
from bassin.indicators.catalogue import indicators
from bassin.indicators.compile import expression, sql
from bassin.indicators.declaration import Indicator, read
from bassin.indicators.numbers import unit
from bassin.observe.observatory.profile import CHAPTERS
from bassin.taxonomies.naf import rev2
from bassin.territory.lists import read_lists
from bassin.types import Text

SAMPLE = "200058014"
DOCUMENTED = Path(settings.CHECKOUT) / "docs" / "indicators.md"
# The rows of the framing table of the workshop's background note, in their order.
FRAMING = [
    "jobs_at_workplace", "firms_head_offices", "establishments", "population",
    "unemployment_rate_census", "cfe_amount", "cvae_amount", "fiscal_potential_per_inhabitant",
    "median_income", "births", "closures", "jobs_industry_share", "jobseekers_abc",
]  # fmt: skip


def own() -> list[Indicator]:
    """Those an authority of the sample wrote for itself."""
    folder = authorities.folder(SAMPLE)
    assert folder is not None
    return [read(path) for path in sorted((folder / "indicators").glob("*.toml"))]


@cache
def everything() -> dict[str, Indicator]:
    return indicators() | {each.id: each for each in own()}


NAMES = sorted(everything())
SHOWN = [name for name in NAMES if everything()[name].status != "draft"]
each_indicator = pytest.mark.parametrize("name", NAMES)
each_shown = pytest.mark.parametrize("name", SHOWN)


@pytest.fixture
def found(name: str) -> Indicator:
    return everything()[name]


def texts(found: Indicator) -> list[Text]:
    """Everything a person reads of an indicator."""
    said = [
        found.label,
        found.definition,
        found.universe,
        Text.of(found.raw["aggregation"]["note"]),
    ]
    said += [why for _, why in (*found.breaks, *found.not_with)]
    said.append(found.citation)
    return said + [text for text in (found.caveat, found.to_load, found.noun) if text is not None]


def test_there_are_more_than_the_48_that_were_promised():
    shown = [each for each in indicators().values() if each.status == "published"]

    assert len(shown) >= 48


@each_indicator
def test_a_unit_that_is_a_french_word_has_an_english_one(found):
    same_in_both = {"", "%", "€", "€/m²", "€/h", "IRIS", "km²"}

    assert found.symbol in same_in_both or unit(found.symbol, "en") != found.symbol


@each_indicator
def test_an_indicator_is_complete_in_both_languages(found):
    for text in texts(found):
        assert text.fr.strip() == text.fr != ""
        assert text.en.strip() == text.en != ""


@each_shown
def test_an_indicator_says_its_limits_its_method_and_its_source(found):
    assert found.caveat is not None
    assert found.raw["aggregation"]["note"]
    assert all(found.raw["sources"][0].get(field) for field in ("url", "citation", "processing"))
    assert "{vintage}" in found.citation.fr
    assert "{vintage}" in found.citation.en
    assert found.chapter in CHAPTERS
    assert found.to_load or found.dataset == "commune_base"


@each_indicator
def test_french_texts_are_written_as_french_is(found):
    for text in texts(found):
        assert not re.search(r"[^ (\s][;:!?»](?!\w)|«\S|\S»", text.fr.replace(" :", " :")), text.fr
        assert not re.search(r" {2}|\.\.\.|\"", text.fr), text.fr
        assert text.en[0] != "«"


@each_shown
def test_an_indicator_is_compiled_from_a_known_table(found):
    assert found.dataset in sql(found)


def test_a_draft_may_wait_for_a_source_that_nobody_reads_yet():
    ilo = everything()["unemployment_rate_ilo"]

    assert ilo.status == "draft"
    with pytest.raises(Refused, match="No source publishes the table localised_unemployment"):
        expression(ilo)


def test_what_an_indicator_is_not_compared_with_exists():
    for found in everything().values():
        others = {name for name, _ in found.not_with}

        assert others <= everything().keys(), found.id
        assert found.id not in others


def test_a_percentage_stays_between_0_and_100_unless_it_says_otherwise():
    shares = [each for each in everything().values() if each.symbol == "%"]

    loose = {each.id for each in shares if each.raw["checks"][0]["assert"] != "0 <= value <= 100"}
    assert loose == {"unemployment_rate_census", "churn_rate"}


def test_every_indicator_is_documented():
    lines = DOCUMENTED.read_text("utf-8").splitlines()
    for found in everything().values():
        row = next((line for line in lines if line.startswith(f"| `{found.id}`")), "")

        assert row, f"docs/indicators.md has no row for {found.id}"
        assert f"{found.label.fr} · *{found.label.en}*" in row
        assert found.producer in row
        assert f"| {found.symbol} |" in row or not found.symbol


def test_the_documentation_has_no_row_for_what_is_not_declared():
    rows = re.findall(r"^\| `(\w+)`", DOCUMENTED.read_text("utf-8"), re.MULTILINE)

    assert sorted(rows) == NAMES


def test_the_framing_table_has_the_rows_of_the_background_note_in_their_order():
    rows = sorted((i for i in indicators().values() if i.cadrage), key=lambda i: i.cadrage)

    assert [each.id for each in rows] == FRAMING
    assert all(each.status != "draft" for each in rows)


def test_labels_are_unique():
    labels = [each.label.fr for each in everything().values()]

    assert sorted(set(labels)) == sorted(labels)


def test_no_two_figures_of_a_chapter_claim_the_same_place():
    places = [(each.chapter, each.order) for each in everything().values()]

    assert sorted(set(places)) == sorted(places)


def test_only_exhaustive_lists_turn_an_absence_into_zero():
    exhaustive = {"establishment_stock", "establishment_flows", "failures_yearly", "offers",
                  "offers_green", "insertion_employers", "station_communes"}  # fmt: skip
    zeros = {each.dataset for each in everything().values() if each.absent == "zero"}

    assert zeros == exhaustive


def test_the_authoritys_fields_are_those_of_its_dated_list():
    folder = authorities.folder(SAMPLE)
    fields = next(
        each for each in read_lists(folder / "lists.toml") if each.id == "strategic_domains"
    )
    declared = {
        each.id.removeprefix("domain_share_"): each
        for each in own()
        if each.id.startswith("domain_share_")
    }

    assert declared.keys() == {item.code for item in fields.items}
    for item in fields.items:
        found = declared[item.code]
        assert item.label.fr in found.label.fr
        quoted = ", ".join(f'"{code}"' for code in item.naf_rev2)
        assert found.numerator.where == f"naf_code in naf({quoted})"
        assert rev2().subclasses(item.naf_rev2)


class TestAuthority:
    """An authority may declare its own figures, without touching the product."""

    @pytest.fixture(autouse=True)
    def forgotten(self):
        catalogue.follow(Path("nowhere"))  # whatever installation another test opened
        yield
        catalogue.follow(Path("nowhere"))

    def test_its_declarations_join_those_of_the_systems(self, tmp_path):
        folder = authorities.folder(SAMPLE)
        shutil.copytree(folder / "indicators", tmp_path / "indicators")
        before = set(indicators())

        catalogue.follow(tmp_path / "indicators")

        assert set(indicators()) - before == {each.id for each in own()}

    def test_an_id_that_a_system_already_has_is_refused_with_both_files(self, tmp_path):
        declared = next(f for folder in catalogue.folders() for f in folder.glob("population.toml"))
        shutil.copy(declared, tmp_path)

        catalogue.follow(tmp_path)
        with pytest.raises(Refused, match=r"population is declared twice: .*Rename one of them"):
            indicators()

    def test_an_authority_that_declares_nothing_changes_nothing(self, tmp_path):
        before = set(indicators())
        catalogue.follow(tmp_path / "absent")

        assert set(indicators()) == before


def test_breaks_are_dated():
    for found in everything().values():
        for at, _ in found.breaks:
            assert date(int(at[:4]), 1, 1) > date(2000, 1, 1)


def test_declarations_are_files_that_a_person_can_read():
    for folder in catalogue.folders():
        for path in folder.glob("*.toml"):
            assert tomllib.loads(path.read_text("utf-8"))["id"] == path.stem
            assert path.read_text("utf-8").endswith("\n")
