"""Sheets: all can be read, none says that it was checked, and a bill is never law."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from bassin.errors import Refused
from bassin.match.aids.rules import catalogue
from bassin.match.aids.rules.aid import aid, web
from bassin.match.aids.rules.decide import decide
from bassin.match.aids.rules.profile import Profile, values
from bassin.match.aids.rules.toml import written
from bassin.match.aids.tests.conftest import DAY
from bassin.pairing.conditions import State, flat
from bassin.types import Text

SHEET = {
    "slug": "essai", "title": "Essai", "holder": "Région", "natures": ["grant"],
    "scale": "regional", "promise": "Un essai.", "source": "Un texte.",
    "review_on": date(2027, 1, 1),
}  # fmt: skip


def test_the_sample_has_forty_aids_or_more_and_none_says_that_it_was_checked(installed):
    found = catalogue.read(installed)

    assert found.problems == ()
    assert len(found.aids) >= 40
    for each in found.aids:
        assert each.verified_on is None, each.slug
        assert all(one.verified_on is None for one in flat(each.conditions)), each.slug
        assert each.source.fr, each.slug
        assert each.owner, each.slug
        assert each.promise.en, each.slug
        assert each.conditions, each.slug


def test_every_scale_and_every_facility_is_in_the_sample(aids):
    assert {each.scale for each in aids.values()} >= {"national", "regional", "local", "qpv"}
    assert {"la-fabrique", "la-station", "centre-entrepreneuriat", "silver-innov"} <= set(aids)


def test_a_bill_is_a_question_for_everybody_whatever_else_is_known(aids, places):
    bill = aids["qpv-zone-fiscale-plf-2026"]
    inside = Profile(commune="94054", qpv="QN09414I", stage="firm", minimis=())

    found = decide([bill], values(inside, DAY, places), DAY)[0]

    assert found.state is State.ASK
    assert [each.fact for each in found.asked] == ["said:plf-2026"]


def test_a_sheet_written_again_is_the_same_sheet():
    for path in sorted(catalogue.SHIPPED.glob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))

        again = tomllib.loads(written(raw))

        assert again == raw, path.name
        assert aid(again) == aid(raw)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"title": ""}, "title"),
        ({"natures": ["gift"]}, "gift"),
        ({"slug": "Deux Mots"}, "Deux Mots"),
        ({"opens_on": date(2026, 2, 1), "closes_on": date(2026, 1, 1)}, "2026-01-01"),
        ({"colour": "red"}, "colour"),
        ({"url": "htp:/x"}, "htp:/x"),
        ({"verified_on": date(2026, 1, 1)}, "verified_by"),
        ({"conditions": [{"fact": "age", "op": "below", "value": 3}]}, "age_months"),
        ({"amounts": [{"rate_pct": 50}]}, "said"),
    ],
)
def test_a_sheet_badly_written_is_told_with_its_name(more, told):
    with pytest.raises(Refused, match=told) as refused:
        aid(SHEET | more, "essai.toml")

    assert str(refused.value).startswith("essai.toml")


def test_a_sheet_that_cannot_be_read_is_told_and_the_others_stay(tmp_path):
    (tmp_path / "essai.toml").write_text(written(SHEET), "utf-8")
    (tmp_path / "autre.toml").write_text(written(SHEET), "utf-8")
    (tmp_path / "casse.toml").write_text("slug = ", "utf-8")
    problems = []

    found = catalogue.sheets(tmp_path, problems)

    assert [each.slug for each in found] == ["essai"]
    assert [each.where for each in problems] == ["autre.toml", "casse.toml"]


def test_two_sheets_of_one_aid_are_told_as_twins():
    one = aid(SHEET | {"url": "https://a.fr/x"})
    other = replace(one, slug="autre", title=Text("Essai numéro deux"), url="https://a.fr/x/")
    apart = replace(one, slug="loin", title=Text("Rien à voir ici"), url="https://a.fr/x")

    assert catalogue.twins([one, replace(one, slug="copie"), apart]) == [
        (one, replace(one, slug="copie"))
    ]
    assert catalogue.twins([replace(one, title=Text("Essai deux")), other])


def test_an_address_is_judged_by_its_form_alone():
    assert web("https://www.bpifrance.fr/aide?x=1")
    for bad in (
        "mailto:a@b.fr",
        "www.bpifrance.fr",
        "https://bpi france.fr",
        "https://",
        "http://[",
    ):
        assert not web(bad), bad
