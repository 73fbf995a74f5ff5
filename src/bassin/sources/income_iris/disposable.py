"""Disposable income, poverty and inequality in neighbourhoods of about 2,000 inhabitants."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from bassin.sources.cells import number, shown
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import header, read_csv, require_columns, unpacked
from bassin.sources.vintages import year_in_name
from bassin.types import Text


class _Measure(NamedTuple):
    """A column of the file under its two headers: Insee's name (year removed) and its label."""

    insee: str
    header: str
    label: Text


_MEASURES = {
    "poverty_pct": _Measure(
        "DISP_TP60", "Taux de pauvreté au seuil de 60 % (%)",
        Text("Taux de pauvreté à 60 % du niveau de vie médian métropolitain, %",
             "Poverty rate at 60 % of the median standard of living, %"),
    ),
    "q1_eur": _Measure("DISP_Q1", "1er quartile (€)", Text(
        "Premier quartile, € par UC", "First quartile, € per consumption unit")),
    "median_eur": _Measure("DISP_MED", "Médiane (€)", Text(
        "Médiane du revenu disponible, € par unité de consommation et par an",
        "Median disposable income, € per consumption unit and year")),
    "q3_eur": _Measure("DISP_Q3", "3e quartile (€)", Text(
        "Troisième quartile, € par UC", "Third quartile, € per consumption unit")),
    **{
        f"d{rank}_eur": _Measure(
            f"DISP_D{rank}", f"{rank}{'er' if rank == 1 else 'e'} décile (€)",
            Text(
                f"Décile {rank} du revenu disponible, € par UC et par an",
                f"Decile {rank} of disposable income, € a year per consumption unit",
            ),
        )
        for rank in (1, 2, 3, 4, 6, 7, 8, 9)
    },
    "d9_d1": _Measure("DISP_RD", "Rapport interdécile D9/D1", Text(
        "Rapport interdécile D9/D1", "Ratio of the ninth decile to the first, D9/D1")),
    "s80_s20": _Measure("DISP_S80S20", "S80/S20", Text(
        "Revenus des 20 % les plus aisés rapportés à ceux des 20 % les plus modestes",
        "Incomes of the richest 20% over those of the poorest 20%")),
    "gini": _Measure("DISP_GI", "Indice de Gini", Text("Indice de Gini, de 0 à 1",
                                                       "Gini index, from 0 to 1")),
    "activity_pct": _Measure("DISP_PACT", "Part des revenus d'activité (%)", Text(
        "Part des revenus d'activité, %", "Share of earnings from work, %")),
    "unemployment_benefits_pct": _Measure(
        "DISP_PCHO", "dont part des indemnités de chômage (%)",
        Text("dont indemnités de chômage, %", "of which unemployment benefits, %")),
    "pensions_pct": _Measure("DISP_PPEN", "Part des pensions, retraites et rentes (%)", Text(
        "Part des pensions, retraites et rentes, %", "Share of pensions and annuities, %")),
    "assets_pct": _Measure(
        "DISP_PPAT", "Part des revenus du patrimoine et autres revenus (%)",
        Text("Part des revenus du patrimoine, %", "Share of income from assets, %")),
    "social_benefits_pct": _Measure(
        "DISP_PPSOC", "Part de l'ensemble des prestations sociales (%)",
        Text("Part des prestations sociales, %", "Share of social benefits, %")),
    "taxes_pct": _Measure("DISP_PIMPOT", "Part des impôts (%)", Text(
        "Part des impôts (négative), %", "Share of taxes (negative), %")),
    "note": _Measure("DISP_NOTE", "Note de précaution (voir onglet seuils)", Text(
        "Note de précaution de l'Insee (0 : sans réserve)",
        "Insee's note of caution (0: without reserve)")),
}  # fmt: skip
_IDENTITY = {
    "iris_code": ("IRIS", "IRIS"),
    "iris_name": ("LIBIRIS", "Libellé de l'IRIS"),
    "commune_code": ("COM", "Commune ou ARM"),
}
# Shares of income have no bounds: losses make some of them negative, and taxes always are.
_BOUNDS: dict[str, tuple[float | None, float | None]] = {"poverty_pct": (0, 100), "gini": (0, 1)}


