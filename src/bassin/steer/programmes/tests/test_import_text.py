"""A plan pasted from a damaged layout: levels found, letters repaired, nothing invented."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.steer.programmes.imports.entries import Level, from_json, to_json
from bassin.steer.programmes.imports.repair import Kind, Lexicon, whole
from bassin.steer.programmes.imports.text import recognise
from tests.support.installing import bring_documents

HERE = Path(__file__).parent


def titles(findings, level: Level) -> list[str]:
    return [each.title for each in findings.entries if each.level == level]


@pytest.fixture(scope="module")
def found():
    return recognise((HERE / "data" / "plan.txt").read_text("utf-8"))


def test_axes_priorities_and_actions_are_found_and_repaired(found):
    assert titles(found, Level.AXIS) == [
        "Rebondir et accompagner la reprise après la crue de la rivière à Valmont",
        "Animer les filières de demain",
    ]
    assert titles(found, Level.PRIORITY) == [
        "Apporter aux ateliers un accompagnement de proximité pour la reprise",
        "Mobiliser les aides de la région",
        "Renforcer la coopération entre ateliers",
    ]
    assert titles(found, Level.ACTION) == [
        "Création d’un « Réseau des Ateliers ouverts » avec les artisans (menuiserie, "
        "agro-alimentaire...)",
        "Tenir à jour le guide des développements possibles",
        "Aider les développements possibles à Valmont",
    ]


def test_groups_of_axes_are_found_and_an_inset_is_not_taken_for_one(found):
    assert titles(found, Level.HEADING) == ["Premier groupe d’axes"]
    second = [each for each in found.entries if each.level == Level.AXIS][1]
    assert found.heading(second).title == "Premier groupe d’axes"


def test_what_is_not_recognised_is_listed_with_its_lines(found):
    left = {each.title: [o.where for o in each.origins] for each in found.unrecognised}

    assert left["Sans puce ni place"] == ["39"]
    assert left["LES CHANTIERS"] == ["38"]
    assert left["Objectif : tenir la promesse"] == ["36"]
    assert "Une page d’introduction, qui n’est ni un axe ni une action." in left


def test_each_line_of_words_is_in_one_entry_or_is_a_label(found):
    text = (HERE / "data" / "plan.txt").read_text("utf-8")
    told = [o.where for each in found.entries for o in each.origins]
    told += [o.where for o in found.labels]

    words = [str(n) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    assert sorted(told, key=int) == words


def test_each_repair_says_what_stood_before_and_what_stands_after(found):
    action = next(e for e in found.entries if e.title.startswith("Création"))
    axis = next(e for e in found.entries if e.level == Level.AXIS)

    said = {each.kind: (each.before, each.after) for each in action.repairs}
    assert said[Kind.HYPHEN] == ("agro- ⏎ alimentaire", "agro-alimentaire")
    capitals = next(each for each in axis.repairs if each.kind == Kind.CAPITALS)
    assert capitals.before.startswith("RebondiR et accompagneR la RepRise")
    assert capitals.after == axis.title


def test_findings_are_kept_and_read_again_unchanged(found):
    assert from_json(to_json(found)) == found


@pytest.mark.parametrize(
    ("lines", "repaired"),
    [
        (["Objectif :Objectif : renforcer"], "Objectif : renforcer"),
        (["Bon à savoir :Bon à savoir :"], "Bon à savoir :"),
        (["• › Former   les habitants ;"], "Former les habitants"),
        (["Axe 1 : Recruter\t▼"], "Axe 1 : Recruter"),
        (["un terri-", "toire productif"], "un territoire productif"),
        (["de Villeneuve-Saint-", "Georges"], "de Villeneuve-Saint-Georges"),
        (["au-", "delà du plan"], "au-delà du plan"),
        (["Un portail OpenData"], "Un portail OpenData"),
        (["La Fabrique et La Station"], "La Fabrique et La Station"),
        (["« Territoire d'industrie »"], "« Territoire d'industrie »"),
        (["une date (à venir )"], "une date (à venir)"),
        (["3. Simplifier"], "Simplifier"),
    ],
)
def test_damage_is_repaired_and_good_writing_is_left(lines, repaired):
    assert whole(lines, Lexicon("\n".join(lines))).text == repaired


def test_a_word_is_hyphenated_as_the_rest_of_the_document_writes_it():
    text = "La télé-médecine avance.\n\nIl faut de la télé-\nmédecine partout."

    assert whole(["de la télé-", "médecine"], Lexicon(text)).text == "de la télé-médecine"
    assert whole(["de la télé-", "médecine"], Lexicon("")).text == "de la télémédecine"


def test_numbered_axes_need_no_label():
    found = recognise(
        "Axe 1 : Recruter\n- Ouvrir une école\n- Former\n\nAxe II – Innover\n- Oser\n"
    )

    assert [(e.level, e.code, e.title) for e in found.entries] == [
        (Level.AXIS, "1", "Recruter"), (Level.ACTION, "", "Ouvrir une école"),
        (Level.ACTION, "", "Former"), (Level.AXIS, "II", "Innover"), (Level.ACTION, "", "Oser"),
    ]  # fmt: skip
    assert found.holder(found.entries[4]).title == "Innover"


def test_a_numbered_list_below_the_word_axes_is_a_list_of_axes():
    found = recognise(
        "Les 2 axes stratégiques du partenariat :\n\n1. Unir\n\nles forces.\n\n2. Agir.\n"
    )

    assert [(e.level, e.code, e.title) for e in found.entries] == [
        (Level.AXIS, "1", "Unir les forces."), (Level.AXIS, "2", "Agir."),
    ]  # fmt: skip


def letters(text: str) -> str:
    """Letters and figures alone, in small letters: what a repair never adds to."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\W_]", "", plain)


