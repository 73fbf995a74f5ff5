"""The sample's ROME: job titles, skills, texts and moves of its trades, in words of its own.

Codes and labels of trades are the publisher's. All else is invented, in `facts/trades/*.toml`, one
entry per trade: `titles` people use; what one `does`; `access` and `conditions`; `core` and
`specific` items (keys of `items.csv`, shared on purpose by near trades); `places` (keys of
`surroundings.csv`); `hires`, the share of each activity; `near` trades, and those `next` after
training. Their codes, from 900001 to 919999, are not in ROME.
"""

from collections.abc import Iterator
from pathlib import Path

from bassin.demo import facts
from bassin.demo.world import World
from bassin.demo.writing import write_csv

APPELLATIONS = "unix_referentiel_appellation_v347_utf8.csv"
ITEMS = (
    "unix_referentiel_competence_v347_utf8.csv",
    "unix_referentiel_env_travail_v347_utf8.csv",
    "referentiel_activite_v344_utf8.csv",
)
LINKS = "unix_liens_rome_referentiels_v347_utf8.csv"
TEXTS = "unix_texte_v347_utf8.csv"
MOVES = "unix_rubrique_mobilite_v347_utf8.csv"
HIRINGS = "rome_naf_hirings-raw.csv"

_FIRST_TITLE = 910_001
_SECTIONS = {"STRUCTURES": 1, "SECTEURS": 2, "CONDITIONS": 3}
# Nature of an item, then the rubric that lists it as core or as specific, in the layout of v347.
_LAYOUT = {"skill": (1, 7, 10), "activity": (2, 6, 9)}
# Hires in a year for one offer of the sample's day.
_HIRES_PER_OFFER = 40


def write_appellations(world: World, folder: Path) -> None:
    """What people call their jobs."""
    rows = [(code, _doubled(title), _doubled(title), trade, 1, "PRINCIPALE", 1)
            for code, trade, title in _titles()]  # fmt: skip
    header = ["code_ogr", "libelle_appellation_long", "libelle_appellation_court", "code_rome",
              "code_type_section_appellation", "libelle_type_section_appellation",
              "statut"]  # fmt: skip
    write_csv(folder / APPELLATIONS, header, rows)


def _titles() -> Iterator[tuple[int, str, str]]:
    every = [(trade, title) for trade, fiche in facts.trades().items() for title in fiche["titles"]]
    for n, (trade, title) in enumerate(every):
        yield _FIRST_TITLE + n, trade, title


def write_items(world: World, folder: Path) -> None:
    """Skills, surroundings and activities: three files, as the publisher has them."""
    skills, surroundings, activities = (folder / name for name in ITEMS)
    items = facts.rows("items")
    rows: list[tuple[object, ...]] = [
        (each["code"], _doubled(each["label"]), 1, "SAVOIRS THEORIQUES ET PROCEDURAUX", 1)
        for each in items if each["kind"] == "skill"
    ]  # fmt: skip
    header = ["code_ogr", "libelle_competence", "code_type_competence", "libelle_type_competence"]
    write_csv(skills, [*header, "statut"], rows)
    rows = [(each["code"], _doubled(each["label"]), _SECTIONS[each["section"]], each["section"], 1)
            for each in facts.rows("surroundings")]  # fmt: skip
    header = ["code_ogr", "libelle_env_travail", "code_type_section_env_trav",
              "libelle_type_section_env_trav"]  # fmt: skip
    write_csv(surroundings, [*header, "statut"], rows)
    rows = [(each["code"], each["label"], "ACTIVITE DE BASE ET/OU SPECIFIQUE", "", 1)
            for each in items if each["kind"] == "activity"]  # fmt: skip
    write_csv(activities, ["code_ogr", "libelle", "type", "entete", "statut"], rows)


def write_links(world: World, folder: Path) -> None:
    """Which trade asks for what, and what it is called."""
    rows = [(trade, code, 4, 1, 4, 3, 1, 1) for code, trade, _ in _titles()]
    for trade in facts.trades():
        rows += _links(trade)
    header = ["code_rome", "code_ogr", "code_ref_rubrique", "position_bloc",
              "code_type_referentiel", "code_compo_bloc", "position_item",
              "id_priorisation"]  # fmt: skip
    write_csv(folder / LINKS, header, rows)


def _links(trade: str) -> Iterator[tuple[str, int, int, int, int, int, int, int]]:
    fiche = facts.trades()[trade]
    items = {each["key"]: each for each in facts.rows("items")}
    places = {each["key"]: int(each["code"]) for each in facts.rows("surroundings")}
    for n, key in enumerate(fiche["core"].split()):
        nature, rubric, _ = _LAYOUT[items[key]["kind"]]
        yield trade, int(items[key]["code"]), rubric, 1, nature, 8, n + 1, 1
    # Those that go together in some posts are in blocks of two.
    for n, key in enumerate(fiche["specific"].split()):
        nature, _, rubric = _LAYOUT[items[key]["kind"]]
        yield trade, int(items[key]["code"]), rubric, n // 2 + 1, nature, 9, n % 2 + 1, 1
    for n, key in enumerate(fiche["places"].split()):
        yield trade, places[key], 5, 1, 5, 7, n + 1, 1


def write_texts(world: World, folder: Path) -> None:
    """What one does, how one comes to it, and in which conditions."""
    rows: list[tuple[object, ...]] = []
    for trade, fiche in facts.trades().items():
        rows += [(trade, n, 1, _doubled(text), "definition")
                 for n, text in enumerate(fiche["does"])]  # fmt: skip
        rows.append((trade, 0, 2, _doubled(fiche["access"]), "acces_a_em"))
        rows.append((trade, 0, 3, _doubled(fiche["conditions"]), "cond_exercice_activite"))
    header = ["code_rome", "position_libelle_txt", "code_type_texte", "libelle_texte",
              "libelle_type_texte"]  # fmt: skip
    write_csv(folder / TEXTS, header, rows)


def write_moves(world: World, folder: Path) -> None:
    """Where one goes from a trade, at once or after training."""
    rows = [(trade, target, "", "", number, name)
            for trade, fiche in facts.trades().items()
            for number, (key, name) in enumerate((("near", "Proche"), ("next", "Evolution")), 1)
            for target in fiche[key].split()]  # fmt: skip
    header = ["code_rome", "code_rome_cible", "code_appellation_source",
              "code_appellation_cible", "code_type_mobilite", "libelle_type_mobilite"]  # fmt: skip
    write_csv(folder / MOVES, header, rows)


def write_hirings(world: World, folder: Path) -> None:
    """Hires of a year by trade and activity; the activities have their own nouns as labels."""
    nouns = {each.naf_code: each.noun for each in facts.activities()}
    rows = []
    for each in facts.rows("occupations"):
        total = int(each["offers"]) * _HIRES_PER_OFFER
        rows += [(each["rome_code"], each["label"], naf.replace(".", ""), nouns[naf],
                  total * share // 100)
                 for naf, share in facts.trades()[each["rome_code"]]["hires"].items()]  # fmt: skip
    header = ["rome_id", "rome_label", "naf_id", "naf_label", "hirings"]
    write_csv(folder / HIRINGS, header, rows)


def _doubled(text: str) -> str:
    """Apostrophes as the exports of version 3 write them."""
    return text.replace("'", "''")
