"""Collective procedures published in BODACC A."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from bassin.errors import SourceError
from bassin.sources.bodacc.notices import Row, of_issue, of_record
from bassin.sources.contract import Column, Progress, Raw, Source
from bassin.sources.download import download
from bassin.sources.files import AGAIN, not_utf8, read_csv, unpacked
from bassin.sources.rows import table_of
from bassin.types import Text

# Columns of the open data portal that are read; of these the last ones may be missing.
_NEEDED = (
    "id", "dateparution", "typeavis", "familleavis", "numerodepartement", "tribunal", "ville",
    "registre", "cp", "jugement",
)  # fmt: skip
_WANTED = (*_NEEDED, "listepersonnes", "parutionavisprecedent")
# Names that notices of an issue have; of those between bars, one or the other.
_NEEDED_IN_ISSUE = (
    "typeAnnonce", "numeroAnnonce", "numeroDepartement", "tribunal", "adresse", "jugement",
    "personneMorale|personnePhysique", "numeroImmatriculation|nonInscrit",
)  # fmt: skip
_FAMILY = "collective"


class Failures(Source):
    """One row per firm and notice, whatever the judgment; see `failures_local` for failures.

    Reads an issue in the JSON form of its XML, and the exports (CSV, JSON) of the open data portal
    of the DILA. Names of natural persons, managers and court officers are never kept.
    """

    key = "failures"
    title = Text("BODACC : procédures collectives", "BODACC: collective procedures")
    publisher = "DILA"
    licence = "Licence Ouverte 2.0"
    page = "https://bodacc-datadila.opendatasoft.com/explore/dataset/annonces-commerciales/"
    cadence = Text("chaque jour ouvré", "every working day")
    stale_after = timedelta(days=45)
    url = (
        "https://bodacc-datadila.opendatasoft.com/api/explore/v2.1/catalog/datasets/"
        "annonces-commerciales/exports/csv?where=familleavis%3D%22collective%22&delimiter=%3B"
    )
    files = ("bodacc/pcl-*.json*", "*annonces-commerciales*.csv*", "*annonces-commerciales*.json*")
    columns = {
        "notice_id": Column(
            "VARCHAR",
            Text("Édition, numéro et annonce", "Edition, number and notice"),
            True,
            r"^[A-C]\d{9,}$",
        ),
        "firm_number": Column(
            "SMALLINT",
            Text("Rang de l'entreprise dans l'annonce", "Rank of the firm in the notice"),
            True,
        ),
        "siren": Column(
            "VARCHAR",
            Text("SIREN (vide : non inscrite)", "SIREN (empty: not registered)"),
            False,
            r"^\d{9}$",
        ),
        "company_name": Column(
            "VARCHAR", Text("Dénomination (personnes morales)", "Name (legal persons)")
        ),
        "published_on": Column(
            "DATE", Text("Date de parution", "Day of publication"), True, past=True
        ),
        "judged_on": Column("DATE", Text("Date du jugement", "Day of the judgment"), past=True),
        "kind": Column(
            "VARCHAR", Text("Ce que décide le jugement", "What the judgment decides"), True
        ),
        "nature": Column(
            "VARCHAR",
            Text(
                "Nature du jugement, en toutes lettres",
                "Nature of the judgment, in full, in French",
            ),
        ),
        "is_opening": Column("BOOLEAN", Text("Ouvre une procédure", "Opens a procedure"), True),
        "is_correction": Column("BOOLEAN", Text("Rectifie une annonce", "Corrects a notice"), True),
        "is_cancellation": Column("BOOLEAN", Text("Annule une annonce", "Cancels a notice"), True),
        "previous_id": Column(
            "VARCHAR", Text("Annonce rectifiée ou annulée", "Notice that is corrected or cancelled")
        ),
        "court": Column("VARCHAR", Text("Tribunal", "Court")),
        "departement_code": Column(
            "VARCHAR", Text("Département du greffe", "Département of the registry")
        ),
        "postal_code": Column(
            "VARCHAR",
            Text("Code postal du siège", "Postal code of the head office"),
            False,
            r"^\d{5}$",
        ),
        "city": Column("VARCHAR", Text("Ville du siège", "Town of the head office")),
        "period": Column(
            "VARCHAR", Text("Année du jugement", "Year of the judgment"), True, r"^\d{4}$"
        ),
    }
    unique = ("notice_id", "firm_number")
    sort = ("published_on", "notice_id")
    stamped_by = "published_on"
    definition = Text(
        "Une ligne par entreprise et par annonce : ouvertures, conversions, plans, clôtures, "
        "rectificatifs et annulations. Une annonce n'est pas une défaillance.",
        "One row per firm and notice: openings, conversions, plans, closures, corrections and "
        "cancellations. A notice is not a failure.",
    )

    def fetch(self, into: Path, progress: Progress) -> list[Path]:
        return [download(self.url, into, progress, name="annonces-commerciales.csv")]

    def read(self, con: ibis.BaseBackend, raw: Raw) -> ir.Table:
        if ".json" in raw.path.suffixes:
            return table_of(_from_json(raw), self.columns)
        table = read_csv(con, raw, columns=_NEEDED, delimiter=";", lines=True)
        table = table.filter(table.familleavis == _FAMILY)
        wanted = [name for name in _WANTED if name in table.columns]
        records = table.select("line_number", *wanted).to_pyarrow().to_pylist()
        rows = (
            row for record in records for row in of_record(record, record["line_number"], raw.name)
        )
        return table_of(rows, self.columns)


def _from_json(raw: Raw) -> Iterator[Row]:
    try:
        found: Any = json.loads(unpacked(raw, raw.scratch).read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise not_utf8(raw.name, error) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            Text(
                f"{raw.name}, ligne {error.lineno} : le JSON perd son sens. Le fichier est "
                f"peut-être tronqué. {AGAIN.fr}",
                f"{raw.name}, line {error.lineno}: the JSON stops making sense ({error.msg}). The "
                "file may be truncated: download it again, then load it; the last good version "
                "stays.",
            )
        ) from error
    if isinstance(found, dict) and "annonces" in found:
        _require(raw.name, found["annonces"] or [], _NEEDED_IN_ISSUE)
        yield from of_issue(found)
        return
    records = found.get("results") if isinstance(found, dict) else found
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise SourceError(
            Text(
                f"{raw.name} ne contient ni « annonces » (un bulletin), ni enregistrements du "
                "portail de données "
                "ouvertes. Vérifiez que c'est un fichier du BODACC.",
                f"{raw.name} holds neither “annonces” (an issue) nor records of the open data "
                "portal. "
                "Check that it is a file of BODACC.",
            )
        )
    _require(raw.name, records, _NEEDED)
    for number, record in enumerate(records, start=1):
        if record.get("familleavis") == _FAMILY:
            yield from of_record(record, number, raw.name)


def _require(file: str, listed: list[dict[str, Any]], names: tuple[str, ...]) -> None:
    """Refuse notices none of which has a name that is read: it was renamed."""
    met = {name for one in listed for name in one}
    missing = [name.replace("|", " or ") for name in names if met.isdisjoint(name.split("|"))]
    if listed and missing:
        raise SourceError(
            Text(
                f"{file} : aucune de ses {len(listed)} annonces n'a {', '.join(missing)}. Les "
                "annonces ont "
                f"{', '.join(sorted(met))}. Si le producteur a renommé ces champs, le lecteur de "
                "cette source "
                "est à mettre à jour ; la dernière bonne version reste en service.",
                f"{file}: none of its {len(listed)} notices has {', '.join(missing)}. Notices have "
                f"{', '.join(sorted(met))}. If the publisher renamed it, the reader of this source "
                "must be updated; the last good version stays meanwhile.",
            )
        )
