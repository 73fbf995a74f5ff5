"""Who lives in the communes of the sample: census, incomes, pay."""

from pathlib import Path

import numpy as np
import pyogrio

from bassin.demo import facts
from bassin.demo.draws import Draws, Ints, shared
from bassin.demo.world import World
from bassin.demo.writing import around, decimal, levels, populations, write_csv

CENSUS = ("rp2012.csv", "rp2018.csv")
INCOME_COMMUNES = "cc_filosofi_2015_COM.csv"
INCOME_IRIS = "filosofi-disp-iris-2017.csv"
TAX_INCOME = "MTA-exemple.gpkg"
PAY = "net_salary_per_town_categories.csv"

# Shares of the population, of the active, of those out of school and of main residences, in per
# mille: (2012, 2018, how much of it goes with being well off: -1, 0 or 1).
_PEOPLE = {
    "pop_0_14": (206, 203, -1), "pop_15_29": (208, 201, 0), "pop_18_24": (92, 90, 0),
    "pop_75p": (62, 65, 1), "pop_femmes": (516, 517, 0), "pop_scol_18_24": (46, 46, 0),
    "pop_non_scol_15p": (690, 695, 0),
}  # fmt: skip
_ACTIVE = {
    "pop_agric": (0, 0, 0), "pop_indep": (43, 47, 1), "pop_cadres": (165, 186, 1),
    "pop_interm": (255, 257, 0), "pop_empl": (316, 297, -1),
}  # fmt: skip
_DIPLOMAS = {
    "pop_dipl_aucun": (225, 222, -1), "pop_dipl_bepc": (68, 56, 0),
    "pop_dipl_capbep": (205, 192, 0), "pop_dipl_bac": (172, 178, 0),
}  # fmt: skip
_HIGHER = {
    "2012": {"pop_dipl_bac2": 390, "pop_dipl_sup": 610},
    "2018": {"pop_dipl_sup2": 330, "pop_dipl_sup34": 310, "pop_dipl_sup": 360},
}
_HOMES = {
    "log_proprio": (436, 430, 1), "log_loc": (547, 553, 0), "log_hlm": (352, 350, -1),
    "log_sec": (11, 17, 1), "log_maison": (270, 262, 1),
}  # fmt: skip


def write_census(world: World, folder: Path) -> None:
    """The census of 2012 and 2018, on the published totals of the 24 communes."""
    for year in ("2012", "2018"):
        columns = _census(Draws(f"census {year}"), year)
        header = ["code_insee", "commune", *columns]
        rows = [
            [commune.code, commune.name, *(int(values[n]) for values in columns.values())]
            for n, commune in enumerate(facts.communes())
        ]
        write_csv(folder / f"rp{year}.csv", header, rows)


