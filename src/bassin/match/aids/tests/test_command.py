"""`bassin aids` on the terminal."""

import json

import pytest

from bassin import cli
from bassin.match.aids.tests.firms import WORKSHOP

FACTS = {
    "commune_code": "94054", "naf_code": "25.62B", "legal_category": "5710", "stage": "firm",
    "staff": 5, "group_staff": 5, "turnover_eur": 900000,
    "size_held": "same", "created_on": "2019-03",
    "projects": ["investment"], "begun": False, "difficulty": False,
    "minimis": [{"on": "2025-01-01", "eur": 1000}],
}  # fmt: skip


@pytest.fixture
def said(here, capsys, tmp_path):
    """Run `bassin aids …` and give back its exit code, what it printed, what it complained of."""

    def run(*words, facts=None):
        if facts is not None:
            path = tmp_path / "facts.json"
            path.write_text(facts if isinstance(facts, str) else json.dumps(facts), "utf-8")
            words = (*words, "--facts", str(path))
        code = cli.main(["aids", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_check_gives_each_aid_its_answer_reasons_and_missing_facts(said):
    code, out, _err = said("check", "--format", "json", "--at", "2026-11-26", facts=FACTS)

    found = {each["aid"]: each for each in json.loads(out)}
    assert code == 0
    assert found["tp-up"]["answer"] == "yes"
    assert found["tp-up"]["status"] == "to_check"
    assert {each["state"] for each in found["tp-up"]["reasons"]} == {"yes"}
    assert found["pm-up"]["answer"] == "no"
    assert found["pm-up"]["missing"] == []
    assert found["emplois-francs"]["reasons"][0]["fact"] == "calendar"
    asked = found["innov-up"]
    assert asked["answer"] == "no"
    assert found["qpv-zone-fiscale-plf-2026"]["answer"] == "unknown"
    assert found["conseil-deveco"]["answer"] == "yes"


def test_a_fact_that_is_null_is_asked(said):
    _code, out, _err = said(
        "check", "--format", "json", "--aid", "tp-up", facts=FACTS | {"begun": None}
    )

    found = json.loads(out)[0]
    assert found["answer"] == "unknown"
    assert [each["fact"] for each in found["missing"]] == ["begun"]


def test_facts_go_over_what_the_register_tells_and_a_day_may_be_chosen(said):
    rich = {"turnover_eur": 20e6, "balance_eur": 20e6}
    words = ["check", "--siret", WORKSHOP, "--aid", "zfu-te", "--at", "2024-05-01"]

    code, out, _err = said(*words, "--format", "json", facts=rich)

    found = json.loads(out)[0]
    assert (code, found["answer"]) == (1, "no")
    said_no = [each["sentence"] for each in found["reasons"] if each["state"] == "no"]
    assert "20\u202f000\u202f000" in said_no[0]


@pytest.mark.parametrize(
    ("words", "facts", "told"),
    [
        (["check"], None, "--siret"),
        (["check", "--siret", "12"], None, "14"),
        (["check", "--siret", "00000090000019"], None, "not among"),
        (["check", "--aid", "licorne"], {}, "licorne"),
        (["check"], "{", "JSON"),
        (["check"], {"effectif": 3}, "effectif"),
        (["check"], '"abc"', "JSON"),
        (["check"], "[1]", "JSON"),
        (["check"], {"staff": "douze"}, "douze"),
        (["check"], {"staff": [9, 3]}, "staff"),
        (["check"], {"naf_code": "99.99Z"}, "99.99Z"),
        (["check"], {"created_on": "2026-13"}, "2026-13"),
        (["check"], {"created_on": "0"}, "created_on"),
        (["check"], {"minimis": [{"on": "hier", "eur": 3}]}, "minimis"),
        (["check"], {"begun": "oui"}, "begun"),
        (["check"], {"projects": ["fusée"]}, "fusée"),
        (["check", "--siret", "00000010000017"], None, "00000010000017"),
        (["check", "--at", "1900-01-01", "--siret", "12"], None, "14"),
        (["check"], {"staff": 1e400}, "staff"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(said, words, facts, told):
    code, _out, err = said(*words, facts=facts)

    assert code == 2
    assert told in err


def test_text_says_why_not_and_what_to_ask(said):
    _code, out, _err = said("check", facts=FACTS | {"begun": None})

    assert "- PM'up (pm-up)\n    Taille au sens européen : microentreprise" in out
    assert "? TP'up (tp-up)" in out
    assert "    ? Le projet a-t-il commencé" in out


def test_list_and_control_tell_the_sheets_and_their_faults(said):
    code, out, _err = said("list", "--format", "json", "--at", "2026-11-26")
    faulty, faults, _ = said("control", "--at", "2026-11-26")

    listed = {each["aid"]: each for each in json.loads(out)}
    assert code == 0
    assert len(listed) >= 40
    assert {each["status"] for each in listed.values()} == {"to_check"}
    assert listed["emplois-francs"]["state"] == "close depuis le 31/12/2024"
    assert faulty == 1
    assert "expired\templois-francs" in faults
    assert "no_address\tcir" in faults


def test_a_day_before_every_sheet_answers_and_a_day_that_is_none_is_refused(said, capsys):
    code, out, _err = said("check", "--format", "json", "--at", "1900-01-01", facts=FACTS)

    assert code == 0
    assert {each["answer"] for each in json.loads(out)} <= {"yes", "no", "unknown"}
    with pytest.raises(SystemExit) as stopped:
        said("check", "--at", "2026-02-31", facts=FACTS)
    assert stopped.value.code == 2
    assert "2026-02-31" in capsys.readouterr().err