WORDS = st.sampled_from(
    [
        "Priorités",
        "Actions principales",
        "» un",
        "• deux",
        "- trois",
        "RebondiR et RepRise",
        "agro-",
        "alimentaire",
        "Objectif :Objectif : oui",
        "« ouvert",
        "fermé »",
        "(voir",
        "ensuite)",
        "LES GRANDS AXES",
        "Axe 1 : faire",
        "1. compter",
        "des",
        "de la",
        "Valmont",
        "fin.",
        "",
        "",
        "\t▼",
        "o rond",
        "OpenData",
    ]
)


@given(st.lists(WORDS, max_size=30).map("\n".join))
def test_whatever_is_pasted_every_word_of_the_result_is_in_its_lines(text):
    lines = text.splitlines()
    seen: list[str] = []
    for entry in recognise(text).entries:
        source = "".join(lines[int(o.where) - 1] for o in entry.origins)
        assert letters(entry.title) in letters(source) or any(
            each.kind == Kind.TWICE for each in entry.repairs
        )
        assert all(o.words == lines[int(o.where) - 1].strip() for o in entry.origins)
        seen += [o.where for o in entry.origins]
    assert len(seen) == len(set(seen)), "a line is in two entries"


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_a_fault(text):
    found = recognise(text)

    assert from_json(to_json(found)) == found


COMMON = ["ouvrir", "former", "réparer", "les", "ateliers", "quartiers", "emplois", "habitants"]
PLAIN = st.lists(st.sampled_from(COMMON), min_size=4, max_size=12)


@given(PLAIN, st.sets(st.sampled_from("rvféa"), min_size=2), st.integers(1, 5))
def test_broken_small_capitals_on_several_lines_come_back_whole(words, capitals, width):
    sentence = " ".join(words)
    broken = "".join(c.upper() if c in capitals else c for c in sentence).split()
    lines = [" ".join(broken[i : i + width]) for i in range(0, len(broken), width)]

    repaired = whole(lines, Lexicon("\n".join(lines))).text

    # Damage that touches no inner letter twice is not told from a name: it is left alone.
    assert repaired.casefold() == sentence
    if len(re.findall(r"[a-zé][A-ZÉ]", " ".join(broken))) >= 2:
        assert repaired == sentence.capitalize()