def _census(draws: Draws, year: str) -> dict[str, Ints]:
    totals = facts.calibration()["census"][year]
    people = populations(int(year))
    active = shared(totals["active"], around(draws, people, 3))
    homes = people * 100 // around(draws, np.full(len(people), 246), 5)
    out_of_school = _part(draws, people, *_PEOPLE["pop_non_scol_15p"], year)
    made = {"pop_tot": people, "pop_act_15p": active, "log_rp": homes}
    made["pop_chom"] = shared(totals["unemployed"], around(draws, active, 4) * levels(-2))
    made["pop_ouvr"] = shared(totals["workers"], around(draws, active, 5) * levels(-2))
    for group, base in ((_PEOPLE, people), (_ACTIVE, active), (_HOMES, homes)):
        made |= {name: _part(draws, base, *share, year) for name, share in group.items()}
    made["pop_non_scol_15p"] = out_of_school
    lower = {name: _part(draws, out_of_school, *s, year) for name, s in _DIPLOMAS.items()}
    higher = out_of_school - sum(lower.values())
    made |= lower | {name: higher * share // 1000 for name, share in _HIGHER[year].items()}
    return made


def _part(draws: Draws, base: Ints, first: int, last: int, well_off: int, year: str) -> Ints:
    share = first if year == "2012" else last
    tilt = levels(1) if well_off > 0 else levels(-1) if well_off < 0 else np.full(len(base), 100)
    return around(draws, base * share * tilt // 100_000, 3)


def write_income_communes(world: World, folder: Path) -> None:
    """Standards of living of 2015 by commune, around the stated median of the territory."""
    draws = Draws("income communes")
    median = around(draws, facts.calibration()["income"]["median_2015"] * levels() // 100, 2)
    median = median // 10 * 10
    poverty = around(draws, 175 * levels(-3) // 100, 6)
    people = around(draws, populations(2018), 2)
    rows = []
    for n, commune in enumerate(facts.communes()):
        low, high = int(median[n]) * 53 // 100, int(median[n]) * 184 // 100
        rows.append([
            commune.code, int(people[n]) * 40 // 100, int(people[n]), int(median[n]),
            decimal(560 * commune.level // 100, 1, ","), decimal(int(poverty[n]), 1, ","),
            low, high, decimal(round(10 * high / low), 1, ","),
        ])  # fmt: skip
    header = ["CODGEO", "NBMENFISC15", "NBPERSMENFISC15", "MED15", "PIMP15", "TP6015", "D115",
              "D915", "RD15"]  # fmt: skip
    write_csv(folder / INCOME_COMMUNES, header, rows, ";")


def write_income_iris(world: World, folder: Path) -> None:
    """Incomes of 2017 in invented neighbourhoods, whose codes end in 9001, 9002…"""
    draws = Draws("income iris")
    ranks = {
        f"D{rank}": share
        for rank, share in zip(
            (1, 2, 3, 4, 6, 7, 8, 9), (52, 66, 78, 89, 113, 128, 149, 184), strict=True
        )
    }
    shares = {"Q1": 72, "MED": 100, "Q3": 138, **ranks}
    names = ["TP60", *shares, "RD", "S80S20", "GI", "PACT", "PCHO", "PPEN", "PPAT", "PPSOC",
             "PIMPOT", "NOTE"]  # fmt: skip
    rows: list[list[object]] = []
    for commune in facts.communes():
        count = max(commune.population_2018 // 2600, 1)
        medians = around(draws, np.full(count, 20_700 * commune.level // 100), 24) // 10 * 10
        for rank, median in enumerate(medians.tolist(), start=1):
            poverty = max(400 - (median - 13_000) * 27 // 1000, 30)
            hidden = median > 24_500
            values = [decimal(poverty, 1, ",") if not hidden else ""]
            values += [str(median * share // 100) for share in shares.values()]
            values += ["3,5", "4,6", "0,291", "76,2", "3,4", "21,5", "6,1", "8,4", "-12,2", "0"]
            rows.append([f"{commune.code}9{rank:03}", f"Quartier exemple {rank}", commune.code,
                         commune.name, *values])  # fmt: skip
    header = ["IRIS", "LIBIRIS", "COM", "LIBCOM", *(f"DISP_{name}17" for name in names)]
    write_csv(folder / INCOME_IRIS, header, rows, ";")


def write_tax_income(world: World, folder: Path) -> None:
    """Taxable incomes of 2013 and tax households, as a GeoPackage without shapes."""
    draws = Draws("tax income")
    households = around(draws, populations(2012) * 56 // 100, 3)
    income = households * 24_800 * levels(2) // 100
    communes = facts.communes()
    fields = {
        "DEPCOM": np.array([commune.code for commune in communes], dtype=object),
        "LIBCOM": np.array([commune.name for commune in communes], dtype=object),
        "EPT": np.array(["T12"] * len(communes), dtype=object),
        "LIBEPT": np.array(["GRAND-ORLY SEINE BIEVRE"] * len(communes), dtype=object),
        "INC": income.astype(np.float64),
        "TH": households.astype(np.float64),
    }
    # The day is given: GDAL would write the present moment in the file.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2026-10-31T00:00:00.000Z"})
    try:
        pyogrio.raw.write(
            folder / TAX_INCOME, None, list(fields.values()), list(fields), layer="com",
            driver="GPKG", geometry_type=None,
        )  # fmt: skip
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_pay(world: World, folder: Path) -> None:
    """Net hourly pay of 2014 by commune of residence."""
    draws = Draws("pay")
    groups = {"": 100, "C": 172, "P": 107, "E": 75, "O": 80}
    ages = {"18": 71, "26": 97, "50": 117}
    shares = groups | {f"F{name}": share * 91 // 100 for name, share in groups.items()}
    shares |= {f"H{name}": share * 107 // 100 for name, share in groups.items()}
    shares |= ages
    shares |= {f"F{name}": share * 92 // 100 for name, share in ages.items()}
    shares |= {f"H{name}": share * 106 // 100 for name, share in ages.items()}
    base = around(draws, 138 * levels() // 100, 3)
    rows = [
        [commune.code, commune.name,
         *(decimal(int(base[n]) * share // 100, 1) for share in shares.values())]
        for n, commune in enumerate(facts.communes())
    ]  # fmt: skip
    write_csv(folder / PAY, ["CODGEO", "LIBGEO", *(f"SNHM{name}14" for name in shares)], rows)
