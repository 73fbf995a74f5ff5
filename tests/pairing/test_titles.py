"""Free text to ROME: held-out titles, everyday sentences, typing errors, both genders."""

import argparse
import random
from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bassin.config.commands import match
from bassin.pairing.titles import SURE, Guess, Titles, expand
from bassin.pairing.titles.evidence import gather
from bassin.pairing.titles.words import stems
from bassin.taxonomies.rome import Rome
from tests.support.rome import FOLDER
from tests.support.shared import alone

HELD_OUT = 1000
SENTENCES = """
cariste : N1101
j'étais cariste à Valenton : N1101
je fais le ménage dans des bureaux : K2204
femme de menage : K1304 K2204
aide soignante de nuit : J1501
aide soignant ehpad : J1501
infirmière IDE : J1506
je m'occupe de personnes âgées : K1302 K1304
je conduis des camions : N4101
chauffeur PL : N4101
chauffeur VL H/F : N4105
je livre des colis : N4105
coursier à vélo : N4104
je garde des enfants : K1303
nounou : K1303
ATSEM : K1303
je travaille dans un entrepôt, je prépare les commandes : N1103
je charge et décharge des camions : N1105
manutentionnaire : N1105
je suis caissière : D1505
serveuse dans un restaurant : G1803
je fais la plonge : G1605
cuisinier de collectivité : G1602
je nettoie des chambres d'hôtel : G1501
je coupe les cheveux : D1202
boulangère : D1102
vendeuse de vêtements : D1211 D1214
assistante ADV : D1401
je réponds au téléphone dans un centre d'appels : D1408
secrétaire médicale : M1609
comptable (CDI, 39 h) : M1203
maçonne H/F : F1703
électricien BTP : F1602
plombier chauffagiste CDI 35h : F1603
je peins des appartements : F1606
conducteur de travaux TP : F1201
grutier : F1301
technicien fibre optique : F1605 I1307
soudeuse : H2913
je répare des voitures : I1604
jardinier paysagiste : A1203
je ramasse les poubelles : K2303
vigile : K2503
agent de sécurité SSIAP : K1705 K2503
prof de maths : K2107
développeur web : M1805
bagagiste à Orly : N2203
agent d'escale : N2201
menuisié : F1607 H2206
boulangere patissiere : D1102 D1104
electritien : F1602
"""


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()


@pytest.fixture(scope="session")
def held_out(rome_v347) -> list[dict[str, str]]:
    """The split of docs/pairing.md: the 1,000 codes whose SHA-256 comes first."""
    rows = rome_v347.appellations.to_pylist()
    return sorted(rows, key=lambda row: _hashed(row["code"]))[:HELD_OUT]


@pytest.fixture(scope="session")
def unaware(rome_v347, held_out, shared_folder) -> Titles:
    """Titles that know neither the held-out job titles nor any label of ROME 4."""
    without = {row["code"] for row in held_out}
    with alone(shared_folder, "titles"):
        return Titles(rome_v347, shared_folder / "titles", without=without, fourth=False)


@pytest.fixture(scope="session")
def answered(unaware, held_out) -> dict[str, list[Guess]]:
    """Held-out titles in the masculine, each with its guesses."""
    return {text: unaware.find(text) for text in (expand(row["label"])[0] for row in held_out)}


def _reached(
    find: Callable[[str], list[Guess]], rows: list[tuple[str, str]]
) -> tuple[float, float]:
    """Shares of the texts whose occupation comes first, and in the first five."""
    ranks = []
    for text, code in rows:
        codes = [guess.rome_code for guess in find(text)]
        ranks.append(codes.index(code) if code in codes else 5)
    return sum(rank == 0 for rank in ranks) / len(ranks), sum(r < 5 for r in ranks) / len(ranks)


@pytest.mark.pack
def test_titles_never_seen_find_their_occupation(answered, held_out):
    rows = [(expand(row["label"])[0], row["rome_code"]) for row in held_out]

    first, five = _reached(answered.__getitem__, rows)

    assert first >= 0.70
    assert five >= 0.91


@pytest.mark.pack
def test_titles_of_a_later_version_find_the_parent_of_their_fiche(unaware, rome_v347):
    known = {_key(row["label"]) for row in rome_v347.appellations.to_pylist()}
    newer = [
        (row["label"], row["rome_code"])
        for row in rome_v347.tags.to_pylist()
        if _key(row["label"]) not in known
    ]

    first, five = _reached(unaware.find, newer)

    assert len(newer) > 400
    assert first >= 0.45
    assert five >= 0.70


def _key(label: str) -> tuple[str, ...]:
    return tuple(sorted(stems(expand(label)[0])))


@pytest.mark.pack
@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_everyday_words_find_the_trade_in_the_first_five(unaware, line):
    text, _, codes = line.rpartition(" : ")

    assert set(codes.split()) & {guess.rome_code for guess in unaware.find(text)}


