"""Reads our own table of courses: a line for each session, or for a course without any."""

from typing import Any

from django.utils.translation import gettext as _

from bassin.commons import brought, cells
from bassin.commons.brought import MEGABYTE, Column, Problem
from bassin.match.skills.imports.records import Fields, Reading, Record, contradiction

LARGEST = 40 * MEGABYTE
MOST_LINES = 200_000

_CERTIFICATION = "certification_code"
_LEVELS = {
    **{str(level): level for level in range(9)}, "aucun": 0, "cap": 3, "bep": 3, "bac": 4,
    "bac+2": 5, "bts": 5, "bac+3": 6, "bac+5": 7,
}  # fmt: skip
_MODALITIES = {
    "sur place": "onsite", "presentiel": "onsite", "mixte": "mixed", "a distance": "remote",
}  # fmt: skip
_RHYTHMS = {
    "temps plein": "full", "temps partiel": "part", "soir": "evening", "alternance": "alternating",
}  # fmt: skip
_PER = {"formation": "course", "total": "course", "heure": "hour", "an": "year", "annee": "year"}
_FUNDINGS = {
    "cpf": "cpf", "region": "region", "france travail": "france_travail", "opco": "opco",
    "apprentissage": "apprenticeship", "gratuite": "free",
}  # fmt: skip
_SECTORS = {
    "sante": "health", "ecoconstruction": "building", "industrie de demain": "industry",
    "industrie": "industry", "logistique": "logistics", "agroalimentaire": "food",
    "fluvial": "fluvial", "autre": "other",
}  # fmt: skip


def _code(cell: str) -> str:
    return "".join(cell.split()).upper()


def _share(cell: str) -> float:
    return float(cells.number(cell))


COLUMNS = (
    Column("référence", "", cells.text),
    Column("organisme", "body.name", cells.text),
    Column("siret", "body.siret", cells.siret),
    Column("qualiopi", "body.qualiopi", cells.yes_or_no),
    Column("commune du siège", "body.commune_code", cells.commune),
    Column("adresse du siège", "body.place", cells.text),
    Column("site", "site.name", cells.text),
    Column("code commune", "site.commune_code", cells.commune),
    Column("adresse", "site.place", cells.text),
    Column("latitude", "site.latitude", _share),
    Column("longitude", "site.longitude", _share),
    Column("badge aéroport", "site.airport_badge", cells.yes_or_no),
    Column("adresse vérifiée", "site.stands_there", cells.yes_or_no),
    Column("intitulé", "course.title", cells.text),
    Column("contenu", "course.text", cells.text),
    Column("certification", f"course.{_CERTIFICATION}", _code),
    Column("formacode", "course.formacode", cells.text),
    Column("nsf", "course.nsf", cells.text),
    Column("codes rome", "course.rome_codes", cells.romes),
    Column("niveau", "course.level", cells.one_of(_LEVELS)),
    Column("niveau d'entrée", "course.entry_level", cells.one_of(_LEVELS)),
    Column("heures", "course.hours", cells.whole),
    Column("modalité", "course.modality", cells.one_of(_MODALITIES)),
    Column("rythme", "course.rhythm", cells.one_of(_RHYTHMS)),
    Column("prix", "course.cost_eur", cells.number),
    Column("prix par", "course.cost_per", cells.one_of(_PER)),
    Column("financements", "course.funding", cells.several(_FUNDINGS)),
    Column("secteur", "course.sector", cells.one_of(_SECTORS)),
    Column("entrée permanente", "course.permanent", cells.yes_or_no),
    Column("en emploi à 6 mois (%)", "course.insertion_pct", _share),
    Column("source de ce taux", "course.insertion_source", cells.text),
    Column("page", "course.page", cells.text),
    Column("session", "session.external_id", cells.text),
    Column("début", "session.starts_on", cells.day),
    Column("fin", "session.ends_on", cells.day),
    Column("places", "session.places", cells.whole),
    Column("entrants", "session.entrants", cells.whole),
    Column("compté le", "session.counted_on", cells.day),
    Column("session ouverte", "session.open", cells.yes_or_no),
)
"""All that is understood; the reference, the body and the title must be there."""

_LONGEST = 120
NEEDED = ("référence", "organisme", "intitulé")
_KNOWN = brought.named(COLUMNS)
_PLACES = {column.name: column.field.split(".") for column in COLUMNS if column.field}


def read(content: bytes) -> Reading:
    """The courses of a file, and each line or value that was not taken, with why.

    Raises:
        Refused: it is no such file; the sentence says what to do.
    """
    rows = brought.rows(content, largest=LARGEST, most=MOST_LINES)
    header, left = brought.header(rows[0], _KNOWN, NEEDED)
    reading = Reading(left=left)
    found: dict[str, Record] = {}
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _line(reading, found, line, brought.read_line(line, row, header, reading.problems))
    reading.records = list(found.values())
    return reading


def _line(reading: Reading, found: dict[str, Record], line: int, values: Fields) -> None:
    parts: dict[str, Fields] = {"body": {}, "site": {}, "course": {}, "session": {}}
    for name, value in values.items():
        if place := _PLACES.get(name):
            parts[place[0]][place[1]] = value
    number = values.get("référence", "")
    if problem := _unusable(number, values, parts):
        brought.note(reading.problems, Problem(line, "", problem, whole=True))
        return
    sessions = _sessions(reading, line, parts["session"])
    known = found.get(number)
    if known is None:
        found[number] = Record(
            number, parts["body"], parts["site"], parts["course"], sessions, line
        )
        return
    _compare(reading, known, line, parts)
    found[number] = Record(
        number, known.body, known.site, known.course, (*known.sessions, *sessions), known.line
    )


def _unusable(number: str, values: Fields, parts: dict[str, Fields]) -> str:
    if not number:
        return _("no reference: the next file could not say that it is the same course.")
    if len(number) > _LONGEST:
        return _("its reference is longer than 120 signs.")
    for name in NEEDED[1:]:
        if not values.get(name):
            return _("nothing in the column “{name}”.").format(name=name)
    found = (contradiction(kind, parts[kind]) for kind in ("body", "site", "course"))
    return " ".join(filter(None, found))


def _sessions(reading: Reading, line: int, fields: Fields) -> tuple[Fields, ...]:
    """The session of a line; one that cannot be is told and left, its course is kept."""
    if not fields:
        return ()
    problem = contradiction("session", fields) if fields.get("starts_on") else _(
        "a session without its first day: the session is left."
    )  # fmt: skip
    if problem:
        brought.note(reading.problems, Problem(line, "début", problem))
        return ()
    return (fields,)


def _compare(reading: Reading, known: Record, line: int, parts: dict[str, Any]) -> None:
    """What a later line of a course says otherwise than its first one is told."""
    kept: dict[str, Fields] = {"body": known.body, "site": known.site, "course": known.course}
    for name, (kind, field) in _PLACES.items():
        said = parts[kind].get(field) if kind in kept else None
        if said is not None and said != kept[kind].get(field):
            words = _("not the same as on line {line}, which is kept.").format(line=known.line)
            brought.note(reading.problems, Problem(line, name, words))
