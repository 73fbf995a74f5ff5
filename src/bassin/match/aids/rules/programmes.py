"""Programmes of Mission Transition écologique, read as aids: nothing they say is lost.

Fields become conditions; a sentence that no rule of `programmes.toml` reads becomes a question, as
it is written. What is odd (a département where a région is due, an address that cannot be
followed, a field never met) is told beside the aid.
"""

import calendar
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bassin.errors import Refused
from bassin.match.aids.rules.aid import Aid, aid, web
from bassin.match.aids.rules.programme_amounts import amounts
from bassin.territory.search import folded
from bassin.types import Text

_FILE = Path(__file__).with_suffix(".toml")
_SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
_READ = frozenset(
    ["titre", "promesse", "description", "description longue", "illustration", "id", "type",
     "opérateur de contact", "autres opérateurs", "contact question", "nature de l'aide", "url",
     "objectifs", "conditions d'éligibilité", "eligibilityData", "publicodes", "metaTitre",
     "metaDescription", "début de validité", "fin de validité", "montant du financement",
     "montant du prêt", "durée du prêt", "montant de l'avantage fiscal",
     "coût de l'accompagnement", "durée de l'accompagnement", "activable en autonomie",
     "ouvert aux administrations publiques", "champs conditionnels",
     "aide temporairement indisponible"]
)  # fmt: skip
_COMPANY = frozenset(
    ["allowedNafSections", "minEmployees", "maxEmployees", "excludeMicroentrepreneur",
     "allowedRegion", "openToPublicAdministration"]
)  # fmt: skip
_SOURCE = {
    "fr": "Mission Transition écologique (DGE, ADEME), fiche « {id} »",
    "en": "Mission Transition écologique (DGE, ADEME), sheet “{id}”",
}


@dataclass(slots=True)
class Reading:
    """One programme being read: its conditions, what was told, the facts already said."""

    programme: Mapping[str, Any]
    names: Mapping[str, str]
    source: dict[str, str]
    conditions: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    minimis: str = ""

    @property
    def company(self) -> Mapping[str, Any]:
        """Its rules about the firm."""
        return self.programme.get("eligibilityData", {}).get("company", {})

    def texts(self, key: str) -> list[str]:
        """Its sentences under a heading."""
        return list(self.programme.get("conditions d'éligibilité", {}).get(key, ()))

    def add(self, fact: str, op: str, value: Any, quote: Sequence[str] = (), **more: Any) -> None:
        """One condition more."""
        made = {"fact": fact, "op": op, "value": value, "source": self.source, **more}
        self.conditions.append(made | ({"quote": " · ".join(quote)} if quote else {}))

    def tell(self, french: str, english: str) -> None:
        """Say what is odd."""
        self.told.append({"fr": french, "en": english})


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def programme(raw: Mapping[str, Any], names: Mapping[str, str], published: date) -> Aid:
    """The aid that a programme says.

    Args:
        names: keys of régions and départements by their folded names.
        published: the day of the file: the aid is to be read again some months later.

    Raises:
        Refused: it has not what an aid needs; the sentence names the programme.
    """
    slug = str(raw.get("id", ""))
    source = {key: said.format(id=slug) for key, said in _SOURCE.items()}
    reading = Reading(raw, names, source)
    _rules_of(reading)
    _sentences(reading)
    first, last = _validity(raw)
    made: dict[str, Any] = {
        "slug": slug, "title": raw.get("titre", ""), "holder": raw.get("opérateur de contact", ""),
        "others": raw.get("autres opérateurs", []), "promise": raw.get("promesse", ""),
        "about": raw.get("description longue") or raw.get("description", ""),
        "natures": natures([raw.get("nature de l'aide", "")], slug),
        "scale": _scale(reading), "source": source,
        "url": _url(reading), "contact": _contact(raw), "opens_on": first, "closes_on": last,
        "steps": list(_steps(raw)), "amounts": amounts(raw, names),
        "stacking": {"de_minimis": bool(reading.minimis), "said": reading.minimis},
        "conditions": reading.conditions,
        "review_on": later(published, _rules()["review_months"]),
        "budget": {"state": "suspended"} if raw.get("aide temporairement indisponible") else {},
        "notes": reading.told, "owner": _rules()["owner"],
    }  # fmt: skip
    _unknown(reading)
    return aid(made, f"programme {slug}")