def _column(name: str, measure: _Measure) -> Column:
    low, high = _BOUNDS.get(name, (0 if name.endswith("_eur") else None, None))
    kind = "SMALLINT" if name == "note" else "DOUBLE"
    return Column(kind, measure.label, minimum=low, maximum=high)


class IncomeIris(Source):
    """One row per IRIS of the communes that Insee divides (about 5,000 inhabitants and more).

    Incomes of tax households, after taxes and benefits, per consumption unit. A median is that of
    the IRIS: medians of several IRIS are never averaged. Hidden values are empty, and told by
    `poverty_masked` and `median_masked`. Income year N is published on the communes of N + 1.
    """

    key = "income_iris"
    title = Text("Revenu disponible par IRIS (Filosofi)", "Disposable income by IRIS (Filosofi)")
    publisher = "Insee, DGFiP, Cnaf, Cnav, CCMSA"
    licence = "Licence Ouverte 2.0"
    page = "https://www.insee.fr/fr/statistiques/4479212"
    cadence = Text("chaque année, trois ans après les revenus", "every year, three years later")
    stale_after = timedelta(days=6 * 365)
    files = (
        "income/filosofi-disp-iris-[0-9][0-9][0-9][0-9].csv*",
        "income/filosofi-disp-iris-[0-9][0-9][0-9][0-9]-[!v]*.csv*",
        "BASE_TD_FILO_DISP_IRIS_[0-9][0-9][0-9][0-9].csv*",
    )
    columns = {
        "iris_code": Column(
            "VARCHAR", Text("Code de l'IRIS", "Code of the IRIS"), True, r"^(\d{2}|2[AB])\d{7}$"
        ),
        "iris_name": Column("VARCHAR", Text("Nom de l'IRIS", "Name of the IRIS")),
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "period": Column(
            "VARCHAR", Text("Année des revenus", "Year of the incomes"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        **{name: _column(name, measure) for name, measure in _MEASURES.items()},
        "poverty_masked": Column(
            "BOOLEAN",
            Text("Taux de pauvreté non publié (secret)", "Poverty rate not published (hidden)"),
            True,
        ),
        "median_masked": Column(
            "BOOLEAN", Text("Revenus non publiés (secret)", "Incomes not published (hidden)"), True
        ),
    }
    unique = ("iris_code", "period")
    sort = ("commune_code", "iris_code", "period")
    definition = Text(
        "Une ligne par IRIS et par année. Les IRIS des communes non découpées n'y sont pas.",
        "One row per IRIS and year. Communes that are not divided into IRIS are absent.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        year = year_in_name(raw, "filosofi-disp-iris-2017.csv")
        _headers(raw, header(unpacked(raw, raw.scratch), raw.name, ";"), year)
        table = read_csv(con, raw, columns=["IRIS"], delimiter=";")
        # Asked again: DuckDB takes away the blanks around the names of the file.
        names = _headers(raw, table.columns, year)
        values = {name: number(shown(table[names[name]])) for name in _MEASURES}
        return table.select(
            **{name: table[names[name]].strip() for name in _IDENTITY},
            period=ibis.literal(str(year)),
            cog=ibis.literal(year + 1),
            **values,
            poverty_masked=_absent(values["poverty_pct"]),
            median_masked=_absent(values["median_eur"]),
        )


def _absent(value: ir.StringValue) -> ir.BooleanValue:
    return value.nullif("").isnull()


def _headers(raw: Raw, found: Sequence[str], year: int) -> dict[str, str]:
    """Published column -> the file's own header, whichever of Insee's two forms it has."""
    by_form = {_plain(name): name for name in found}
    insee = "LIBIRIS" in found
    wanted = {
        name: short if insee else _plain(header) for name, (short, header) in _IDENTITY.items()
    } | {
        name: f"{measure.insee}{year % 100:02}" if insee else _plain(measure.header)
        for name, measure in _MEASURES.items()
    }
    require_columns(raw.name, list(by_form), list(wanted.values()), ";")
    return {name: by_form[form] for name, form in wanted.items()}


def _plain(header: str) -> str:
    """A header whatever its apostrophes, its kind of blanks and those around it."""
    text = unicodedata.normalize("NFC", header).replace("’", "'")
    return re.sub(r"[ \u00a0\u202f]+", " ", text).strip(" ")
