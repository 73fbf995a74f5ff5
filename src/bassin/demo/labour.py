"""The sample's labour market: offers, needs, tension, registered jobseekers, and their words."""

from datetime import datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from bassin.demo import facts
from bassin.demo.draws import Draws, Ints, shared
from bassin.demo.world import World
from bassin.demo.writing import around, decimal, levels, populations, write_csv

AREA, AREA_NAME = "1129", "T12 Grand-Orly Seine Bièvre"
AREAS = "bassin_emploi-bmo.csv"
OFFERS = "20261015_villes_offre_full.csv"
NEEDS = "Base_open_data_BMO_2024.xlsx"
TENSION = "tension-rome-bassin-2021.csv"
JOBSEEKERS = "dares_defm_communales-brutes.csv"
ROME3 = "unix_referentiel_code_rome_v347_utf8.csv"
ROME4 = "unix_referentiel_code_rome_v460_utf8.csv"

# Ecological tags, in the words of the publisher of ROME 4.
_TAGS = {
    "vert": "Emploi Vert", "stratégique": "Emploi stratégique pour la Transition écologique",
    "blanc": "Emploi Blanc", "brun": "Emploi Brun",
}  # fmt: skip
_SEXES = {"Hommes": 51, "Femmes": 49}
_AGES = {"Moins de 25 ans": 13, "De 25 à 49 ans": 62, "50 ans et plus": 25}
# Which trades a commune hires more than others, in per cent, by first letters of the ROME code.
_TRADES = {
    "94065": {"N": 300, "D12": 60, "D11": 250, "H": 120}, "94054": {"N": 350, "K25": 300, "G": 180},
    "91479": {"N": 300, "K25": 250}, "94076": {"J": 320}, "94043": {"J": 300, "M18": 150},
    "94041": {"H": 170, "D": 120}, "94081": {"H": 180, "F": 130}, "94077": {"N": 200, "F": 150},
    "94074": {"N": 220}, "94078": {"N": 200, "J": 150}, "94073": {"D": 220},
}  # fmt: skip


def write_areas(world: World, folder: Path) -> None:
    """The employment area of the communes."""
    rows = [("11", c.code[:2], c.code, AREA, AREA_NAME) for c in facts.communes()]
    header = ["reg", "dep", "code_commune_insee", "code_bassin_BMO", "lib_bassin_BMO"]
    write_csv(folder / AREAS, header, rows)


