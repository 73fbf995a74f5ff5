"""The two layouts of notices, turned into plain rows: one per firm that a notice concerns."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bassin.errors import SourceError
from bassin.sources.bodacc.judgments import day, kind, reference, siren
from bassin.types import Text

Row = dict[str, Any]


def listed(value: Any) -> list[Any]:
    """The gazette writes one thing as an object and several as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def of_issue(issue: Mapping[str, Any]) -> Iterator[Row]:
    """Notices of one issue, in the JSON form of its XML (2008 to today)."""
    published = day(issue.get("dateParution"))
    for number, notice in enumerate(issue.get("annonces") or (), start=1):
        kinds = notice.get("typeAnnonce") or {}
        before = notice.get("parutionAvisPrecedent") or {}
        common = {
            "line_number": number,
            "notice_id": reference(
                "A", issue.get("parution"), notice.get("numeroAnnonce"), published
            ),
            "published_on": published,
            "is_correction": "rectificatif" in kinds,
            "is_cancellation": "annulation" in kinds,
            "previous_id": _previous(before),
            "court": notice.get("tribunal"),
            "departement_code": notice.get("numeroDepartement"),
            **_judged(notice.get("jugement") or {}, published),
        }
        yield from _firms_of_issue(notice, common)


def _firms_of_issue(notice: Mapping[str, Any], common: Row) -> Iterator[Row]:
    """A notice on several firms gives one row for each, in the order of the gazette."""
    firms = listed(notice.get("personneMorale"))
    numbers = listed(notice.get("numeroImmatriculation"))
    places = listed(notice.get("adresse"))
    for nth in range(max(len(firms), len(numbers), 1)):
        firm = firms[nth] if nth < len(firms) else {}
        place = (places[nth] if nth < len(places) else {}).get("france") or {}
        number = numbers[nth] if nth < len(numbers) else {}
        yield {
            **common,
            "firm_number": nth + 1,
            "siren": siren(number.get("numeroIdentificationRCS")),
            "company_name": firm.get("denomination"),
            "postal_code": place.get("codePostal"),
            "city": place.get("ville"),
        }


def of_record(record: Mapping[str, Any], line: int, file: str) -> Iterator[Row]:
    """A record of the open data portal (CSV or JSON): some of its cells hold JSON text."""
    judgment = _parsed(record.get("jugement"), "jugement", line, file)
    before = _parsed(record.get("parutionavisprecedent"), "parutionavisprecedent", line, file)
    people = _parsed(record.get("listepersonnes"), "listepersonnes", line, file)
    persons = listed(people.get("personne"))
    published = day(record.get("dateparution"))
    common = {
        "line_number": line,
        "notice_id": record.get("id"),
        "published_on": published,
        "is_correction": record.get("typeavis") == "rectificatif",
        "is_cancellation": record.get("typeavis") == "annulation",
        "previous_id": _previous(before),
        "court": record.get("tribunal"),
        "departement_code": record.get("numerodepartement"),
        "postal_code": record.get("cp"),
        "city": record.get("ville"),
        **_judged(judgment, published),
    }
    for nth, (number, name) in enumerate(_firms(record, persons), start=1):
        yield {**common, "firm_number": nth, "siren": number, "company_name": name}


def _firms(
    record: Mapping[str, Any], persons: list[Any]
) -> Iterator[tuple[str | None, str | None]]:
    """SIREN and name of each firm; a name only when the notice says it is a legal person."""
    if persons:
        for person in persons:
            number = (person.get("numeroImmatriculation") or {}).get("numeroIdentification")
            known = number or (record.get("registre") if len(persons) == 1 else None)
            name = person.get("denomination") if person.get("typePersonne") == "pm" else None
            yield _first_siren(known), name
        return
    yield _first_siren(record.get("registre")), None


def _first_siren(value: Any) -> str | None:
    """The register gives the same number twice, "384 898 094,384898094", as a text or a list."""
    texts = value if isinstance(value, list) else str(value or "").split(",")
    return siren(texts[0]) if texts else None


def _judged(judgment: Mapping[str, Any], published: str | None) -> Row:
    decided = kind(judgment.get("famille"), judgment.get("nature"))
    judged = day(judgment.get("date"))
    return {
        "judged_on": judged,
        "kind": decided.value,
        "nature": judgment.get("nature"),
        "is_opening": decided.opens,
        "period": (judged or published or "")[:4],
    }


def _previous(before: Mapping[str, Any]) -> str | None:
    return reference(
        before.get("nomPublication"),
        before.get("numeroParution"),
        before.get("numeroAnnonce"),
        before.get("dateParution"),
    )


def _parsed(cell: Any, column: str, line: int, file: str) -> dict[str, Any]:
    """A cell that holds JSON text."""
    if isinstance(cell, dict):
        return cell
    if not cell:
        return {}
    try:
        value = json.loads(cell)
    except json.JSONDecodeError as error:
        raise SourceError(
            Text(
                f"{file}, ligne {line} : {column} vaut « {str(cell)[:60]} », qui n'est pas du JSON "
                f"({error}). "
                "Téléchargez le fichier à nouveau, puis chargez-le ; la dernière bonne version "
                "reste en "
                "service.",
                f"{file}, line {line}: {column} is “{str(cell)[:60]}”, which is not JSON "
                f"({error}). "
                "Download the file again, then load it; the last good version stays meanwhile.",
            )
        ) from error
    return value if isinstance(value, dict) else {}
