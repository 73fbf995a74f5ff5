"""Employers and their employees at the end of each year, by commune and NAF activity."""

import re
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.cells import dotted, masked, number, padded, shown
from bassin.sources.contract import CODE_COMMUNE, Column, Raw, Source
from bassin.sources.files import header, read_csv, require_columns, unpacked
from bassin.types import Text

_ESTABLISHMENTS = re.compile(r"(?:Nombre d'établissements|nombre_d_etablissements)[ _](\d{4})")
_HEADCOUNT = re.compile(r"(?:Effectifs salariés|effectifs_salaries)[ _](\d{4})")


class UrssafHeadcounts(Source):
    """Private employees under the general scheme, on 31 December, without farming or temps.

    Written for the export « établissements employeurs et effectifs salariés, commune × APE » of
    open.urssaf.fr (semicolons; labels or machine names), where each year has two columns; here each
    year is a row. Years in which the activity has neither employer nor employee are left out.
    Codes are assumed to be those of the last year in the file. Not the census's jobs: no public
    service, no self-employed.
    """

    key = "urssaf_headcounts"
    title = Text("Emploi salarié privé par commune et activité", "Private employees by commune")
    publisher = "Urssaf Caisse nationale"
    licence = "ODbL"
    page = "https://open.urssaf.fr/explore/dataset/etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last"
    cadence = Text("chaque année, en juin", "every year, in June")
    stale_after = timedelta(days=2 * 365)
    files = ("etablissements-et-effectifs-salaries-au-niveau-commune-x-ape*.csv*",)
    columns = {
        "commune_code": Column("VARCHAR", Text("Code Insee", "Insee code"), True, CODE_COMMUNE),
        "naf_code": Column(
            "VARCHAR",
            Text("Activité (NAF rév. 2)", "Activity (NAF rev. 2)"),
            True,
            r"^\d{2}\.\d{2}[A-Z]$",
        ),
        "period": Column(
            "VARCHAR", Text("Année, au 31 décembre", "Year, on 31 December"), True, r"^\d{4}$"
        ),
        "cog": Column(
            "SMALLINT",
            Text("Année du code officiel géographique", "Year of the official geographical code"),
            True,
        ),
        "establishments": Column(
            "INTEGER", Text("Établissements employeurs", "Employing establishments"), minimum=0
        ),
        "headcount": Column("INTEGER", Text("Effectifs salariés", "Employees"), minimum=0),
        "headcount_masked": Column(
            "BOOLEAN", Text("Effectifs : valeur secrète", "Employees: hidden value"), True
        ),
    }
    unique = ("commune_code", "naf_code", "period")
    sort = ("commune_code", "naf_code", "period")
    definition = Text(
        "Une ligne par commune, activité et année où il y a un employeur.",
        "One row per commune, activity and year with an employer.",
    )

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        names = header(unpacked(raw, raw.scratch), raw.name, ";")
        commune, naf = _codes(raw, names)
        counts, headcounts = _years(names, _ESTABLISHMENTS), _years(names, _HEADCOUNT)
        years = sorted(counts.keys() & headcounts.keys())
        if not years:
            raise SourceError(
                Text(
                    f"{raw.name} n'a pas de paire de colonnes comme « Nombre d'établissements 2023 "
                    "» et "
                    f"« Effectifs salariés 2023 ». Ses colonnes sont {', '.join(names[:12])}, …",
                    f"{raw.name} has no pair of columns like “Nombre d'établissements 2023” and "
                    f"“Effectifs salariés 2023”. Its columns are {', '.join(names[:12])}, …",
                )
            )
        wanted = [commune, naf, *(columns[y] for y in years for columns in (counts, headcounts))]
        table = read_csv(con, raw, columns=wanted, delimiter=";", lines=True)
        # A list of one struct per year, opened into rows: the file is read once for all years.
        each = [
            ibis.struct(
                {"year": year, "count": table[counts[year]], "head": table[headcounts[year]]}
            )
            for year in years
        ]
        rows = table.select(
            "line_number", commune=table[commune], naf=table[naf], each=ibis.array(each).unnest()
        )
        return _by_year(rows.unpack("each"), years[-1])


def _codes(raw: Raw, names: list[str]) -> tuple[str, str]:
    """The columns of the two codes, under their labels or their machine names."""
    labels = "code_commune" not in names
    commune, naf = ("Code Commune", "Code APE") if labels else ("code_commune", "code_ape")
    # The portal has changed the capital of this label.
    if labels and "Code commune" in names:
        commune = "Code commune"
    require_columns(raw.name, names, [commune, naf], ";")
    return commune, naf


def _years(names: list[str], pattern: re.Pattern[str]) -> dict[str, str]:
    return {found[1]: name for name in names if (found := pattern.fullmatch(name))}


def _by_year(rows: ir.Table, last: str) -> ir.Table:
    """The published columns; a year without employer nor employee gives no row."""
    there = (rows["count"].fill_null("") != "") | (rows["head"].fill_null("") != "")
    none = (number(rows["count"]) == "0") & (number(rows["head"]) == "0")
    rows = rows.filter(there & ~none.fill_null(False))
    return rows.select(
        "line_number",
        commune_code=padded(rows.commune, 5),
        naf_code=dotted(rows.naf),
        period=rows.year,
        cog=ibis.literal(int(last)),
        establishments=number(shown(rows["count"])),
        headcount=number(shown(rows["head"])),
        headcount_masked=masked(rows["head"]),
    )
