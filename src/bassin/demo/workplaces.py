"""Where people work in the sample: jobs at the workplace, commuting, private employees, taxes."""

from pathlib import Path

import numpy as np

from bassin.demo import facts
from bassin.demo.draws import Draws, Ints, shared
from bassin.demo.firms import PUBLIC
from bassin.demo.world import World
from bassin.demo.writing import around, populations, write_csv
from bassin.sources.sirene.stock import BANDS

JOBS = ("base-cc-emploi-pop-active-2011.csv", "base-cc-emploi-pop-active-2016.csv")
COMMUTING = "base-flux-mobilite-domicile-lieu-travail-2016.csv"
URSSAF = "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-exemple.csv"
TAXES = "rei-exemple.csv"
FISCAL_POTENTIAL = "criteres_repartition_2014.csv"

# Shares of jobs in per mille, after industry: construction, public services; then occupations.
_CONSTRUCTION, _PUBLIC = 84, 318
_OCCUPATIONS = {"CS1": 0, "CS2": 54, "CS3": 221, "CS4": 268, "CS5": 262}
# Where those who come from elsewhere live: real neighbours, in invented numbers.
_ELSEWHERE = {"75113": 30, "75114": 18, "94028": 20, "94080": 10, "91228": 14, "92046": 8}
_YEARS = {2017: 952, 2018: 968, 2019: 990, 2020: 975, 2021: 998, 2022: 1012, 2023: 1016, 2024: 1000}


def staff(world: World) -> Ints:
    """Salaried staff of each establishment of today: the middle of its band."""
    middle = {code: least if most is None else (least + most) // 2
              for code, (least, most) in BANDS.items()}  # fmt: skip
    each = np.array([middle[code] for code in world.firms.band], dtype=np.int64)
    return np.where(world.lives.active, each, 0)


def _by_commune(world: World, values: Ints) -> Ints:
    made = np.zeros(len(facts.communes()), dtype=np.int64)
    np.add.at(made, world.lives.commune, values)
    return made


