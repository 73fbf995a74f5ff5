"""Employers of inclusion, projects of the Fonds vert and establishments by size in the sample."""

from pathlib import Path

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, shared
from bassin.demo.firms import ASSOCIATION, COMPANY
from bassin.demo.sirene import legal_names
from bassin.demo.world import World
from bassin.demo.writing import around, write_csv

INSERTION = "siaes-2026.csv"
GREEN = "fonds-vert-2025-export.csv"
SIZES = "base_etablissement_par_tranche_effectif.csv"

_KINDS = {"ACI": 30, "EI": 26, "AI": 12, "ETTI": 18, "GEIQ": 6, "EA": 8}
_TRADES = ("81.", "88.", "38.", "43.", "78.", "95.", "56.21", "13.92", "96.01")
_PROJECTS = (
    ("Rénovation énergétique d'une école (exemple)", 1, "Rénovation énergétique des bâtiments"),
    ("Désimperméabilisation d'une cour d'école (exemple)", 2, "Renaturation des villes"),
    ("Plantation d'arbres le long d'une avenue (exemple)", 2, "Renaturation des villes"),
    ("Modernisation de l'éclairage public (exemple)", 1, "Rénovation de l'éclairage public"),
    ("Tri à la source des biodéchets (exemple)", 1, "Soutien au tri des biodéchets"),
    ("Reconversion d'une friche (exemple)", 3, "Recyclage foncier"),
    ("Prévention des inondations (exemple)", 2, "Prévention des inondations"),
)
# Bands of the published table after « 0 or unknown », as shares of employers in per mille.
_BANDS = {"1": 630, "6": 143, "10": 103, "20": 73, "50": 25, "100": 14, "200": 9, "500": 3}


def write_insertion(world: World, folder: Path) -> None:
    """Thirty invented employers of people far from work, taken among the invented firms."""
    draws = Draws("insertion")
    fit = world.lives.active & world.firms.head & (world.firms.band >= "02")
    fit &= (world.firms.band < "40") & np.isin(world.firms.kind, (ASSOCIATION, COMPANY))
    fit &= np.logical_or.reduce([np.char.startswith(world.naf, each) for each in _TRADES])
    there = np.flatnonzero(fit)
    chosen = there[draws.first(np.ones(len(there), dtype=np.int64), 30)]
    kinds = np.array(list(_KINDS))[draws.pick(list(_KINDS.values()), len(chosen))]
    names, (x, y) = legal_names(world), world.points
    rows = []
    for n, at in enumerate(chosen.tolist()):
        commune = facts.communes()[int(world.lives.commune[at])]
        rows.append([
            world.sirets[at], world.naf[at].replace(".", ""), kinds[n],
            names[world.firms.unit[at]], "", commune.postal_code, commune.name, commune.code[:2],
            f"{x[at]:.5f}", f"{y[at]:.5f}",
        ])  # fmt: skip
    header = [
        "siret",
        "naf",
        "kind",
        "name",
        "brand",
        "post_code",
        "city",
        "department",
        "lon",
        "lat",
    ]
    write_csv(folder / INSERTION, header, rows)


def write_green_projects(world: World, folder: Path) -> None:
    """Invented projects funded by the Fonds vert; the invented beneficiary has no SIREN."""
    draws = Draws("green projects")
    communes = facts.communes()
    # One each, so that no commune looks as if the sample had forgotten it, and ten more.
    more = draws.pick([commune.population_2018 for commune in communes], 34 - len(communes))
    where = np.append(np.arange(len(communes)), more)
    what = draws.below(len(_PROJECTS), 34)
    amounts = draws.between(18, 900, 34) * 1000
    rows = []
    for n, (place, project) in enumerate(zip(where.tolist(), what.tolist(), strict=True)):
        commune, (title, axis, measure) = communes[place], _PROJECTS[project]
        amount = f"{int(amounts[n]):,}".replace(",", " ") + ",00 €"
        rows.append(["Île-de-France", commune.code[:2], "", commune.code, commune.name, axis, "",
                     measure, 90_000_000 + n, title, "Porteur exemple", "", amount])  # fmt: skip
    header = ["nom_region", "code_departement", "nom_departement", "code_commune", "nom_commune",
              "axe", "numero_demarche_ds", "nom_demarche_ds", "numero_dossier_ds", "nom_du_projet",
              "nom_beneficiaire_principal", "siren", "montant_engage"]  # fmt: skip
    write_csv(folder / GREEN, header, rows, ";")


def write_sizes(world: World, folder: Path) -> None:
    """Establishments of 2014 by size: published totals, invented split of the employers."""
    draws = Draws("sizes")
    rows = []
    for commune in facts.communes():
        split = shared(commune.employers_2014, around(draws, list(_BANDS.values()), 12))
        alone = commune.establishments_2014 - commune.employers_2014
        rows.append([commune.code, commune.name, "11", commune.code[:2],
                     commune.establishments_2014, alone, *split.tolist()])  # fmt: skip
    header = [
        "CODGEO",
        "LIBGEO",
        "REG",
        "DEP",
        "E14TST",
        "E14TS0ND",
        *(f"E14TS{b}" for b in _BANDS),
    ]
    write_csv(folder / SIZES, header, rows)
