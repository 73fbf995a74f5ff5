"""What people type as the value of a condition, as the codes and numbers that it compares with."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bassin.errors import Refused
from bassin.indicators.house import House
from bassin.match.aids.rules.catalogue import place_names
from bassin.match.aids.rules.facts import codes, facts
from bassin.match.aids.rules.zones import zones
from bassin.pairing.conditions import Kind
from bassin.taxonomies import legal, naf
from bassin.territory.search import folded
from bassin.types import Text

SEPARATOR = ";"
_SPLIT = re.compile(r"\s*[;\n]\s*")
_SPACES = re.compile(r"[\s\u00a0\u202f€]")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YES_NO = {"oui": True, "yes": True, "non": False, "no": False}


def kind(fact: str) -> Kind:
    """How a fact compares; one of its own words is a yes or a no."""
    return facts()[fact].kind if fact in facts() else Kind.CHOICE


def typed(fact: str, op: str, text: str, house: House) -> Any:
    """What a condition compares with, as a file writes it.

    Raises:
        Refused: it is none; the sentence says what is expected.
    """
    parts = [each for each in _SPLIT.split(text.strip()) if each]
    if op == "is":
        return _yes(text)
    if kind(fact) is Kind.NUMBER:
        found = [_day(each) if fact == "created_on" else _number(each) for each in parts]
        if len(found) != (2 if op == "between" else 1):
            raise _refused(
                "Écrivez deux nombres, le plus petit d'abord : 10 ; 49." if op == "between" else
                "Écrivez un seul nombre.",
                "Write two numbers, the smaller first: 10; 49." if op == "between" else
                "Write one number.",
            )  # fmt: skip
        return found if op == "between" else found[0]
    if not parts:
        raise _refused("Écrivez au moins un code.", "Write one code at least.")
    read = _READERS.get(fact)
    return [read(each, house) if read else _code(fact, each) for each in parts]


def shown(value: Any) -> str:
    """The same as a field shows it again."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return f"{SEPARATOR} ".join(shown(each) for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _yes(text: str) -> bool:
    found = _YES_NO.get(folded(text.strip()))
    if found is None:
        raise _refused("Écrivez oui ou non.", "Write yes (oui) or no (non).")
    return found


def _number(text: str) -> float | int:
    plain = _SPACES.sub("", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", plain):
        raise _refused(
            f"« {text[:40]} » n'est pas un nombre : 250, ou 12,5.",
            f"“{text[:40]}” is no number: 250, or 12.5.",
        )
    number = float(plain)
    return int(number) if number.is_integer() else number


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise _refused(
            f"« {text[:40]} » n'est pas un jour : 31/12/2025.",
            f"“{text[:40]}” is no day: 2025-12-31.",
        ) from error


def _code(fact: str, text: str) -> str:
    known = codes(fact)
    wanted = folded(text)
    for key, said in known.items():
        if wanted in (folded(key), folded(said.fr), folded(said.en)):
            return key
    listed = ", ".join(f"{key} ({said.fr})" for key, said in known.items())
    english = ", ".join(f"{key} ({said.say('en')})" for key, said in known.items())
    raise _refused(
        f"« {text[:40]} » n'est pas connu. Ceux qui le sont : {listed}.",
        f"“{text[:40]}” is not known. Those that are: {english}.",
    )


def _place(text: str, house: House) -> str:
    if ":" in text:
        return _key(text.replace(" ", ""), house)
    wanted, names = folded(text), _names(house)
    if wanted in names:
        return names[wanted]
    raise _refused(
        f"« {text[:40]} » n'est le nom ni d'une commune d'ici, ni d'un département, ni d'une "
        "région. Écrivez sa clé : commune:94054, epci:200054781, departement:94, region:11, "
        f"qpv:any, {', '.join(f'zone:{each}' for each in zones())}.",
        f"“{text[:40]}” is the name neither of a commune of here, nor of a département, nor of a "
        "région. Write its key: commune:94054, epci:200054781, departement:94, region:11, "
        f"qpv:any, {', '.join(f'zone:{each}' for each in zones())}.",
    )


_NAMES: dict[tuple[tuple[str, str], str], dict[str, str]] = {}


def _names(house: House) -> dict[str, str]:
    """Keys of places by their folded names: wide ones, the territory, its communes."""
    key = (house.reader.key, house.home.key)
    if key not in _NAMES:
        _NAMES.clear()
        _NAMES[key] = {folded(house.home.name): house.home.key, **place_names(house)} | {
            folded(each.name): f"commune:{each.code}"
            for each in house.territory.communes(house.home)
        }
    return _NAMES[key]


def _key(text: str, house: House) -> str:
    if text == "qpv:any" or text.startswith("name:") or text.removeprefix("zone:") in zones():
        return text
    try:
        return house.territory.place(text).key
    except Refused as refusal:
        raise _refused(
            f"« {text[:40]} » n'est la clé d'aucun lieu connu : commune:94054, qpv:any.",
            f"“{text[:40]}” is the key of no known place: commune:94054, qpv:any.",
        ) from refusal


def _activity(text: str, house: House) -> str:
    return naf.rev2().entry(text).code


def _activity_2025(text: str, house: House) -> str:
    return naf.naf_2025().entry(text).code


def _form(text: str, house: House) -> str:
    if text.removeprefix("family:") in legal.families():
        return f"family:{text.removeprefix('family:')}"
    try:
        legal.label(text)
    except Refused as refusal:
        listed = ", ".join(f"family:{each}" for each in legal.families())
        raise _refused(
            f"« {text[:40]} » n'est pas une forme juridique : un code (57, 5710), ou {listed}.",
            f"“{text[:40]}” is no legal form: a code (57, 5710), or {listed}.",
        ) from refusal
    return text


_READERS: Mapping[str, Callable[[str, House], str]] = {
    "place": _place, "activity": _activity, "activity_2025": _activity_2025, "legal_form": _form,
}  # fmt: skip


def _refused(french: str, english: str) -> Refused:
    return Refused(Text(french, english))
