"""Dwellings of the sample: sales, rents, vacancy."""

from pathlib import Path

from bassin.demo import facts
from bassin.demo.draws import Draws
from bassin.demo.world import World
from bassin.demo.writing import around, decimal, levels, populations, write_csv

YEARS = {2020: 95, 2021: 103, 2022: 106, 2023: 103, 2024: 100}
PRICES = tuple(f"communesdvf{year}.csv" for year in YEARS)
PRICES_MEDIAN = "benefriches-cityStats.csv"
RENTS = "loyers_exemple_2024.csv"
VACANCY = "tauxvacance_communes_2021.csv"
_M2 = 4650  # euros per square metre in the middle commune


def write_prices(world: World, folder: Path) -> None:
    """Sales of each year and their mean prices."""
    draws = Draws("prices")
    m2 = around(draws, _M2 * levels() // 100, 9)
    area = around(draws, 58 * levels() // 100, 8)
    flats = around(draws, 88 - (levels() - 90), 20)
    header = ["INSEE_COM", "annee", "nb_mutations", "NbMaisons", "NbApparts", "PropMaison",
              "PropAppart", "PrixMoyen", "Prixm2Moyen", "SurfaceMoy"]  # fmt: skip
    for year, level in YEARS.items():
        sales = around(draws, populations(2018) * 14 // 1000 * level // 100, 12)
        rows = []
        for n, commune in enumerate(facts.communes()):
            price, share = int(m2[n]) * level // 100, min(int(flats[n]), 97)
            in_flats = int(sales[n]) * share // 100
            rows.append([
                commune.code, year, int(sales[n]), int(sales[n]) - in_flats, in_flats,
                100 - share, share, price * int(area[n]), price, int(area[n]),
            ])  # fmt: skip
        write_csv(folder / f"communesdvf{year}.csv", header, rows)


def write_prices_median(world: World, folder: Path) -> None:
    """Median prices over several years."""
    draws = Draws("prices median")
    m2 = around(draws, _M2 * 97 // 100 * levels() // 100, 8)
    sales = around(draws, populations(2018) * 65 // 1000, 10)
    header = ["city_code", "da_name", "da_population", "da_surface_ha", "dvf_nbtrans",
              "dvf_pxm2_median", "dvf_surface_median", "dvf_nbtrans_cod111",
              "dvf_pxm2_median_cod111", "dvf_nbtrans_cod121", "dvf_pxm2_median_cod121"]  # fmt: skip
    rows = [
        [commune.code, commune.name, commune.population_2018, "", int(sales[n]), int(m2[n]), 57,
         int(sales[n]) // 5, int(m2[n]) * 104 // 100, int(sales[n]) - int(sales[n]) // 5,
         int(m2[n]) * 98 // 100]
        for n, commune in enumerate(facts.communes())
    ]  # fmt: skip
    write_csv(folder / PRICES_MEDIAN, header, rows, ";")


def write_rents(world: World, folder: Path) -> None:
    """Advertised rents of 2024, four kinds of dwellings."""
    draws = Draws("rents")
    base = around(draws, 1920 * levels() // 100, 8)
    seen = around(draws, populations(2018) * 12 // 1000, 25)
    kinds = {"Appartement": 100, "Appartement T1-T2": 113, "Appartement T3+": 90, "Maison": 84}
    rows = [
        [commune.name, commune.code, decimal(int(base[n]) * share // 100, 2),
         max(int(seen[n]) * share // 300, 4), int(seen[n]) * 4, kind]
        for n, commune in enumerate(facts.communes())
        for kind, share in kinds.items()
    ]  # fmt: skip
    header = ["nom_commune_x", "INSEE_COM", "loyer_predit_m2", "nombre_observations_commune",
              "nombre_observations_zone", "type_local"]  # fmt: skip
    write_csv(folder / RENTS, header, rows)


def write_vacancy(world: World, folder: Path) -> None:
    """Private dwellings empty for over two years; the smallest commune is under secrecy."""
    draws = Draws("vacancy")
    dwellings = around(draws, populations(2018) * 27 // 100, 8)
    share = around(draws, 19 * levels(-1) // 100 + 4, 35)
    header = ["comm_insee", "NOM_COM", "Nb_log_pp_2022", "Prop_logvac_pp_2A_010121"]
    rows = [
        [commune.code, commune.name, *(
            ("", "") if commune.population_2018 < 5800
            else (f"{int(dwellings[n]):,}".replace(",", " "), decimal(int(share[n]), 1, ","))
        )]
        for n, commune in enumerate(facts.communes())
    ]  # fmt: skip
    write_csv(folder / VACANCY, header, rows, ";", "cp1252")