def _rules_of(reading: Reading) -> None:
    """The fields that a machine may read."""
    company = reading.company
    sections = company.get("allowedNafSections", [])
    if sections and set(_SECTIONS) - set(sections):
        reading.add("activity", "in", list(sections), reading.texts("secteur d'activité"))
    sizes = reading.texts("taille de l'entreprise")
    for key, op in (("minEmployees", "at_least"), ("maxEmployees", "at_most")):
        if company.get(key) not in (None, ""):
            reading.add("staff", op, int(company[key]), sizes)
    if company.get("excludeMicroentrepreneur"):
        reading.add("micro", "is", False, [each for each in sizes if "micro" in each.lower()])
    if not company.get("openToPublicAdministration"):
        reading.add("public_body", "is", False)
    _regions(reading, company.get("allowedRegion", []))
    objectives = reading.programme.get("eligibilityData", {}).get("priorityObjectives", [])
    _objectives(reading, objectives)


def _objectives(reading: Reading, objectives: Sequence[str]) -> None:
    known = _rules()["objectives"]
    codes = [code for each in objectives for code in known.get(each, ())]
    for each in objectives:
        if each not in known:
            reading.tell(f"objectif « {each} » inconnu", f"objective “{each}” not known")
            _ask(reading, f"Objectif : {each}")
    if codes:
        reading.add("project", "in", codes)


def _regions(reading: Reading, listed: Sequence[str]) -> None:
    if not listed:
        return
    keys = []
    for name in listed:
        key = reading.names.get(folded(name))
        if key is None:
            keys.append(f"name:{folded(name)}")
            reading.tell(
                f"« {name} » est cité comme région et n'est pas un lieu connu ici",
                f"“{name}” is given as a région and is no place known here",
            )
            continue
        keys.append(key)
        if not key.startswith("region:"):
            reading.tell(
                f"« {name} » est cité comme région : lu comme le département",
                f"“{name}” is given as a région: read as the département",
            )
    reading.add("place", "in", keys, reading.texts("secteur géographique"))


def _sentences(reading: Reading) -> None:
    """What is written for people: typed where a rule reads it whole, else asked."""
    facts = {each["fact"] for each in reading.conditions if "fact" in each}
    for heading, sentences in reading.programme.get("conditions d'éligibilité", {}).items():
        for sentence in sentences:
            if heading == "secteur géographique" and _place(reading, sentence):
                continue
            if not (_plain(heading, sentence, facts) or _typed(reading, sentence)):
                _ask(reading, sentence)


def _place(reading: Reading, sentence: str) -> bool:
    """Whether a sentence lists places only: those of the rule, or others, which then bind too."""
    keys = [reading.names.get(folded(each)) for each in sentence.split(",")]
    rule = {
        key for each in reading.conditions if each.get("fact") == "place" for key in each["value"]
    }
    if any(keys) and {key for key in keys if key} <= rule:
        return True
    if not all(keys):
        return False
    reading.add("place", "in", keys, [sentence])
    return True


def _plain(heading: str, sentence: str, facts: set[str]) -> bool:
    said = _said(sentence)
    return any(
        each["field"] == heading
        and re.fullmatch(each["match"], said)
        and each.get("fact", "") in facts | {""}
        for each in _rules()["plain"]
    )


def _typed(reading: Reading, sentence: str) -> bool:
    said = _said(sentence)
    if re.fullmatch(_rules()["minimis"]["match"], said):
        reading.minimis = sentence
        return True
    for each in _rules()["typed"]:
        if re.fullmatch(each["match"], said):
            reading.conditions.append(_with(each["condition"], reading.source, sentence))
            return True
    return False


