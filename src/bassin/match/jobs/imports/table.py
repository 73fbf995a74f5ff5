"""Reads a file of offers: CSV with a header in French, `;`, `,` or tab, UTF-8 or Windows-1252."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bassin.commons import brought
from bassin.commons.brought import MEGABYTE, Column, Problem
from bassin.match.jobs import checks
from bassin.match.jobs.imports import values
from bassin.match.jobs.imports.records import Reading, Record
from bassin.match.jobs.models import Offer

LARGEST = 5 * MEGABYTE
MOST_LINES = 5000


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

_KNOWN = brought.named(COLUMNS)


def read(content: bytes) -> Reading:
    """The offers of a file, and each line or value that was not taken, with why.

    Raises:
        Refused: it is no such file; the sentence says what to do.
    """
    rows = brought.rows(content, largest=LARGEST, most=MOST_LINES)
    header, left = brought.header(rows[0], _KNOWN, ("référence", "intitulé"))
    reading = Reading(left=left)
    seen: dict[str, int] = {}
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _line(reading, line, header, row, seen)
    return reading


def _line(
    reading: Reading, line: int, header: list[Column | None], row: list[str], seen: dict[str, int]
) -> None:
    found = brought.read_line(line, row, header, reading.problems)
    fields: dict[str, Any] = {
        column.field: found[column.name]
        for column in header
        if column and column.field and column.name in found
    }
    if problem := _unusable(found, seen) or contradiction(fields):
        brought.note(reading.problems, Problem(line, "", problem, whole=True))
        return
    seen[found["référence"]] = line
    reading.records.append(
        Record(
            found["référence"], fields, found.get("adresse de l'offre", ""), line,
            found.get("publiée le"), found.get("dernier jour"),
        )
    )  # fmt: skip


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