def write_offers(world: World, folder: Path) -> None:
    """Offers of one day by commune and trade."""
    draws = Draws("offers")
    trades = facts.rows("occupations")
    base = np.array([int(each["offers"]) for each in trades], dtype=np.int64)
    firms = np.array([c.establishments_2014 * c.employers_2014 // 1000 for c in facts.communes()])
    totals = shared(facts.calibration()["labour"]["offers"], around(draws, firms, 20))
    rows = []
    for n, commune in enumerate(facts.communes()):
        weights = base * _boosts(commune.code, trades)
        counts = np.bincount(draws.pick(weights, int(totals[n])), minlength=len(trades))
        rows += [(commune.code, trades[m]["rome_code"], int(counts[m]), "2026-10-15")
                 for m in np.flatnonzero(counts)]  # fmt: skip
    header = ["commune", "dc_rome_id", "nb_offre", "date_extract"]
    write_csv(folder / OFFERS, header, rows, ";")


def _boosts(commune: str, trades: tuple[dict[str, str], ...]) -> Ints:
    given = _TRADES.get(commune, {})
    return np.array(
        [max((v for k, v in given.items() if each["rome_code"].startswith(k)), default=100)
         for each in trades], dtype=np.int64,
    )  # fmt: skip


def write_needs(world: World, folder: Path) -> None:
    """Hiring projects of 2024, with a few values under secrecy as in the real survey."""
    draws = Draws("needs")
    totals = facts.calibration()["labour"]
    families = facts.rows("families")
    weights = around(draws, [int(each["weight"]) for each in families], 45) + 1
    projects = shared(totals["projects"], weights)
    difficult = np.minimum(shared(totals["difficult"], around(draws, projects, 40) + 1), projects)
    seasonal = np.minimum(shared(totals["seasonal"], around(draws, projects, 90) + 1), projects)
    book = xlsxwriter.Workbook(folder / NEEDS)
    # Given, so that the file does not carry the moment it was written.
    book.set_properties({"created": datetime(2026, 10, 31)})  # noqa: DTZ001  a spreadsheet's date
    sheet = book.add_worksheet("BMO_2024_open_data")
    header = ["annee", "Code métier BMO", "Nom métier BMO", "Famille_met", "Lbl_fam_met", "REG",
              "NOM_REG", "Dept", "NomDept", "BE24", "NOMBE24", "met", "xmet", "smet"]  # fmt: skip
    sheet.write_row(0, 0, header)
    for n, each in enumerate(families):
        counts = [_shown(int(values[n])) for values in (projects, difficult, seasonal)]
        sheet.write_row(n + 1, 0, [
            "2024", each["code"], each["label"], each["family_code"], each["family"], "11",
            "Ile-de-France", "94", "Val-de-Marne", AREA, AREA_NAME, *counts,
        ])  # fmt: skip
    book.close()


def _shown(count: int) -> str:
    return "*" if 0 < count < 5 else str(count)


def write_tension(world: World, folder: Path) -> None:
    """Tension by trade: offers, jobseekers and classes from 1 to 5."""
    draws = Draws("tension")
    trades = facts.rows("occupations")
    total = facts.calibration()["labour"]["jobseekers_tension"] * 100
    seekers = shared(total, around(draws, [int(each["jobseekers"]) for each in trades], 30))
    offers = around(draws, [int(each["offers"]) * 4000 for each in trades], 30)
    header = ["annee", "ROME", "cbassin", "oee", "defm_abc", "ind_tension_d", "ind_int_emb_d",
              "ind_main_oeuvre_d", "ind_dur_empl_d", "ind_cond_travail_d", "ind_mismatch_geo_d",
              "ind_specif_form_empl_d"]  # fmt: skip
    rows = []
    for n, each in enumerate(trades):
        moved = np.clip(int(each["tension"]) + draws.between(-2, 1, 7), 1, 5)
        rows.append(["2021", each["rome_code"], AREA, decimal(int(offers[n]), 2, ","),
                     decimal(int(seekers[n]), 2, ","), *moved.tolist()])  # fmt: skip
    write_csv(folder / TENSION, header, rows, ";")


def write_jobseekers(world: World, folder: Path) -> None:
    """Registered jobseekers by quarter, commune, sex and age; rounded to 5, as published."""
    draws = Draws("jobseekers")
    facts_ = facts.calibration()["jobseekers"]
    weights = around(draws, populations(2018), 4) * levels(-2)
    rows = []
    for year in (each for each in facts_ if each.isdigit()):
        for quarter in range(1, 5 if year != "2026" else 4):
            season = 1000 if quarter == 4 else int(draws.between(985, 1012, 1)[0])
            total = facts_["abc"] * facts_[year] // 1000 * season // 1000
            for category, share in (("ABC", 1000), ("A", round(facts_["a_pct"] * 10))):
                counts = shared(total * share // 1000, weights)
                for n, commune in enumerate(facts.communes()):
                    common = (f"{year}-T{quarter}", commune.code, commune.name, "Brutes", category)
                    rows += [(*common, *cell) for cell in _cells(int(counts[n]), commune.level)]
    header = ["Date", "Code commune", "Commune", "Type de données", "Catégorie", "Sexe",
              "Tranche d'âge", "Nombre de demandeurs d'emploi"]  # fmt: skip
    write_csv(folder / JOBSEEKERS, header, rows, ";")


def _cells(count: int, level: int) -> list[tuple[str, str, int]]:
    """Sex and age of a count; the young weigh more where people are less well off."""
    ages = {**_AGES, "Moins de 25 ans": _AGES["Moins de 25 ans"] + (100 - level) // 8}
    cells = [("Total", "Total", count)]
    cells += [(sex, "Total", count * share // 100) for sex, share in _SEXES.items()]
    cells += [("Total", age, count * share // 100) for age, share in ages.items()]
    cells += [(sex, age, count * one * two // 10_000)
              for sex, one in _SEXES.items() for age, two in ages.items()]  # fmt: skip
    return [(sex, age, (number + 2) // 5 * 5) for sex, age, number in cells]


def write_rome3(world: World, folder: Path) -> None:
    """The real labels of the trades that the sample's offers name."""
    rows = [(each["rome_code"], n + 1, n + 1, each["label"], 1)
            for n, each in enumerate(facts.rows("occupations"))]  # fmt: skip
    header = ["code_rome", "code_fiche_em", "code_ogr", "libelle_rome", "statut"]
    write_csv(folder / ROME3, header, rows)


def write_rome4(world: World, folder: Path) -> None:
    """One real fiche of ROME 4 per trade and ecological tag, which is all that offers need."""
    rows = [(each["rome_code"], n + 1, n + 1, each["label"], _TAGS[each["tag"]], "", "", "", "",
             each["trade"]) for n, each in enumerate(facts.rows("tags"))]  # fmt: skip
    header = ["code_rome", "code_fiche_metier", "code_ogr", "libelle_rome", "transition_eco",
              "transition_num", "transition_demo", "emploi_reglemente", "emploi_cadre",
              "code_rome_parent"]  # fmt: skip
    write_csv(folder / ROME4, header, rows)
