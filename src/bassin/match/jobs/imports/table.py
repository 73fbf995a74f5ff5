"""Reads a file of offers: CSV with a header in French, `;`, `,` or tab, UTF-8 or Windows-1252."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bassin.errors import Refused
from bassin.match.jobs import checks
from bassin.match.jobs.imports import values
from bassin.match.jobs.imports.records import Problem, Reading, Record
from bassin.match.jobs.models import Offer
from bassin.match.jobs.wording import folded

LARGEST = 5 * 1024 * 1024
MOST_LINES = 5000
MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, the field it fills, how it is read."""

    name: str
    field: str
    read: Callable[[str], Any]


COLUMNS = (
    Column("référence", "", values.text),
    Column("intitulé", "title", values.text),
    Column("description", "text", values.text),
    Column("code rome", "rome_code", values.rome),
    Column("employeur", "employer_name", values.text),
    Column("siret", "employer_siret", values.siret),
    Column("contrat", "contract", values.contract),
    Column("durée (mois)", "contract_months", values.whole),
    Column("début", "starts_on", values.day),
    Column("heures par semaine", "hours_week", values.number),
    Column("heure de début", "shift_start", values.hour),
    Column("heure de fin", "shift_end", values.hour),
    Column("week-end", "weekend", values.yes_or_no),
    Column("salaire min", "pay_from_eur", values.number),
    Column("salaire max", "pay_to_eur", values.number),
    Column("salaire par", "pay_per", values.per),
    Column("diplôme", "level", values.level),
    Column("expérience (mois)", "experience_months", values.whole),
    Column("français", "french_level", values.french),
    Column("permis", "licences", values.codes),
    Column("badge aéroport", "airport_badge", values.yes_or_no),
    Column("clause", "clause", values.yes_or_no),
    Column("code commune", "commune_code", values.commune),
    Column("lieu", "place", values.text),
    Column("latitude", "latitude", values.number),
    Column("longitude", "longitude", values.number),
    Column("postes", "positions", values.whole),
    Column("postuler par", "apply_by", values.apply_by),
    Column("page", "apply_url", values.text),
    Column("consigne", "apply_words", values.text),
    Column("contact", "contact_name", values.text),
    Column("téléphone", "contact_telephone", values.text),
    Column("courriel", "contact_email", values.text),
    Column("adresse de l'offre", "", values.text),
    Column("publiée le", "", values.day),
    Column("dernier jour", "", values.day),
)
"""All that is understood; `référence` and `intitulé` must be there."""

_KNOWN = {folded(column.name): column for column in COLUMNS}


def read(content: bytes) -> Reading:
    """The offers of a file, and each line or value that was not taken, with why.

    Raises:
        Refused: it is no such file; the sentence says what to do.
    """
    rows = _rows(content)
    if not rows:
        raise Refused(_("This file is empty. Nothing was changed."))
    header = [_KNOWN.get(folded(" ".join(cell.split()))) for cell in rows[0]]
    there = {column.name for column in header if column}
    if missing := [name for name in ("référence", "intitulé") if name not in there]:
        raise Refused(
            _("No column is called “{name}”. The first line of the file names the columns.").format(
                name=missing[0]
            )
        )
    left = [cell for cell, column in zip(rows[0], header, strict=True) if cell and not column]
    reading = Reading(left=left)
    seen: dict[str, int] = {}
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _line(reading, line, header, row, seen)
    return reading


def _rows(content: bytes) -> list[list[str]]:
    if len(content) > LARGEST:
        raise Refused(_("This file is too large: 5 MB at most. Cut it in two."))
    if content[:2] == b"PK" or b"\x00" in content[:4096]:
        raise Refused(
            _("This is no CSV file. In the spreadsheet, save it as CSV, then bring that.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise Refused(_("This file cannot be read as CSV: {why}.").format(why=error)) from error
    if len(rows) > MOST_LINES + 1:
        raise Refused(
            _("This file has more than {count} offers: cut it in two.").format(count=MOST_LINES)
        )
    return rows


def _line(
    reading: Reading, line: int, header: list[Column | None], row: list[str], seen: dict[str, int]
) -> None:
    found: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for column, cell in zip(header, row, strict=False):
        if column is None or not cell.strip():
            continue
        try:
            value = column.read(cell)
        except ValueError as error:
            _note(reading, Problem(line, column.name, str(error)))
            continue
        found[column.name] = value
        if column.field:
            fields[column.field] = value
    if problem := _unusable(found, seen) or contradiction(fields):
        _note(reading, Problem(line, "", problem, whole=True))
        return
    seen[found["référence"]] = line
    reading.records.append(
        Record(
            found["référence"], fields, found.get("adresse de l'offre", ""), line,
            found.get("publiée le"), found.get("dernier jour"),
        )
    )  # fmt: skip


def _note(reading: Reading, problem: Problem) -> None:
    if len(reading.problems) < MOST_PROBLEMS:
        reading.problems.append(problem)


def _unusable(found: dict[str, Any], seen: dict[str, int]) -> str:
    number = found.get("référence", "")
    if not number:
        return _("no reference: without one, the next file could not say that it is the same.")
    if len(number) > 80:
        return _("its reference is longer than 80 signs.")
    if number in seen:
        return _("its reference, {number}, is already on line {line}.").format(
            number=number, line=seen[number]
        )
    if not found.get("intitulé"):
        return _("no title.")
    return ""


def contradiction(fields: dict[str, Any]) -> str:
    """Why these values cannot make an offer; "" when they can."""
    offer = Offer(**fields)
    try:
        offer.clean_fields(exclude=["written_on"])
    except ValidationError as error:
        labels = {field.name: str(field.verbose_name) for field in Offer._meta.fields}
        said = error.message_dict.items()
        return " ".join(f"{labels[name]} : {' '.join(words)}" for name, words in said)
    return " ".join(checks.contradictions(offer))