def _jobs(world: World, draws: Draws, year: str) -> dict[str, Ints]:
    """Jobs by commune, as large as the cited totals and placed as the invented firms are."""
    totals = facts.calibration()["jobs"][year]
    industry = np.isin(np.char.ljust(world.naf, 2).astype("<U2"), [f"{n:02}" for n in range(5, 40)])
    people = staff(world)
    jobs = shared(totals["jobs"], around(draws, _by_commune(world, people) + 200, 4))
    made = shared(totals["industry"], _by_commune(world, people * industry) + 40)
    construction = around(draws, jobs * _CONSTRUCTION // 1000, 20)
    public = around(draws, jobs * _PUBLIC // 1000, 12)
    alone = around(draws, jobs * 92 // 1000, 10)
    groups = {name: around(draws, jobs * share // 1000, 8) for name, share in _OCCUPATIONS.items()}
    residents = shared(totals["employed_residents"], populations(2018 if year == "2016" else 2012))
    return {
        "EMPLT": jobs, "ACTOCC": residents, "EMPLT_SAL": jobs - alone,
        "EMPLT_FSAL": around(draws, (jobs - alone) * 485 // 1000, 4),
        "EMPLT_SALTP": around(draws, (jobs - alone) * 138 // 1000, 8), "EMPLT_NSAL": alone,
        "EMPLT_AGRI": jobs // 4000, "EMPLT_INDUS": made, "EMPLT_CONST": construction,
        "EMPLT_APESAS": public,
        "EMPLT_CTS": jobs - jobs // 4000 - made - construction - public,
        **{f"EMPLT_{name}": values for name, values in groups.items()},
        "EMPLT_CS6": jobs - sum(groups.values()),
    }  # fmt: skip


def write_jobs(world: World, folder: Path) -> None:
    """Jobs at the workplace of 2011 and 2016."""
    for year in ("2011", "2016"):
        made = _jobs(world, Draws(f"jobs {year}"), year)
        main = [name for name in made if "_CS" not in name and name not in (
            "EMPLT_AGRI", "EMPLT_INDUS", "EMPLT_CONST", "EMPLT_CTS", "EMPLT_APESAS")]  # fmt: skip
        other = ["EMPLT", *(name for name in made if name not in main)]
        header = [
            "CODGEO",
            *(f"P{year[2:]}_{n}" for n in main),
            *(f"C{year[2:]}_{n}" for n in other),
        ]
        rows = [
            [commune.code, *(int(made[name][n]) for name in (*main, *other))]
            for n, commune in enumerate(facts.communes())
        ]
        write_csv(folder / f"base-cc-emploi-pop-active-{year}.csv", header, rows, ";")


def write_commuting(world: World, folder: Path) -> None:
    """Who holds the jobs of each commune; nothing is said of jobs elsewhere."""
    draws = Draws("commuting")
    jobs = _jobs(world, Draws("jobs 2016"), "2016")["EMPLT"]
    communes, people = facts.communes(), populations(2018)
    rows = []
    for n, work in enumerate(communes):
        here = int(jobs[n]) * int(draws.between(190, 270, 1)[0]) // 1000
        near = int(jobs[n]) * 270 // 1000
        others = shared(near, around(draws, people, 30) * (np.arange(len(communes)) != n))
        others[n] = here
        rows += [(home.code, home.name, work.code, work.name, int(others[m]))
                 for m, home in enumerate(communes) if others[m]]  # fmt: skip
        far = shared(int(jobs[n]) - here - near, around(draws, list(_ELSEWHERE.values()), 30))
        rows += [(code, "", work.code, work.name, int(far[m])) for m, code in enumerate(_ELSEWHERE)]
    header = ["CODGEO", "LIBGEO", "DCLT", "L_DCLT", "NBFLUX_C16_ACTOCC15P"]
    write_csv(folder / COMMUTING, header, rows, ";")


def write_urssaf(world: World, folder: Path) -> None:
    """Private employers and their staff at the end of each year, by commune and activity."""
    draws = Draws("urssaf")
    people = staff(world)
    private = (people > 0) & (world.firms.kind != PUBLIC)
    size = len(facts.activities())
    cell = world.lives.commune * size + world.lives.activity
    firms, heads = np.zeros(24 * size, np.int64), np.zeros(24 * size, np.int64)
    np.add.at(firms, cell[private], 1)
    np.add.at(heads, cell[private], people[private])
    header = ["Code commune", "Intitulé commune", "Code APE"]
    for year in _YEARS:
        header += [f"Nombre d'établissements {year}", f"Effectifs salariés {year}"]
    rows = []
    for place in np.flatnonzero(firms).tolist():
        commune, activity = facts.communes()[place // size], facts.activities()[place % size]
        row = [commune.code, f"{commune.code} {commune.name}", activity.naf_code.replace(".", "")]
        for level in _YEARS.values():
            luck = 1000 if level == 1000 else int(draws.between(level - 40, level + 40, 1)[0])
            row += [
                str(max(int(firms[place]) * luck // 1000, 1)),
                str(int(heads[place]) * luck // 1000),
            ]
        rows.append(row)
    write_csv(folder / URSSAF, header, rows, ";")


def write_taxes(world: World, folder: Path) -> None:
    """CFE of 2018 and 2019 and CVAE of 2018, on the cited totals."""
    draws = Draws("taxes")
    totals = facts.calibration()["taxes"]
    weights = around(draws, _by_commune(world, staff(world)) + 300, 15)
    rows: list[list[object]] = []
    for tax, year, variable in (("CFE", 2018, "P33"), ("CFE", 2019, "P33"), ("CVAE", 2018, "P67")):
        amounts = shared(totals[f"{tax.lower()}_{year}"], weights)
        rows += [
            [year, commune.code[:2], commune.code, commune.name, variable,
             f"{tax} - GFP / PRODUIT RÉEL", "Produit", tax, "GFP", int(amounts[n]), ""]
            for n, commune in enumerate(facts.communes())
        ]  # fmt: skip
    header = ["annee", "dep", "idcom", "libcom", "var", "varlib", "categorie", "dispositif_fiscal",
              "destinataire", "valeur", "secret_statistique"]  # fmt: skip
    write_csv(folder / TAXES, header, rows, ";")


def write_fiscal_potential(world: World, folder: Path) -> None:
    """Fiscal potential of 2014, on the cited amount per inhabitant."""
    draws = Draws("fiscal potential")
    people = around(draws, populations(2012) * 101 // 100, 1)
    weights = _by_commune(world, staff(world)) * 3 + people
    per_head = facts.calibration()["taxes"]["fiscal_potential_2014"]
    amounts = shared(per_head * int(people.sum()), weights)
    group = "Potentiel fiscal et financier des communes - "
    header = [
        "Informations générales - Code INSEE de la commune",
        "Informations générales - Population DGF de l'année N",
        f"{group}Potentiel fiscal 4 taxes final", f"{group}Potentiel financier final",
    ]  # fmt: skip
    rows = [
        [commune.code, int(people[n]), int(amounts[n]), int(amounts[n]) * 104 // 100]
        for n, commune in enumerate(facts.communes())
    ]
    write_csv(folder / FISCAL_POTENTIAL, header, rows, ";")