@pytest.mark.pack
def test_a_typing_error_seldom_changes_the_answer(unaware, held_out):
    chance = random.Random(7)
    rows = [
        (_mistyped(expand(row["label"])[0], chance), row["rome_code"]) for row in held_out[:300]
    ]

    first, five = _reached(unaware.find, rows)

    assert first >= 0.62
    assert five >= 0.85


def _mistyped(text: str, chance: random.Random) -> str:
    """One letter left out, doubled, swapped with the next or replaced."""
    at = chance.choice([place for place, letter in enumerate(text) if letter.isalpha()])
    other = chance.choice("aeioulrstn")
    after = text[at + 1 : at + 2]
    changed = ["", text[at] * 2, after + text[at], other]
    kind = chance.randrange(4)
    return text[:at] + changed[kind] + text[at + (2 if kind == 2 else 1) :]


@pytest.mark.pack
def test_both_genders_of_a_title_get_the_same_occupation(unaware, answered, held_out):
    pairs = [expand(row["label"]) for row in held_out]
    pairs = [(he, she) for he, she in pairs if he != she][:500]

    same = [answered[he][0].rome_code == unaware.find(she)[0].rome_code for he, she in pairs]

    assert len(pairs) == 500
    assert sum(same) / len(same) >= 0.998


@pytest.mark.pack
def test_a_score_is_near_the_share_of_right_answers(answered, held_out):
    found = [(answered[expand(row["label"])[0]][0], row["rome_code"]) for row in held_out]
    right = [guess.rome_code == code for guess, code in found]
    sure = [guess.rome_code == code for guess, code in found if guess.score >= SURE]

    assert abs(sum(guess.score for guess, _ in found) / len(found) - sum(right) / len(right)) < 0.06
    assert sum(sure) / len(sure) >= 0.8


@pytest.fixture(scope="session")
def small(rome_sample) -> Titles:
    return Titles(rome_sample)


@pytest.mark.parametrize("text", ["", "   ", "\0", "🤖", "Иван", "le", "123456", "a" * 1_000_000])
def test_a_text_that_says_nothing_gets_no_guess(small, text):
    assert small.find(text) == []


@given(st.text(max_size=200))
def test_any_text_gets_at_most_five_guesses_in_order_whose_scores_sum_to_one_at_most(small, text):
    found = small.find(text)
    scores = [guess.score for guess in found]

    assert len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.001
    assert len({guess.rome_code for guess in found}) == len(found)


def test_what_is_kept_on_disk_answers_as_what_was_just_made(small, rome_sample, tmp_path):
    rome = rome_sample
    texts = rome.appellations["label"].to_pylist()

    written, read = Titles(rome, tmp_path), Titles(rome, tmp_path)

    assert len(list(tmp_path.iterdir())) == 1
    assert [read.find(text) for text in texts] == [small.find(text) for text in texts]
    assert [written.find(text) for text in texts] == [small.find(text) for text in texts]


def test_a_rome_without_anything_answers_nothing(rome_sample):
    tables = {name: getattr(rome_sample, name).slice(0, 0) for name in Rome.__match_args__[:8]}

    assert Titles(Rome(**tables)).find("cariste") == []


def test_a_title_left_out_is_left_out_with_all_its_forms(rome_sample):
    row = rome_sample.appellations.to_pylist()[0]

    found = gather(rome_sample, without={row["code"]})

    assert _key(row["label"]) not in {_key(title.text) for title in found.titles}


@pytest.mark.parametrize(
    ("label", "he", "she"),
    [
        ("Abatteur / Abatteuse de carrière", "Abatteur de carrière", "Abatteuse de carrière"),
        ("Hôte / Hôtesse d'accueil", "Hôte d'accueil", "Hôtesse d'accueil"),
        ("Préparateur(trice)-vendeur(se)", "Préparateur-vendeur", "Préparatrice-vendeuse"),
        ("Technicien·ne réseaux", "Technicien réseaux", "Technicienne réseaux"),
        ("Cariste", "Cariste", "Cariste"),
    ],
)
def test_a_label_gives_its_masculine_and_its_feminine(label, he, she):
    assert expand(label) == (he, she)


def test_the_command_answers_good_lines_and_tells_bad_ones(tmp_path, capsys):
    asked = tmp_path / "asked.tsv"
    asked.write_text("a\tsecrétaire\nno tab here\nb\t\n", "utf-8")
    args = argparse.Namespace(file=asked, data=FOLDER)

    code = match.MATCHINGS["titles"].run(args)

    out, err = capsys.readouterr()
    assert code == 1
    assert out.startswith("a\t1\t")
    assert "\nb\t" not in out
    assert err == "line 2: 'no tab here' is not `query_id<TAB>text`\n"