def _with(condition: Mapping[str, Any], source: dict[str, str], quote: str) -> dict[str, Any]:
    if "any" in condition:
        return {"any": [_with(each, source, quote) for each in condition["any"]]}
    return {**condition, "source": source, "quote": quote}


def _ask(reading: Reading, sentence: str) -> None:
    question = {
        "fr": f"Est-ce votre cas ? « {sentence.strip()} »",
        "en": f"Is this your case? “{sentence.strip()}”",
    }
    why = {"fr": "Le porteur de l'aide le demande.", "en": "Who holds the aid asks for it."}
    reading.add(said_key(sentence), "is", True, [sentence], question=question, why=why)


def said_key(sentence: str) -> str:
    """The fact that a sentence asks for: the same words, the same fact, whichever aid says them."""
    return f"said:{hashlib.sha256(_said(sentence).encode()).hexdigest()[:12]}"


def _said(sentence: str) -> str:
    plain = sentence.lower().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", plain).strip(" .")


def natures(said: Sequence[str], slug: str) -> tuple[str, ...]:
    """Codes of what an aid is.

    Raises:
        Refused: one is not known; the sentence names the programme.
    """
    known = _rules()["natures"]
    for nature in said:
        if nature not in known:
            raise Refused(
                Text(
                    f"programme {slug} : nature « {nature} » inconnue ({', '.join(known)}).",
                    f"programme {slug}: nature “{nature}” not known ({', '.join(known)}).",
                )
            )
    return tuple(str(known[each]) for each in said)


def _scale(reading: Reading) -> str:
    places = [key for each in reading.conditions if each.get("fact") == "place"
              for key in each["value"]]  # fmt: skip
    if not places or len([key for key in places if key.startswith("region:")]) > 3:
        return "national"
    return "regional" if any(key.startswith("region:") for key in places) else "departmental"


def _url(reading: Reading) -> str:
    address = str(reading.programme.get("url", "")).strip()
    if address and not web(address):
        reading.tell(
            f"adresse « {address} » impossible à suivre",
            f"address “{address}” cannot be followed",
        )
        return ""
    return address


def _contact(raw: Mapping[str, Any]) -> dict[str, str]:
    said = str(raw.get("contact question", "")).strip()
    found = {"name": str(raw.get("opérateur de contact", ""))}
    return found | ({"url": said} if web(said) else {})


def _steps(raw: Mapping[str, Any]) -> Iterator[str]:
    for step in raw.get("objectifs", ()):
        links = [f"{each.get('texte', '')} ({each.get('lien', '')})".strip()
                 for each in step.get("liens", ())]  # fmt: skip
        yield " ".join([str(step.get("description", "")), *links]).strip()


def _validity(raw: Mapping[str, Any]) -> tuple[date | None, date | None]:
    dates = raw.get("eligibilityData", {}).get("validity", {})
    return (
        day(dates.get("start") or raw.get("début de validité"), raw),
        day(dates.get("end") or raw.get("fin de validité"), raw),
    )


def day(text: str | None, raw: Mapping[str, Any]) -> date | None:
    """A day written dd/mm/yyyy.

    Raises:
        Refused: it is written otherwise.
    """
    if not text:
        return None
    try:
        found, month, year = (int(part) for part in text.split("/"))
        return date(year, month, found)
    except ValueError as error:
        raise Refused(
            Text(
                f"programme {raw.get('id')} : date « {text} » : jj/mm/aaaa attendu.",
                f"programme {raw.get('id')}: date “{text}”: dd/mm/yyyy is expected.",
            )
        ) from error


def later(start: date, months: int) -> date:
    """Some months later, the last day of the month when there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _unknown(reading: Reading) -> None:
    fields = [*sorted(set(reading.programme) - _READ), *sorted(set(reading.company) - _COMPANY)]
    for each in fields:
        reading.tell(f"champ « {each} » non lu", f"field “{each}” is not read")
