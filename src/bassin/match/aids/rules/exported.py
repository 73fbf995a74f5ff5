"""A row of the open export of Mission Transition écologique, as the programme that it tells.

The export says in words what programmes say in fields: its headings are read back, and every other
line of its criteria becomes a question, as in a programme.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bassin.errors import Refused
from bassin.match.aids.rules.aid import Aid
from bassin.match.aids.rules.programmes import natures, programme
from bassin.types import Text

_PARIS = ZoneInfo("Europe/Paris")
_SIZE, _AGE, _PLACE = "taille de l'entreprise", "nombre d'années d'activité", "secteur géographique"
_SECTOR, _OTHER = "secteur d'activité", "autres critères d'éligibilité"
_HEADINGS = (
    (re.compile(r"Eligibilité Sectorielle ?: ?(.*)"), _SECTOR),
    (re.compile(r"Précisions sur l'éligibilité sectorielle ?: ?(.*)"), _SECTOR),
    (re.compile(r"Eligibilité en fonction du nombre de salariés ?: ?(.*)"), _SIZE),
    (re.compile(r"Eligibilité lié à la durée d'existence de l'entreprise ?: ?(.*)"), _AGE),
    (re.compile(r"Aires géographiques éligibles ?: ?(.*)"), _PLACE),
)
_SECTIONS = re.compile(r"Secteurs principalement concernés par le dispositif ?: ?([A-U|]*)")
_MICRO = re.compile(r"Non éligible aux micro[- ]entreprises")
_COMMON = re.compile(r"\s*(Autres conditions d'éligibilité ?:?)?\s*")
_MONEY = re.compile(r"Montant de l'aide ou cout ?: ?(.*)")
_TIME = re.compile(r"Durée de l'aide ?: ?(.*)")
_STEPS = re.compile(
    r"Etapes pour activer le dispositif ?:\n(.*?)(?:\n\s*\nLien externe|\Z)", re.DOTALL
)
_LINK = re.compile(r"Lien externe de présentation de l'aide (\S+)")
_EVERYWHERE = "PAYS-99100"


def exported(row: Mapping[str, Any], names: Mapping[str, str], published: date, slug: str) -> Aid:
    """The aid that a row says, under the name of its sheet.

    Raises:
        Refused: it has not what an aid needs; the sentence names the sheet.
    """
    read = {key: str(value or "") for key, value in row.items()}
    kinds = [each for each in read["types_aides"].split("|") if each]
    raw = {
        "id": slug, "titre": read["titre"], "promesse": read["promesse"],
        "description": read["description"].partition("\n\nProjets liés")[0].strip(),
        "nature de l'aide": kinds[0] if kinds else "", **_holders(read["porteurs"], slug),
        "url": (_LINK.search(read["description"]) or [""] * 2)[1] or read["url_source"],
        "objectifs": list(_steps(read["description"])), **_money(read["description"]),
        **_criteria(read["eligibilite"]),
        "début de validité": _day(read["date_ouverture"]),
        "fin de validité": _day(read["date_cloture"]),
    }  # fmt: skip
    company = raw["eligibilityData"]["company"]
    places = [each for each in read["eligibilite_geographique"].split("|") if each]
    if places and _EVERYWHERE not in places:
        company["allowedRegion"] = places
    made = programme(raw, {**names, **_codes(places)}, published)
    return replace(made, natures=natures(kinds, slug), kept_in=f"export {slug}")


def _codes(places: list[str]) -> dict[str, str]:
    """Keys of the places that are written by their codes: REG-11, DEP-94, EPCI-…, COM-94054."""
    kinds = {"REG": "region", "DEP": "departement", "EPCI": "epci", "COM": "commune"}
    found = {}
    for each in places:
        kind, _dash, code = each.partition("-")
        # A collectivity overseas is written as a commune and is none.
        if kind in kinds and not (kind == "COM" and len(code) < 5):
            found[f"{kind.lower()} {code.lower()}"] = f"{kinds[kind]}:{code}"
    return found


def _holders(text: str, slug: str) -> dict[str, Any]:
    try:
        listed = [str(each["nom"]) for each in json.loads(text or "[]")]
    except (ValueError, TypeError, KeyError) as error:
        said = f"programme {slug} : porteurs illisibles « {text[:60]} »."
        english = f"programme {slug}: its holders cannot be read “{text[:60]}”."
        raise Refused(Text(said, english)) from error
    return {"opérateur de contact": listed[0] if listed else "", "autres opérateurs": listed[1:]}


def _criteria(text: str) -> dict[str, Any]:
    """Headings as the fields that they say; any other line is a criterion in words."""
    found: dict[str, list[str]] = {}
    company: dict[str, Any] = {}
    for line in _lines(text):
        if sections := _SECTIONS.fullmatch(line):
            company["allowedNafSections"] = [each for each in sections[1].split("|") if each]
        elif _MICRO.fullmatch(line):
            company["excludeMicroentrepreneur"] = True
            found.setdefault(_SIZE, []).append("Non éligible aux micro-entreprises")
        else:
            _heading(found, line)
    # Where the aid holds is said by codes, in a column of its own.
    found.pop(_PLACE, None)
    return {"conditions d'éligibilité": found, "eligibilityData": {"company": company}}


def _heading(found: dict[str, list[str]], line: str) -> None:
    for pattern, name in _HEADINGS:
        if heading := pattern.fullmatch(line):
            if heading[1]:
                found.setdefault(name, []).append(heading[1].strip())
            return
    found.setdefault(_OTHER, []).append(line.removeprefix("- ").strip())


def _lines(text: str) -> Iterator[str]:
    """Criteria, each whole: an indented line belongs to the one above."""
    held = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        if _COMMON.fullmatch(line):
            continue
        if held and line.startswith("  "):
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line.strip()
    if held:
        yield held


def _money(text: str) -> dict[str, str]:
    money, time = _MONEY.search(text), _TIME.search(text)
    return {
        "montant du financement": money[1].strip() if money else "",
        "durée de l'accompagnement": time[1].strip() if time else "",
    }


def _steps(text: str) -> Iterator[dict[str, Any]]:
    found = _STEPS.search(text)
    for line in (found[1] if found else "").split("\n"):
        if line.strip():
            yield {"description": line.strip()}


def _day(text: str) -> str:
    """A moment of the export as the day that it is in France; "" for none."""
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text).astimezone(_PARIS).strftime("%d/%m/%Y")
    except ValueError:
        return text
