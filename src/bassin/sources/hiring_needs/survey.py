"""Hiring projects by employment area and occupation, as employers announce them for a year."""

from collections.abc import Iterator
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.sources.contract import Column, Raw, Source
from bassin.sources.rows import table_of
from bassin.sources.sheets import records
from bassin.types import Text

_OCCUPATION = "Code métier BMO"
_COUNTS = {"projects": "met", "difficult": "xmet", "seasonal": "smet"}
_HIDDEN = "*"


def _area_column(names: list[str]) -> str:
    """The area's code is in "BE" and the survey's year: BE24 in 2024."""
    return next((name for name in names if name[:2] == "BE" and name[2:].isdigit()), "BE24")


class HiringNeeds(Source):
    """Intentions announced by employers, not hires: one project is one job to be filled.

    A value hidden by secrecy (`*`) is NULL and flagged, so a sum is a floor. An area that lies
    in several départements has a row in each. Occupations are FAP 2021: do not join them to ROME
    by code, no table between the two is published here.
    """

    key = "hiring_needs"
    title = Text("Besoins en main-d'œuvre (BMO)", "Hiring needs survey (BMO)")
    publisher = "France Travail"
    licence = "Licence Ouverte 2.0"
    page = "https://www.francetravail.org/opendata/enquete-besoins-en-main-doeuvre.html"
    cadence = Text("chaque année, en avril", "every year, in April")
    stale_after = timedelta(days=2 * 365)
    files = ("labour/Base_open_data_BMO_[0-9][0-9][0-9][0-9].xlsx",)
    columns = {
        "employment_area_code": Column(
            "VARCHAR", Text("Code du bassin", "Code of the employment area"), True, r"^\d{4}$"
        ),
        "employment_area_name": Column(
            "VARCHAR", Text("Nom du bassin d'emploi", "Name of the employment area")
        ),
        "departement_code": Column(
            "VARCHAR", Text("Département", "Département"), True, r"^(\d{2,3}|2[AB])$"
        ),
        "occupation_code": Column(
            "VARCHAR", Text("Métier (FAP 2021)", "Occupation (FAP 2021)"), True, r"^[A-Z]\w{3,6}$"
        ),
        "occupation_label": Column(
            "VARCHAR", Text("Libellé du métier", "Label of the occupation, in French"), True
        ),
        "family_code": Column("VARCHAR", Text("Famille de métiers", "Family of occupations")),
        "family_label": Column(
            "VARCHAR",
            Text(
                "Libellé de la famille de métiers", "Label of the family of occupations, in French"
            ),
        ),
        "period": Column(
            "VARCHAR", Text("Année d'enquête", "Year of the survey"), True, r"^\d{4}$"
        ),
        "projects": Column("INTEGER", Text("Projets de recrutement", "Hiring plans"), minimum=0),
        "difficult": Column(
            "INTEGER", Text("Projets jugés difficiles", "Hiring plans thought difficult"), minimum=0
        ),
        "seasonal": Column(
            "INTEGER", Text("Projets saisonniers", "Seasonal hiring plans"), minimum=0
        ),
        "projects_masked": Column(
            "BOOLEAN", Text("Projets : valeur secrète", "Hiring plans: hidden value"), True
        ),
        "difficult_masked": Column(
            "BOOLEAN",
            Text("Projets difficiles : valeur secrète", "Difficult hiring plans: hidden value"),
            True,
        ),
        "seasonal_masked": Column(
            "BOOLEAN",
            Text("Projets saisonniers : valeur secrète", "Seasonal hiring plans: hidden value"),
            True,
        ),
    }
    unique = ("employment_area_code", "departement_code", "occupation_code", "period")
    sort = ("period", "employment_area_code", "occupation_code")
    definition = Text(
        "Une ligne par bassin, département et métier ; une valeur secrète est vide.",
        "One row per area, département and occupation; a hidden value is empty.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        return table_of(self._rows(raw), self.columns)

    def _rows(self, raw: Raw) -> Iterator[dict[str, object]]:
        wanted = ["annee", _OCCUPATION, "Nom métier BMO", "Dept", *_COUNTS.values()]
        for line, cells in records(raw, wanted, sheet="BMO_"):
            area = _area_column(list(cells))
            row: dict[str, object] = {
                "line_number": line,
                "employment_area_code": cells.get(area, "").zfill(4),
                "employment_area_name": cells.get(f"NOM{area}"),
                "departement_code": cells["Dept"].zfill(2),
                "occupation_code": cells[_OCCUPATION],
                "occupation_label": cells["Nom métier BMO"],
                "family_code": cells.get("Famille_met"),
                "family_label": cells.get("Lbl_fam_met"),
                "period": cells["annee"],
            }
            for name, column in _COUNTS.items():
                hidden = cells[column].strip() == _HIDDEN
                row[name] = None if hidden else cells[column]
                row[f"{name}_masked"] = hidden
            yield row