@pytest.mark.pack
def test_the_roadmap_is_found_whole_in_its_own_text(pack, tmp_path):
    text = (pack.parent / "reference" / "roadmap-2021-2025.txt").read_text("utf-8")
    bring_documents(tmp_path)
    facts = tomllib.loads((tmp_path / "authority" / "commitments.toml").read_text("utf-8"))
    roadmap = next(each for each in facts["programmes"] if each["id"] == "roadmap")["items"]

    found = recognise(text)

    counts = [found.count(level) for level in (Level.AXIS, Level.PRIORITY, Level.ACTION)]
    assert counts == [7, 23, 33]
    for level in (Level.AXIS, Level.PRIORITY, Level.ACTION):
        expected = [each["text"]["fr"] for each in roadmap if f":{level.value}:" in each["ref"]]
        assert [plain(each) for each in titles(found, level)] == [plain(e) for e in expected]
    headings = {found.heading(e).title for e in found.entries if e.level == Level.AXIS}
    assert headings == {
        "Les nouveaux engagements", "Les actions qui se poursuivent et se renforcent"
    }  # fmt: skip


def plain(title: str) -> str:
    """A title whatever its apostrophes, and the space before a bracket that closes."""
    return title.replace("’", "'").replace(" )", ")")


@pytest.mark.pack
def test_the_nine_axes_of_the_convention_are_found_around_the_quotations(pack):
    text = (pack.parent / "reference" / "partnership-convention-2018.txt").read_text("utf-8")

    found = recognise(text)

    assert [e.code for e in found.entries if e.level == Level.AXIS] == list("123456789")
    assert "Objectif : renforcer" in " ".join(e.title for e in found.unrecognised)


@pytest.mark.pack
def test_the_five_axes_of_the_draft_are_found_in_the_slides(pack):
    text = (pack.parent / "reference" / "elected-officials-workshop-slides.txt").read_text("utf-8")

    found = recognise(text)

    axes = titles(found, Level.AXIS)
    assert len([each for each in axes if each.startswith(FIVE)]) == 5


FIVE = (
    "Conforter le tissu",
    "Vers une économie",
    "Soutenir la dynam",
    "Anticiper et",
    "Faire bénéf",
)


PLAIN = """Rapprocher les ateliers

Priorités
Mobiliser les aides
Renforcer la coopération entre ateliers

Actions principales
Ouvrir un guichet pour les
artisans du quartier
Tenir à jour le guide
« Portes ouvertes » chaque année
"""


def test_below_a_label_each_line_without_a_bullet_is_an_item():
    found = recognise(PLAIN)

    assert titles(found, Level.PRIORITY) == [
        "Mobiliser les aides", "Renforcer la coopération entre ateliers"
    ]  # fmt: skip
    assert titles(found, Level.ACTION) == [
        "Ouvrir un guichet pour les artisans du quartier", "Tenir à jour le guide",
        "« Portes ouvertes » chaque année",
    ]  # fmt: skip
    guide = next(each for each in found.entries if each.title == "Tenir à jour le guide")
    assert [each.where for each in guide.origins] == ["10"]


@pytest.mark.parametrize(
    "below",
    [
        "Le plan compte des actions. Elles sont menées avec les communes.",
        "Le plan compte des actions qui sont menées avec\nles communes et avec\nla région",
        "sans majuscule",
        "Le plan compte :",
        "Un paragraphe\n- une puce",
    ],
)  # fmt: skip
def test_prose_below_a_label_is_not_taken_for_a_list(below):
    found = recognise(f"Actions\n{below}\n")

    assert [each for each in titles(found, Level.ACTION) if each != "une puce"] == []
